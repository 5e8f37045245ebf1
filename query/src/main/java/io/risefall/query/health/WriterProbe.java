package io.risefall.query.health;

import io.risefall.query.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Whether the thread that writes the warehouse goes on. */
final class WriterProbe implements HealthProbe {
    private final Supplier<Duration> sinceTurn;
    private final Duration limit;

    /**
     * @param sinceTurn how long ago it went on to something else
     * @param limit longer means that it is stuck
     */
    WriterProbe(Supplier<Duration> sinceTurn, Duration limit) {
        this.sinceTurn = sinceTurn;
        this.limit = limit;
    }

    @Override
    public String name() {
        return "writer";
    }

    @Override
    public ProbeResult look(Instant now) {
        Duration since = sinceTurn.get();
        return since.compareTo(limit) <= 0
                ? ProbeResult.ok("the warehouse is written")
                : ProbeResult.failing(
                        "the thread that writes the warehouse has been at the same work for "
                                + Durations.text(since.toMillis()),
                        "look at memory, disk and running queries; if it does not go on, restart this service: no line is lost");
    }
}
