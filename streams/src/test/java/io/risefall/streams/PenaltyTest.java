package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.risefall.schemas.state.Flapping;
import io.risefall.streams.model.StreamsSettings.Damping;
import io.risefall.streams.server.Penalty;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** RFC 2439 damping with the defaults: 1000 a DOWN, half-life 15 min, flapping from 2000, calm below 750. */
class PenaltyTest {
    private static final Instant START = Story.START;

    @Test
    void threeDownsInAMinuteAreFlapping() {
        Penalty second = downs(0, 20);
        assertThat(second.episode()).isNull();

        Flapping episode = second.onDown("lb1", Story.SERVER, START.plusSeconds(40), Damping.DEFAULTS)
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
        Penalty later = flapping.onDown("lb1", Story.SERVER, START.plusSeconds(7200), Damping.DEFAULTS);
        assertThat(later.episode()).isNull();
        assertThat(later.downs()).isEqualTo(1);
    }

    @Test
    void thePenaltyHasACeiling() {
        int[] everySecond = java.util.stream.IntStream.range(0, 100).toArray();
        assertThat(downs(everySecond).value()).isEqualTo(12000);
    }

    private static Penalty downs(int... seconds) {
        Penalty penalty = Penalty.NONE;
        for (int second : seconds) {
            penalty = penalty.onDown("lb1", Story.SERVER, START.plusSeconds(second), Damping.DEFAULTS);
        }
        return penalty;
    }
}
