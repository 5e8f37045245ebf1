package io.risefall.query.health;

import io.risefall.query.reading.ProgressWatch;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/** Whether the warehouse that is behind Kafka comes nearer: a lag alone is no failure. */
final class LagProbe implements HealthProbe {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Supplier<ReadingState> reading;
    private final Supplier<Map<TopicPartition, Long>> positions;
    private final ProgressWatch progress = new ProgressWatch();

    /** @param positions the next offsets that the warehouse reads */
    LagProbe(Supplier<ReadingState> reading, Supplier<Map<TopicPartition, Long>> positions) {
        this.reading = reading;
        this.positions = positions;
    }

    @Override
    public String name() {
        return "lag";
    }

    @Override
    public ProbeResult look(Instant now) {
        ReadingState state = reading.get();
        if (state.awaySince() != null) {
            return KafkaProbe.AWAY;
        }
        Map<TopicPartition, Long> next = positions.get();
        state.behind()
                .forEach((partition, records) ->
                        progress.look(partition, next.getOrDefault(partition, 0L), records, now));
        long behind =
                state.behind().values().stream().mapToLong(Long::longValue).sum();
        Duration stuck =
                progress.since().map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
        if (stuck.compareTo(LIMIT) > 0) {
            return ProbeResult.failing(
                    behind + " records of Kafka are not in the warehouse, and of a partition none has come for "
                            + Durations.text(stuck.toMillis()),
                    "look for what the log says of the warehouse, and at transactions that nobody ends in Kafka");
        }
        return ProbeResult.ok(
                behind == 0 ? "all records of Kafka are in the warehouse" : behind + " records are being read");
    }
}
