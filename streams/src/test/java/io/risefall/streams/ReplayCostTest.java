package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.suite.Slow;
import io.risefall.streams.processor.WorkMetrics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many kept lines are applied again: none for what comes in order, those near it for a late line. */
@Slow
class ReplayCostTest {
    private static final int SERVERS = 10;
    private static final int CHANGES = 20;
    private static final long OLD = 1;
    private static final long NEW = 2;

    @TempDir
    Path inOrder;

    @TempDir
    Path shuffled;

    private final List<HealthEvent> events = new ArrayList<>();

    @Test
    void aReloadInOrderReplaysNothing() {
        changes(OLD, 0);
        HealthEvent downBeforeReload = event(OLD, 700, 3, Transition.DOWN);
        events.add(downBeforeReload);
        try (TopologyRun run = new TopologyRun(inOrder)) {
            events.forEach(run::pipe);
            run.tick();
            long before = run.metric(WorkMetrics.LINES);

            List<HealthEvent> afterReload = List.of(
                    event(NEW, 800, 0, Transition.DOWN),
                    event(NEW, 801, 3, Transition.DOWN),
                    event(NEW, 802, 0, Transition.UP));
            for (HealthEvent event : afterReload) {
                run.pipe(event);
                run.tick();
            }
            assertThat(run.metric(WorkMetrics.LINES)).isEqualTo(before);

            events.addAll(afterReload);
            Collections.shuffle(events, new Random(1));
            assertThat(run.outcome()).isEqualTo(TopologyRun.outcome(shuffled, events));
        }
    }

    @Test
    void lineByLineInOrderNothingIsReplayed() {
        changes(OLD, 0);
        try (TopologyRun run = new TopologyRun(inOrder)) {
            for (int i = 0; i < events.size(); i++) {
                run.pipe(events.get(i));
                run.tick();
                if (i == SERVERS) {
                    // Of each server and of the backend the first line, and it alone.
                    assertThat(run.metric(WorkMetrics.ENTITIES)).isEqualTo(SERVERS + 1);
                }
            }
            assertThat(run.metric(WorkMetrics.LINES)).isEqualTo(SERVERS + 1);
        }
    }

    /** Of a log with fractions, which has a whole second now and then; a source with whole seconds would be refined by it. */
    @Test
    void aLineInAWholeSecondBuildsNoTimelineAgain() {
        changes(OLD, 0);
        try (TopologyRun run = new TopologyRun(inOrder)) {
            events.forEach(run::pipe);
            run.tick();
            long before = run.metric(WorkMetrics.TIMELINES);
            List<HealthEvent> inOneSecond = List.of(
                    event(OLD, 700, 3, Transition.DOWN),
                    Story.event(7005, Story.at("700.5"), OLD, switched(3, Transition.UP)),
                    event(OLD, 701, 3, Transition.DOWN));
            for (HealthEvent event : inOneSecond) {
                run.pipe(event);
                run.tick();
            }
            assertThat(run.metric(WorkMetrics.TIMELINES)).isEqualTo(before);

            events.addAll(inOneSecond);
            Collections.shuffle(events, new Random(1));
            assertThat(run.outcome()).isEqualTo(TopologyRun.outcome(shuffled, events));
        }
    }

    /** The first failed check of an outage: after its end nothing is left of the difference. */
    @ParameterizedTest
    @ValueSource(ints = {20, 200})
    void aLateLineIsAppliedWithThoseNearItHoweverLongTheHistory(int outages) {
        StringBuilder story = new StringBuilder();
        for (int i = 0; i < outages; i++) {
            int at = i * 300;
            story.append(at + 90).append(" 1 check fail 1/2 UP L4CON\n");
            story.append(at + 100).append(" 1 check fail 0/2 DOWN L4CON\n");
            story.append(at + 101).append(" 1 down L4CON left=1\n");
            story.append(at + 200).append(" 1 check pass 3/3 UP L4OK\n");
            story.append(at + 201).append(" 1 up L4OK left=2\n");
        }
        events.addAll(Story.events(story.toString()));
        HealthEvent late = events.remove(outages / 2 * 5);
        try (TopologyRun run = new TopologyRun(inOrder)) {
            events.forEach(run::pipe);
            run.tick();
            long lines = run.metric(WorkMetrics.LINES);
            run.pipe(late);
            run.tick();
            assertThat(run.metric(WorkMetrics.LINES)).isBetween(lines + 2, lines + 12);

            events.add(late);
            Collections.shuffle(events, new Random(1));
            assertThat(run.outcome()).isEqualTo(TopologyRun.outcome(shuffled, events));
        }
    }

    /** Each server goes down and up in turn. */
    private void changes(long pid, int from) {
        for (int change = 0; change < CHANGES; change++) {
            for (int server = 0; server < SERVERS; server++) {
                int at = from + change * 20 + server;
                events.add(event(pid, at, server, change % 2 == 0 ? Transition.DOWN : Transition.UP));
            }
        }
    }

    private static HealthEvent event(long pid, int at, int server, Transition transition) {
        return Story.event(at, Story.at(Integer.toString(at)), pid, switched(server, transition));
    }

    private static ServerSwitch switched(int server, Transition transition) {
        return new ServerSwitch(
                new ServerName("web", "s" + server),
                false,
                transition,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null);
    }
}
