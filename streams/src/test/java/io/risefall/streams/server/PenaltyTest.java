package io.risefall.streams.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.state.Flapping;
import io.risefall.streams.model.StreamsSettings.Damping;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** RFC 2439 damping with the defaults: 1000 a DOWN, half-life 15 min, flapping from 2000, calm below 750. */
class PenaltyTest {
    private static final Instant START = Instant.parse("2026-11-23T01:00:00Z");
    private static final ServerName SERVER = new ServerName("web", "s1");

    @Test
    void threeDownsInAMinuteAreFlapping() {
        Penalty second = downs(0, 20);
        assertThat(second.episode()).isNull();

        Flapping episode = second.onDown("lb1", SERVER, START.plusSeconds(40), Damping.DEFAULTS)
                .episode();
        assertThat(episode.startedAt()).isEqualTo(START.plusSeconds(40));
        assertThat(episode.downs()).isEqualTo(3);
        assertThat(episode.peakPenalty()).isCloseTo(2954, within(1.0));
        // 2954 halves to 750 in log2(2954 / 750) = 1.98 half-lives.
        assertThat(Duration.between(episode.startedAt(), episode.calmAt()).toSeconds())
                .isEqualTo(1780);
    }

    @Test
    void oneDownAnHourIsNot() {
        assertThat(downs(0, 3600, 7200, 10800).episode()).isNull();
    }

    @Test
    void anotherEpisodeBeginsAfterCalm() {
        Penalty flapping = downs(0, 10, 20);
        Penalty later = flapping.onDown("lb1", SERVER, START.plusSeconds(7200), Damping.DEFAULTS);
        assertThat(later.episode()).isNull();
        assertThat(later.downs()).isEqualTo(1);
    }

    @Test
    void thePenaltyHasACeiling() {
        int[] everySecond = java.util.stream.IntStream.range(0, 100).toArray();
        assertThat(downs(everySecond).value()).isEqualTo(12000);
    }

    @Test
    void theLimitsThemselvesCount() {
        Damping halving = new Damping(1000, Duration.ofMillis(500), 1500, 500, 12000);
        Penalty first = Penalty.NONE.onDown("lb1", SERVER, START, halving);
        assertThat(first.episode()).isNull();
        Penalty second = first.onDown("lb1", SERVER, START.plusMillis(500), halving);
        assertThat(second.value()).isEqualTo(1500);
        assertThat(second.downs()).as("at the limit it is not calm yet").isEqualTo(2);
        assertThat(second.episode()).as("at the limit it flaps").isNotNull();
        assertThat(first.onDown("lb1", SERVER, START.plusMillis(501), halving).downs())
                .as("below the limit it is calm")
                .isEqualTo(1);
    }

    private static Penalty downs(int... seconds) {
        Penalty penalty = Penalty.NONE;
        for (int second : seconds) {
            penalty = penalty.onDown("lb1", SERVER, START.plusSeconds(second), Damping.DEFAULTS);
        }
        return penalty;
    }
}
