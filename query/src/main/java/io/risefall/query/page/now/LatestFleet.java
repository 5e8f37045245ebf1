package io.risefall.query.page.now;

import io.risefall.query.http.Answer.EventFeed;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.warehouse.Warehouse;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the fleet was a moment ago, so that nobody waits for it. A thread looks at the start, and again while somebody watches, as
 * often as it takes no more than a part of the machine; who comes after a time in which nobody watched waits for that, for some
 * seconds at most. {@link #start} and {@link #close} once each; the rest by any thread.
 */
public final class LatestFleet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LatestFleet.class);

    private static final Duration EVERY = Duration.ofSeconds(1);
    /** Looking takes at most one part in so many of the time. */
    private static final int SHARE = 5;
    /** So long after somebody has asked, somebody watches. */
    private static final Duration WATCHED = Duration.ofMinutes(5);

    private static final Duration FRESH = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMillis(200);
    /** What is older misleads: it is worth more waiting. */
    private static final Duration OLD = Duration.ofMinutes(1);

    private static final Duration PATIENCE_IF_OLD = Duration.ofSeconds(5);

    private final Warehouse warehouse;
    private final ZoneId zone;
    private final Supplier<ReadingState> reading;
    private final Thread thread = new Thread(this::run, "fleet-now");
    private final Set<Consumer<String>> listeners = ConcurrentHashMap.newKeySet();

    private @Nullable FleetNow latest;
    private CompletableFuture<FleetNow> next = new CompletableFuture<>();
    /** Who comes first is shown what was seen at the start, unless that is old: until then nobody watches. */
    private long askedAt = System.nanoTime() - WATCHED.toNanos();

    private boolean closing;

    /**
     * @param zone of times in diagnoses
     * @param reading how the service reads the topics
     */
    public LatestFleet(Warehouse warehouse, ZoneId zone, Supplier<ReadingState> reading) {
        this.warehouse = warehouse;
        this.zone = zone;
        this.reading = reading;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** How the fleet is, or was when somebody looked last: {@link FleetNow#at} says when. */
    public FleetNow get() {
        CompletableFuture<FleetNow> coming;
        FleetNow known;
        boolean watched;
        synchronized (this) {
            watched = isWatched();
            askedAt = System.nanoTime();
            notifyAll();
            coming = next;
            known = latest;
        }
        if (known == null) {
            return coming.join();
        }
        Duration age = Duration.between(known.at(), Instant.now());
        if (age.compareTo(FRESH) < 0) {
            return known;
        }
        try {
            Duration patience = watched && age.compareTo(OLD) < 0 ? PATIENCE : PATIENCE_IF_OLD;
            return coming.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return known;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return known;
        }
    }

    /** Tells its listeners when the fleet has changed: the data of an event is the moment. */
    public EventFeed changes() {
        return client -> {
            listeners.add(client);
            synchronized (this) {
                notifyAll();
            }
            return () -> listeners.remove(client);
        };
    }

    private void run() {
        try {
            do {
                long begun = System.nanoTime();
                look();
                long took = System.nanoTime() - begun;
                TimeUnit.NANOSECONDS.sleep(Math.max(EVERY.toNanos(), SHARE * took));
            } while (await());
        } catch (InterruptedException e) {
            LOG.debug("asked to stop");
        }
    }

    /** Until somebody watches; false: it is over. */
    private synchronized boolean await() throws InterruptedException {
        while (!closing && !isWatched()) {
            wait();
        }
        return !closing;
    }

    private boolean isWatched() {
        return !listeners.isEmpty() || System.nanoTime() - askedAt < WATCHED.toNanos();
    }

    private void look() {
        FleetNow found;
        try (Connection views = warehouse.read()) {
            found = FleetReader.read(views, zone, Instant.now(), reading.get());
        } catch (SQLException | RuntimeException e) {
            LOG.warn("cannot read how the fleet is now: {}; looking again", e.toString());
            tellWhoWaitsForTheFirst(e);
            return;
        }
        FleetNow before;
        CompletableFuture<FleetNow> awaited;
        synchronized (this) {
            before = latest;
            latest = found;
            awaited = next;
            next = new CompletableFuture<>();
        }
        awaited.complete(found);
        if (before == null || !found.isAlike(before)) {
            listeners.forEach(listener -> listener.accept(found.at().toString()));
        }
    }

    /** Who has something to show goes on with that. */
    private void tellWhoWaitsForTheFirst(Exception failure) {
        CompletableFuture<FleetNow> awaited;
        synchronized (this) {
            if (latest != null) {
                return;
            }
            awaited = next;
            next = new CompletableFuture<>();
        }
        awaited.completeExceptionally(failure);
    }

    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        thread.interrupt();
    }
}
