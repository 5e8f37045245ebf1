package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DropCountersTest {
    private static final String IDLE = "connections closed after a long silence";
    private static final String FULL = "messages lost: the journal was full";

    private final DropCounters drops = new DropCounters("tcp:127.0.0.1:514");

    @Test
    void whatInterruptedASenderIsNotDropped() {
        drops.interrupted(IDLE);
        drops.count(FULL, 3);
        assertThat(drops.dropped()).isEqualTo(Map.of(FULL, 3L));
        assertThat(drops.interruptions()).isEqualTo(Map.of(IDLE, 1L));
    }

    /** It counted both as one. */
    @Test
    void whatAnOlderRisefallCountedIsToldApart() {
        drops.restore(Map.of(IDLE, 5L, FULL, 1L, DropCounters.CUT, 2L, DropCounters.NO_HEADER, 4L), Map.of());
        drops.interrupted(IDLE);
        assertThat(drops.dropped()).isEqualTo(Map.of(FULL, 1L, DropCounters.CUT, 2L, DropCounters.NO_HEADER, 4L));
        assertThat(drops.interruptions()).isEqualTo(Map.of(IDLE, 6L));
    }

    @Test
    void countsGoOnAfterARestart() {
        drops.restore(Map.of(FULL, 7L), Map.of(IDLE, 2L));
        drops.count(FULL);
        assertThat(drops.dropped()).isEqualTo(Map.of(FULL, 8L));
        assertThat(drops.interruptions()).isEqualTo(Map.of(IDLE, 2L));
    }
}
