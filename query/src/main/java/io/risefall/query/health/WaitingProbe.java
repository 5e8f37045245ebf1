package io.risefall.query.health;

import io.risefall.query.reading.ProgressWatch;
import io.risefall.query.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Whether a part that has something to do comes nearer to its end: that something waits is no failure. */
final class WaitingProbe implements HealthProbe {
    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Supplier<PartState> part;
    private final ProgressWatch progress = new ProgressWatch();

    WaitingProbe(Supplier<PartState> part) {
        this.part = part;
    }

    @Override
    public String name() {
        return "lag";
    }

    @Override
    public ProbeResult look(Instant now) {
        PartState state = part.get();
        if (state.kafkaAwaySince() != null) {
            return KafkaProbe.AWAY;
        }
        state.waiting().forEach(one -> progress.look(one.of(), one.next(), one.count(), now));
        long waiting =
                state.waiting().stream().mapToLong(PartState.Waiting::count).sum();
        Duration stuck =
                progress.since().map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
        return stuck.compareTo(LIMIT) > 0
                ? ProbeResult.failing(
                        waiting + " wait, and of some of them none was done for " + Durations.text(stuck.toMillis()),
                        "look into the log of this process, and for transactions that nobody ends in Kafka")
                : ProbeResult.ok(waiting == 0 ? "nothing waits" : waiting + " wait and are being done");
    }
}
