package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClocksTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00.500Z");

    private final Clocks clocks = new Clocks("udp:127.0.0.1:5514", Duration.ofSeconds(5));

    @Test
    void theWayOfALineIsNotTheClock() {
        heard("lb1", 0, 3000);
        heard("lb1", 1, 20);
        heard("lb1", 2, 900);
        assertThat(clocks.behindMillis()).containsEntry("lb1", 20L);
    }

    @Test
    void aClockThatIsAheadIsLessThanZeroAndEachNodeHasItsOwn() {
        heard("lb1", 0, 5);
        heard("lb2", 0, -200_100);
        heard("lb2", 1, -200_000);
        assertThat(clocks.behindMillis()).containsEntry("lb1", 5L).containsEntry("lb2", -200_100L);
    }

    @Test
    void aWholeMinuteReplacesTheOneBefore() {
        heard("lb1", 0, 60_000);
        heard("lb1", 59, 60_001);
        assertThat(clocks.behindMillis()).containsEntry("lb1", 60_000L);
        heard("lb1", 61, 7);
        heard("lb1", 122, 8);
        assertThat(clocks.behindMillis()).as("the clock was set").containsEntry("lb1", 7L);
    }

    @Test
    void whatAStampOfWholeSecondsLeavesOpenIsNotHeldAgainstIt() {
        clocks.heard("lb1", NOW.minusMillis(500), NOW.plusMillis(400));
        assertThat(clocks.behindMillis()).containsEntry("lb1", 0L);
        clocks.heard("lb1", NOW.minusMillis(500).plusSeconds(90), NOW);
        assertThat(clocks.behindMillis()).containsEntry("lb1", -89_500L);
    }

    private void heard(String node, long second, long behindMillis) {
        Instant receivedAt = NOW.plusSeconds(second).plusMillis(1);
        clocks.heard(node, receivedAt.minusMillis(behindMillis), receivedAt);
    }
}
