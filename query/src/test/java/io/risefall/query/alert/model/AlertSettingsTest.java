package io.risefall.query.alert.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every default, and what is refused. */
class AlertSettingsTest {
    @Test
    void hasTheseDefaults() {
        assertThat(AlertSettings.DEFAULTS)
                .hasToString("AlertSettings[hold=PT10S, closeAfter=PT1M, closeUnknownAfter=PT2M, reopen=PT5M,"
                        + " changeEvery=PT5M, stillOpen=[PT1H, PT4H, PT24H], maxAge=PT24H, leaderless=PT1M,"
                        + " nodeSilent=PT10M, pipelineSilent=PT5M, capacityBelow=0]");
    }

    @Test
    void refusesWhatCannotWork() {
        Duration minute = Duration.ofMinutes(1);
        refused(Duration.ofSeconds(-1), minute.multipliedBy(9), List.of(), 0, "hold must be between 0 and 366 days");
        refused(minute, minute, List.of(), 0, "max-age must be longer than hold: no alert could open");
        refused(
                Duration.ZERO,
                minute,
                List.of(minute, minute),
                0,
                "still-open must be times that grow, such as 1h, 4h, 24h");
        refused(
                Duration.ZERO,
                minute,
                List.of(Duration.ZERO),
                0,
                "still-open must be times that grow, such as 1h, 4h, 24h");
        refused(Duration.ZERO, minute, List.of(), -1, "capacity-below must be a number of servers, or 0");
    }

    private static void refused(Duration hold, Duration maxAge, List<Duration> stillOpen, int below, String why) {
        Duration any = Duration.ofMinutes(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AlertSettings(hold, any, any, any, any, stillOpen, maxAge, any, any, any, below))
                .withMessage(why);
    }
}
