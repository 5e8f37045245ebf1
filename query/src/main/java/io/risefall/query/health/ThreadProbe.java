package io.risefall.query.health;

import io.risefall.query.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** Whether a thread that has always something to do goes on. */
final class ThreadProbe implements HealthProbe {
    private final String name;
    private final String work;
    private final Supplier<Duration> sinceTurn;
    private final Duration limit;

    /**
     * @param work what it does, as "writes the warehouse"
     * @param sinceTurn how long ago it went on to something else
     * @param limit longer means that it is stuck
     */
    ThreadProbe(String name, String work, Supplier<Duration> sinceTurn, Duration limit) {
        this.name = name;
        this.work = work;
        this.sinceTurn = sinceTurn;
        this.limit = limit;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ProbeResult look(Instant now) {
        Duration since = sinceTurn.get();
        return since.compareTo(limit) <= 0
                ? ProbeResult.ok("its thread " + work)
                : ProbeResult.failing(
                        "the thread that " + work + " has been at the same work for "
                                + Durations.text(since.toMillis()),
                        "look at memory, disk and running queries; if it does not go on, restart this process: no line is lost");
    }
}
