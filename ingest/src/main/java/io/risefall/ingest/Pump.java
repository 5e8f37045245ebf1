package io.risefall.ingest;

import io.risefall.ingest.line.LineSource;
import io.risefall.schemas.ReadPosition;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that reads all sources in turn, a block each, and commits what they say. When the sink is lost it
 * opens it again and takes every source back to its committed position; when a source cannot be read it tries again
 * after a second and goes on with the others.
 */
final class Pump implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Pump.class);

    private static final Duration RETRY = Duration.ofSeconds(1);
    /** Lines that say nothing of health move only the positions, which need not be written so often. */
    private static final Duration POSITIONS_ONLY = Duration.ofSeconds(1);

    private final List<Follower> followers;
    private final EventSink sink;
    private final IngestLimits limits;
    private final Clock clock;
    private final Waker waker;
    private final CompletableFuture<Void> failed = new CompletableFuture<>();

    private volatile boolean stopped;
    private volatile List<ReadPosition> tallies = List.of();
    private boolean connected;
    private long uncommitted;
    private Instant uncommittedSince = Instant.EPOCH;
    private Instant committedAt = Instant.EPOCH;

    Pump(List<LineSource> sources, EventSink sink, IngestLimits limits, Waker waker, Clock clock) {
        this.followers = sources.stream()
                .map(source -> new Follower(new Reading(source, sink)))
                .toList();
        this.sink = sink;
        this.limits = limits;
        this.waker = waker;
        this.clock = clock;
    }

    /** Takes up where the committed positions say. Called before {@link #run}, and by it when the sink was lost. */
    void open() {
        Map<String, ReadPosition> positions = sink.open();
        followers.forEach(follower -> follower.goBackTo(positions.get(follower.name())));
        uncommitted = 0;
        committedAt = clock.instant();
        connected = true;
    }

    /** Completes exceptionally when reading cannot go on at all. */
    CompletableFuture<Void> failed() {
        return failed;
    }

    /** As of the last commit. Thread-safe. */
    List<ReadPosition> tallies() {
        return tallies;
    }

    /** Lets {@link #run} commit and return. Thread-safe. */
    void stop() {
        stopped = true;
        waker.wake();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                turn();
            }
            if (connected) {
                commit(clock.instant(), false);
            }
        } catch (SinkLostException e) {
            LOG.warn("{}; what was not committed is read again at the next start", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            if (!stopped) {
                LOG.error("reading stops: {}", e.getMessage(), e instanceof IngestException ? null : e);
            }
            failed.completeExceptionally(e);
        } finally {
            followers.forEach(Follower::close);
            sink.close();
        }
    }

    /** One look at every source, and a commit if one is due; waits if there is nothing to do. */
    private void turn() throws InterruptedException {
        try {
            if (!connected) {
                open();
                LOG.info("publishing again");
            }
            Instant now = clock.instant();
            boolean more = false;
            for (Follower follower : followers) {
                more |= follower.read(now);
            }
            if (isCommitDue(clock.instant())) {
                commit(now, true);
            }
            if (!more) {
                waker.await(limits.poll());
            }
        } catch (SinkLostException e) {
            connected = false;
            LOG.warn("{}; lines wait where they are; trying again in {} s", e.getMessage(), RETRY.toSeconds());
            waker.await(RETRY);
        }
    }

    private boolean isCommitDue(Instant now) {
        long records = followers.stream().mapToLong(Follower::uncommitted).sum();
        if (records > 0 && uncommitted == 0) {
            uncommittedSince = now;
        }
        uncommitted = records;
        return records >= limits.batchRecords()
                || (records > 0 && !now.isBefore(uncommittedSince.plus(limits.batchWait())))
                || (followers.stream().anyMatch(Follower::moved) && !now.isBefore(committedAt.plus(POSITIONS_ONLY)))
                || !now.isBefore(committedAt.plus(limits.heartbeat()));
    }

    private void commit(Instant now, boolean live) {
        List<ReadPosition> all = new ArrayList<>();
        for (Follower follower : followers) {
            ReadPosition position = follower.position(now, live);
            if (position != null) {
                all.add(position);
                if (follower.isNews(position)) {
                    sink.position(position);
                }
            }
        }
        sink.commit();
        Map<String, ReadPosition> byName = new HashMap<>();
        all.forEach(position -> byName.put(position.source(), position));
        followers.forEach(follower -> follower.committed(byName.get(follower.name())));
        tallies = List.copyOf(all);
        uncommitted = 0;
        committedAt = now;
    }

    /** One source and what Kafka knows of it. */
    private final class Follower {
        private final Reading reading;
        private @Nullable ReadPosition last;
        private boolean mustRewind;
        private Instant notBefore = Instant.EPOCH;
        private long committedRecords;

        Follower(Reading reading) {
            this.reading = reading;
        }

        String name() {
            return reading.source().name();
        }

        void goBackTo(@Nullable ReadPosition saved) {
            last = saved;
            mustRewind = true;
            notBefore = Instant.EPOCH;
            committedRecords = reading.published();
        }

        boolean read(Instant now) {
            if (now.isBefore(notBefore)) {
                return false;
            }
            try {
                if (mustRewind) {
                    reading.rewind(last);
                    mustRewind = false;
                }
                return reading.read();
            } catch (IOException e) {
                LOG.warn(
                        "cannot read {} at {}: {}; trying again in {} s",
                        name(),
                        reading.source().offset(),
                        e.toString(),
                        RETRY.toSeconds());
                notBefore = now.plus(RETRY);
                return false;
            }
        }

        long uncommitted() {
            return reading.published() - committedRecords;
        }

        boolean moved() {
            return !mustRewind && reading.source().offset() != (last == null ? 0 : last.offset());
        }

        /** Null while nothing of the source is known. */
        @Nullable ReadPosition position(Instant now, boolean live) {
            if (mustRewind) {
                return last;
            }
            Instant before = last == null ? Instant.EPOCH : last.asOf();
            Instant asOf = before;
            if (reading.source().atEnd() && !now.isBefore(notBefore)) {
                asOf = now;
            } else if (reading.tally().lastLineAt() != null) {
                asOf = reading.tally().lastLineAt();
            }
            asOf = asOf.isAfter(now) ? now : asOf;
            boolean nothing = last == null && !moved() && !reading.source().atEnd();
            return nothing ? null : reading.position(asOf.isBefore(before) ? before : asOf, live);
        }

        boolean isNews(ReadPosition position) {
            return last == null
                    || position.offset() != last.offset()
                    || position.live() != last.live()
                    || !position.asOf().isBefore(last.asOf().plus(limits.heartbeat()));
        }

        void committed(@Nullable ReadPosition position) {
            committedRecords = reading.published();
            if (position == null || mustRewind) {
                return;
            }
            if (isNews(position)) {
                last = position;
            }
            reading.source().published(position.offset());
        }

        void close() {
            try {
                reading.source().close();
            } catch (IOException e) {
                LOG.warn("cannot close {}: {}", name(), e.toString());
            }
        }
    }
}
