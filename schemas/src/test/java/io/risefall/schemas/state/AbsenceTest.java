package io.risefall.schemas.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.schemas.Topics;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AbsenceTest {
    private static final Instant FROM = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant TO = Instant.parse("2026-11-23T10:00:12Z");

    @Test
    void aClockThatIsRightChangesNothing() {
        Absence absence = of(1500);
        assertThat(absence.stampedFrom()).isEqualTo(FROM);
        assertThat(absence.stampedTo()).isEqualTo(TO);
    }

    @Test
    void aClockThatIsOffMakesItLongerAndNeverShorter() {
        assertThat(of(60_000).stampedFrom()).isEqualTo(FROM.minusSeconds(60));
        assertThat(of(60_000).stampedTo()).isEqualTo(TO);
        assertThat(of(-60_000).stampedFrom()).isEqualTo(FROM);
        assertThat(of(-60_000).stampedTo()).isEqualTo(TO.plusSeconds(60));
    }

    @Test
    void itsKeyBeginsWithTheNode() {
        assertThat(new Absence("lb/1", "udp:127.0.0.1:5514", FROM, TO, "", 0).key())
                .isEqualTo("lb%2F1/udp:127.0.0.1:5514/1795428000000000");
        assertThat(Topics.partitionOfKey(new Absence("", "udp:a", FROM, TO, "", 0).key(), 4))
                .isBetween(0, 3);
    }

    @Test
    void itDoesNotEndBeforeItBegins() {
        assertThatThrownBy(() -> new Absence("lb1", "udp:a", TO, FROM, "", 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Absence of(long behindMillis) {
        return new Absence("lb1", "udp:a", FROM, TO, "Risefall was stopped", behindMillis);
    }
}
