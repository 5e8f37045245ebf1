package io.risefall.query.health;

import io.risefall.query.reading.ReadingState;
import io.risefall.query.reading.StreamsGroup;
import io.risefall.query.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Whether a streams part runs and goes on. */
final class StreamsProbe implements HealthProbe {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Supplier<ReadingState> reading;

    StreamsProbe(Supplier<ReadingState> reading) {
        this.reading = reading;
    }

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public ProbeResult look(Instant now) {
        ReadingState state = reading.get();
        if (state.awaySince() != null) {
            return KafkaProbe.AWAY;
        }
        StreamsGroup group = state.streamsGroup();
        if (group == null) {
            return ProbeResult.waiting("Kafka has not told yet who processes lines");
        }
        if (group.members() == 0) {
            return ProbeResult.failing(
                    "no streams part is running, so lines do not become states",
                    "start risefall streams; its log says why one has ended");
        }
        Duration stuck = group.stuckSince() == null ? Duration.ZERO : Duration.between(group.stuckSince(), now);
        if (stuck.compareTo(LIMIT) > 0) {
            return ProbeResult.failing(
                    "the streams part has processed nothing of a partition for " + Durations.text(stuck.toMillis())
                            + ", and there is something",
                    "look at its log; if it does not go on, restart it: no line is lost");
        }
        return ProbeResult.ok(
                group.members() == 1 ? "1 thread processes lines" : group.members() + " threads process lines");
    }
}
