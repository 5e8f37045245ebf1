package io.risefall.ingest.tally;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ClockSkewTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00.500Z");

    private final ClockSkew clocks = new ClockSkew("udp:127.0.0.1:5514", Duration.ofSeconds(5));

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
    void aClockThatIsBehindIsBehindByTheSameForMinutes() {
        for (int minute = 0; minute < 5; minute++) {
            heard("lb1", minute * 60L, 60_000);
            heard("lb1", minute * 60 + 59, 60_900);
            assertThat(clocks.behindMillis()).doesNotContainKey("lb1");
        }
        heard("lb1", 300, 60_100);
        assertThat(clocks.behindMillis()).containsEntry("lb1", 60_000L);
        heard("lb1", 361, 7);
        heard("lb1", 422, 8);
        assertThat(clocks.behindMillis()).as("the clock was set").containsEntry("lb1", 7L);
    }

    @Test
    void aWrongZoneIsKnownAfterAFewLines() {
        long off = Duration.ofHours(5).plusMinutes(45).toMillis();
        heard("lb1", 0, off + 20);
        heard("lb1", 1, off + 300);
        assertThat(clocks.behindMillis()).isEmpty();
        heard("lb1", 3, off + 30);
        assertThat(clocks.behindMillis()).containsEntry("lb1", off + 20);
        heard("lb1", 70, off + 10);
        heard("lb1", 140, off + 10);
        assertThat(clocks.behindMillis()).containsEntry("lb1", off + 10);
    }

    @Test
    void whatASenderHadKeptTellsNothingOfItsClock() {
        for (int late = 90; late > 10; late--) {
            heard("lb1", 0, late * 1000L);
        }
        heard("lb1", 100, 20_000);
        assertThat(clocks.behindMillis()).isEmpty();
        heard("lb1", 170, 3);
        heard("lb1", 240, 3);
        assertThat(clocks.behindMillis()).containsEntry("lb1", 3L);
    }

    @Test
    void aQueueThatIsEmptiedSlowlyTellsNothingEither() {
        for (int minute = 0; minute < 60; minute++) {
            heard("lb1", minute * 60L, (60 - minute) * 30_000L);
            assertThat(clocks.behindMillis()).isEmpty();
        }
    }

    @Test
    void oneLateBatchIsNotHeldAgainstAClockThatWasRight() {
        heard("lb1", 0, 4);
        heard("lb1", 60, 40_000);
        assertThat(clocks.behindMillis()).containsEntry("lb1", 4L);
        heard("lb1", 121, 5);
        assertThat(clocks.behindMillis()).isEmpty();
        heard("lb1", 182, 5);
        assertThat(clocks.behindMillis()).containsEntry("lb1", 5L);
    }

    @Test
    void whatAStampOfWholeSecondsLeavesOpenIsNotHeldAgainstIt() {
        clocks.add("lb1", NOW.minusMillis(500), NOW.plusMillis(400));
        assertThat(clocks.behindMillis()).containsEntry("lb1", 0L);
        clocks.add("lb1", NOW.minusMillis(500).plusSeconds(90), NOW);
        assertThat(clocks.behindMillis()).containsEntry("lb1", -89_500L);
    }

    private void heard(String node, long second, long behindMillis) {
        Instant receivedAt = NOW.plusSeconds(second).plusMillis(1);
        clocks.add(node, receivedAt.minusMillis(behindMillis), receivedAt);
    }
}
