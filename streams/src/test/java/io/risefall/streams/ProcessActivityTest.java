package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What traffic tells of processes. */
@Slow
class ProcessActivityTest {
    private static final String OUTAGE_AND_ANOTHER = """
            0 1 down L4CON
            95 2 down L4CON
            99 2 up
            """;

    @TempDir
    Path folder;

    @Test
    void withoutTrafficTheProcessBeginsWithItsFirstHealthLine() {
        assertThat(outcome(List.of())).isEqualTo("""
                down 0..99, up 99..
                outage 0..99 up L4CON""");
    }

    @Test
    void aProcessThatHadTrafficLongBeforeItsFirstDownBeganThen() {
        assertThat(outcome(List.of(sign(2, "30", "95")))).isEqualTo("""
                down 0..30, up 30..95, down 95..99, up 99..
                outage 0..30 up L4CON uncertain
                outage 95..99 up L4CON""");
    }

    @Test
    void whoPrintsTrafficOnlyTakesOverFromNobody() {
        assertThat(outcome(List.of(sign(3, "30", "95")))).isEqualTo("""
                down 0..99, up 99..
                outage 0..99 up L4CON""");
    }

    @Test
    void theOrderOfArrivalDoesNotMatter() {
        List<Object> all = new ArrayList<>(Story.events(OUTAGE_AND_ANOTHER));
        all.addAll(List.of(sign(2, "30", "50"), sign(2, "60", "95"), sign(1, "-5", "20"), sign(7, "1", "90")));
        String expected = outcomeOf(all);
        assertThat(expected).startsWith("up -5..0, down 0..30, up 30..95");
        Random random = new Random(1);
        for (int i = 0; i < Length.of(5, 20); i++) {
            Collections.shuffle(all, random);
            assertThat(outcomeOf(all)).as(all.toString()).isEqualTo(expected);
        }
    }

    private String outcome(List<ProcessActivity> signs) {
        List<Object> all = new ArrayList<>(Story.events(OUTAGE_AND_ANOTHER));
        all.addAll(signs);
        return outcomeOf(all);
    }

    private String outcomeOf(List<Object> records) {
        try (TopologyRun run = new TopologyRun(folder)) {
            for (Object record : records) {
                if (record instanceof HealthEvent event) {
                    run.pipe(event);
                } else {
                    run.pipe((ProcessActivity) record);
                }
            }
            run.tick();
            return run.outcome();
        }
    }

    private static ProcessActivity sign(long pid, String from, String to) {
        Instant hour = Story.START.truncatedTo(ChronoUnit.HOURS);
        return new ProcessActivity(
                Story.NODE, "file:/var/log/haproxy.log", pid, hour, 1, 1, Story.at(from), Story.at(to));
    }
}
