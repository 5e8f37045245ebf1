package io.risefall.query.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentTest {
    @ParameterizedTest
    @CsvSource({
        "1, 0, unknown",
        "0, 0, unknown",
        "0, 10, 0 %",
        "10, 10, 100 %",
        "999996, 1000000, 99.9996 %",
        "99999, 100000, 99.999 %",
        "9998, 10000, 99.98 %",
        "9999, 10000, 99.99 %",
        "86399999, 86400000, 99.999998 %",
        "259199999999, 259200000000, 99.999999 %",
        "2, 3, 66.66 %",
        "1, 100000, 0.001 %",
        "1, 100000000000, under 0.000001 %"
    })
    void aShareIsRoundedDownAndNeverToAllOrNothing(long part, long whole, String words) {
        assertThat(Percent.of(part, whole)).isEqualTo(words);
    }
}
