package io.risefall.schemas.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EpochMicrosTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0001-01-01T00:00:00Z",
                "1969-12-31T23:59:59.999999Z",
                "1970-01-01T00:00:00Z",
                "2026-11-28T15:40:00.123456Z",
                "9999-12-31T23:59:59.999999Z"
            })
    void areThereAndBackOfEveryYearThatALineCanName(String text) {
        Instant at = Instant.parse(text);
        assertThat(Instant.EPOCH.plus(EpochMicros.of(at), ChronoUnit.MICROS)).isEqualTo(at);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1969-12-31T23:59:59.9999999Z", "2026-11-28T15:40:00.1234569Z"})
    void areRoundedDown(String text) {
        Instant at = Instant.parse(text);
        assertThat(Instant.EPOCH.plus(EpochMicros.of(at), ChronoUnit.MICROS))
                .isEqualTo(at.truncatedTo(ChronoUnit.MICROS));
    }
}
