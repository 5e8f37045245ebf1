package io.risefall.query.health;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Has the probes look every few seconds, in a thread of its own, so that who asks waits for nothing, and so that a probe that does
 * not come back is seen. The results are for any thread. {@link #start} and {@link #close} once each.
 */
final class HealthWatch implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);

    /** A look takes some milliseconds. */
    private static final Duration STUCK = Duration.ofSeconds(30);

    private final List<HealthProbe> probes;
    private final Clock clock;
    private final Map<String, HealthCheck> latest = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("health", true));
    private volatile Instant lookedAt;

    HealthWatch(List<HealthProbe> probes, Clock clock) {
        this.probes = List.copyOf(probes);
        this.clock = clock;
        lookedAt = clock.instant();
    }

    void start() {
        thread.scheduleWithFixedDelay(this::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Has all of them look once. */
    void look() {
        for (HealthProbe probe : probes) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            ProbeResult result = result(probe, now);
            latest.compute(probe.name(), (name, before) -> check(name, before, result, now));
        }
        lookedAt = clock.instant();
    }

    private static ProbeResult result(HealthProbe probe, Instant now) {
        try {
            return probe.look(now);
        } catch (SQLException | RuntimeException e) {
            return ProbeResult.failing("cannot be looked at: " + e.getMessage(), "the log of this service says more");
        }
    }

    private static HealthCheck check(String name, HealthCheck before, ProbeResult result, Instant now) {
        boolean same = before != null && before.state() == result.state();
        return new HealthCheck(name, result.state(), same ? before.since() : now, result.detail(), result.remedy());
    }

    /** All of them in their order, and first whether they are looked at. */
    List<HealthCheck> checks() {
        List<HealthCheck> checks = new ArrayList<>(List.of(watched()));
        for (HealthProbe probe : probes) {
            HealthCheck known = latest.get(probe.name());
            checks.add(
                    known != null
                            ? known
                            : new HealthCheck(
                                    probe.name(), ProbeResult.State.WAITING, lookedAt, "not looked at yet", ""));
        }
        return checks;
    }

    private HealthCheck watched() {
        Instant looked = lookedAt.truncatedTo(ChronoUnit.MILLIS);
        return Duration.between(looked, clock.instant()).compareTo(STUCK) <= 0
                ? new HealthCheck("probes", ProbeResult.State.OK, looked, "all was looked at", "")
                : new HealthCheck(
                        "probes",
                        ProbeResult.State.FAILING,
                        looked,
                        "a probe does not come back, so the others are as they were",
                        "the warehouse does not answer: look at memory and disk, then restart this service");
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
