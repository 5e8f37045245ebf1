package io.risefall.query.page.now;

import io.risefall.query.http.Answer.EventFeed;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.worker.Backoff;
import io.risefall.query.worker.Worker;
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

/**
 * How the fleet was a moment ago, so that nobody waits for it. A thread looks at the start, and again while somebody watches, as
 * often as it takes no more than a part of the machine; who comes after a time in which nobody watched waits for that, for some
 * seconds at most. {@link #start} and {@link #close} once each; the rest by any thread.
 */
public final class LatestFleet implements AutoCloseable {
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
    private static final Backoff AFTER_FAILURE = new Backoff(EVERY, Duration.ofSeconds(30));

    private final Warehouse warehouse;
    private final ZoneId zone;
    private final Supplier<ReadingState> reading;
    private final Worker worker =
            new Worker("fleet-now", "looks how the fleet is, for the pages,", AFTER_FAILURE, Duration.ZERO, this::run);
    private final Set<Consumer<String>> listeners = ConcurrentHashMap.newKeySet();

    private @Nullable FleetNow latest;
    private CompletableFuture<FleetNow> next = new CompletableFuture<>();
    /** Who comes first is shown what was seen at the start, unless that is old: until then nobody watches. */
    private long askedAt = System.nanoTime() - WATCHED.toNanos();

    /**
     * @param zone of times in diagnoses
     * @param reading how the service reads the topics
     */
    public LatestFleet(Warehouse warehouse, ZoneId zone, Supplier<ReadingState> reading) {
        this.warehouse = warehouse;
        this.zone = zone;
        this.reading = reading;
    }

    public void start() {
        worker.start();
    }

    /** Completes exceptionally when nobody looks any more, because of an error. Any thread. */
    public CompletableFuture<Void> ended() {
        return worker.ended();
    }

    /** How the fleet is, or was when somebody looked last: {@link FleetNow#at} says when. */
    public FleetNow get() {
        CompletableFuture<FleetNow> coming;
        FleetNow known;
        boolean watched;
        synchronized (this) {
            watched = isWatched();
            askedAt = System.nanoTime();
            coming = next;
            known = latest;
        }
        worker.wake();
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
            worker.wake();
            return () -> listeners.remove(client);
        };
    }

    private void run(Worker self) throws SQLException, InterruptedException {
        do {
            long begun = System.nanoTime();
            look();
            long took = System.nanoTime() - begun;
            if (self.pause(Duration.ofNanos(Math.max(EVERY.toNanos(), SHARE * took)))) {
                return;
            }
        } while (awaitWatchers(self));
    }

    /** Until somebody watches; false: it is over. */
    private boolean awaitWatchers(Worker self) throws InterruptedException {
        while (!isWatched()) {
            if (self.rest(WATCHED)) {
                return false;
            }
        }
        return true;
    }

    private synchronized boolean isWatched() {
        return !listeners.isEmpty() || System.nanoTime() - askedAt < WATCHED.toNanos();
    }

    private void look() throws SQLException {
        FleetNow found;
        try (Connection views = warehouse.read()) {
            found = FleetReader.read(views, zone, Instant.now(), reading.get());
        } catch (SQLException | RuntimeException e) {
            tellWhoWaitsForTheFirst(e);
            throw e;
        } catch (Error e) {
            // After it nobody looks any more.
            tellAllWhoWait(e);
            throw e;
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

    /** Now, and later. */
    private synchronized void tellAllWhoWait(Error failure) {
        next.completeExceptionally(failure);
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
        worker.close();
    }
}
