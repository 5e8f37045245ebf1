package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.Slow;
import io.risefall.streams.store.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of servers whose process only its master tells of, or whose pid comes back; in any order of arrival. */
@Slow
class ProcessesOnTopicsTest {
    @TempDir
    Path folder;

    static List<Arguments> logs() {
        return List.of(
                log("a reload of which only the master speaks", """
                        0 322 down L4CON
                        173 294 forked 343
                        174 294 exited 322
                        9600 343 down L4TOUT
                        """, """
                        down 0..173, up 173..9600, down 9600..
                        outage 0..173 up L4CON uncertain
                        outage 9600.. L4TOUT"""),
                log("the same, as long as the new worker is silent", """
                        0 322 down L4CON
                        173 294 forked 343
                        174 294 exited 322
                        """, """
                        down 0..173, unknown 173..
                        outage 0..173 unknown L4CON uncertain"""),
                log("a worker crashes, and nobody follows", """
                        0 322 down L4CON
                        174 294 exited 322
                        174 294 gone
                        """, """
                        down 0..174, unknown 174..
                        outage 0..174 unknown L4CON uncertain"""),
                log("somebody follows later, and is silent", """
                        0 322 down L4CON
                        174 294 exited 322
                        174 294 gone
                        6000 900 forked 901
                        """, """
                        down 0..174, unknown 174..
                        outage 0..174 unknown L4CON uncertain"""),
                log("a container's pid comes back", """
                        0 8 started
                        3600 9 started
                        7200 8 started
                        9000 8 down L4TOUT
                        10200 8 up
                        """, """
                        up 7200..9000, down 9000..10200, up 10200..
                        outage 9000..10200 up L4TOUT"""),
                log("the same pid after a restart of which nothing tells", """
                        0 8 check pass 3/3 UP
                        60 8 check fail 0/2 DOWN L4TOUT
                        60.00001 8 down
                        14400 8 check pass 3/3 UP
                        """, """
                        up 0..60, down 60..14400, up 14400..
                        outage 60..14400 up L4TOUT joined first 60 success 14400 uncertain"""),
                log("DOWN under one pid, up under the next, which came back", """
                        0 8 down L4CON
                        5 8 up
                        100 9 down L4CON
                        160 8 check pass 3/3 UP
                        300 8 down L4CON
                        310 8 up
                        """, """
                        down 0..5, up 5..100, down 100..160, up 160..300, down 300..310, up 310..
                        outage 0..5 up L4CON
                        outage 100..160 up L4CON uncertain
                        outage 300..310 up L4CON
                        flapping 300 downs 3"""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logs")
    void outcome(String name, String lines, String expected) {
        List<HealthEvent> events = ProcessStory.events(lines);
        assertThat(TopologyRun.outcome(folder, events)).isEqualTo(expected);
        Map<String, String> inOrder = TopologyRun.outcome(folder, events, 1);
        Random random = new Random(name.hashCode());
        for (int i = 0; i < Length.of(4, 20); i++) {
            List<HealthEvent> shuffled = new ArrayList<>(events);
            Collections.shuffle(shuffled, random);
            assertThat(TopologyRun.outcome(folder, shuffled, 1 + random.nextInt(5)))
                    .isEqualTo(inOrder);
        }
    }

    /** Weeks of restarts: what is kept of processes is thinned, and tells the same. */
    @Test
    void factsOfLongAgoAreThinned() {
        StringBuilder lines = new StringBuilder();
        for (int day = 0; day < 40; day++) {
            for (int i = 0; i < 50; i++) {
                long at = day * 86_400L + i * 10L;
                lines.append(at)
                        .append(' ')
                        .append(8 + day % 2)
                        .append(i % 2 == 0 ? " down L4CON" : " up")
                        .append('\n');
            }
        }
        try (TopologyRun run = new TopologyRun(folder)) {
            run.tick(); // at the first one, what an older build may have left is looked at
            ProcessStory.events(lines.toString()).forEach(run::pipe);
            run.tick();
            assertThat(run.stored(Names.FACTS)).hasSizeBetween(40, 700);
            // A line that comes late puts the processes together again, of what is kept.
            Map<?, ?> before = Map.copyOf(run.outputs());
            run.pipe(ProcessStory.events((39 * 86_400L + 5) + " 9 hup down").get(0));
            run.tick();
            assertThat(run.outputs()).isEqualTo(before);
        }
    }

    private static Arguments log(String name, String lines, String expected) {
        return Arguments.of(name, lines, expected);
    }
}
