package io.risefall.query.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times that somebody types; the clock in Berlin was set back on 25 October 2026 and forward on 29 March. */
class PastMomentTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-23T14:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "10m, 2026-11-23T13:50:00Z",
        "2d, 2026-11-21T14:00:00Z",
        "14:30, 2026-11-23T13:30:00Z",
        "14:30:05, 2026-11-23T13:30:05Z",
        "2026-11-01T14:30, 2026-11-01T13:30:00Z",
        "2026-07-01 14:30:01.5, 2026-07-01T12:30:01.5Z",
        "2026-11-01T14:30Z, 2026-11-01T14:30:00Z",
        "2026-11-01 14:30:00-05:00, 2026-11-01T19:30:00Z",
        "2026-10-25T02:30+02:00, 2026-10-25T00:30:00Z",
    })
    void isRead(String text, Instant moment) {
        assertThat(PastMoment.of(text, BERLIN, NOW)).isEqualTo(moment);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "15:30 | '15:30' is in the future; it is 2026-11-23 15:00:00 +01:00 now",
                "2026-11-23T14:00:01Z | is in the future",
                "noon | invalid time 'noon': use an age such as 10m, a time of today such as 14:30, or 2026-11-23T14:30",
                "2026-11-01 | invalid time",
                "25:00 | invalid time",
                "2026-10-25T02:30 | occurs twice in Europe/Berlin: say which, such as 2026-10-25T02:30+02:00",
                "2026-03-29T02:30 | does not exist in Europe/Berlin",
            })
    void isRefused(String text, String why) {
        assertThatThrownBy(() -> PastMoment.of(text, BERLIN, NOW)).hasMessageContaining(why);
    }

    @Test
    void nowIsNotInTheFuture() {
        assertThat(PastMoment.of("2026-11-23T14:00:00Z", BERLIN, NOW)).isEqualTo(NOW);
    }
}
