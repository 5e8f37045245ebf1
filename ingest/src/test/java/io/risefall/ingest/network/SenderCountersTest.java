package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.source.SenderTally;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SenderCountersTest {
    private final SenderCounters senders = new SenderCounters();

    @Test
    void theLongestSilentGoToTheOthersAndNothingIsLost() {
        for (int i = 0; i < SenderCounters.MAX; i++) {
            senders.count("10.0.0." + i, 100, i);
        }
        senders.count("10.0.0.0", 50, 1000);
        senders.count("192.0.2.1", 10, 2000);
        senders.count("192.0.2.2", 10, 2001);
        List<SenderTally> tallies = senders.tallies();
        assertThat(tallies)
                .hasSize(SenderCounters.MAX + 1)
                .contains(
                        new SenderTally("10.0.0.0", 2, 150, Instant.ofEpochMilli(1000)),
                        new SenderTally("192.0.2.2", 1, 10, Instant.ofEpochMilli(2001)),
                        new SenderTally(SenderTally.OTHERS, 2, 200, Instant.ofEpochMilli(2)));
        assertThat(tallies).extracting(SenderTally::sender).doesNotContain("10.0.0.1", "10.0.0.2");
        assertThat(tallies.stream().mapToLong(SenderTally::messages).sum()).isEqualTo(SenderCounters.MAX + 3);
    }

    @Test
    void countingGoesOnAfterARestart() {
        senders.count("10.0.0.1", 100, 5);
        senders.count("10.0.0.2", 100, 6);
        SenderCounters next = new SenderCounters();
        next.restore(senders.tallies());
        next.count("10.0.0.1", 1, 7);
        assertThat(next.tallies())
                .containsExactlyInAnyOrder(
                        new SenderTally("10.0.0.1", 2, 101, Instant.ofEpochMilli(7)),
                        new SenderTally("10.0.0.2", 1, 100, Instant.ofEpochMilli(6)));
    }
}
