package io.risefall.query.time;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 ms",
        "999, 999 ms",
        "1000, 1 s",
        "1250, 1.250 s",
        "9999, 9.999 s",
        "10999, 10 s",
        "59999, 59 s",
        "60000, 1 min",
        "724000, 12 min 4 s",
        "3599999, 59 min 59 s",
        "3600000, 1 h",
        "10920000, 3 h 2 min",
        "86400000, 24 h",
        "90000000, 25 h",
        "190800000, 2 d 5 h",
        "-1250, -1.250 s"
    })
    void aDurationHasItsUnitAndIsNeverRoundedUp(long millis, String words) {
        assertThat(Durations.text(millis)).isEqualTo(words);
    }
}
