package io.risefall.query.alert.watch;

import io.risefall.query.alert.model.AlertLog;
import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.alert.model.Outbox;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.worker.Backoff;
import io.risefall.query.worker.Worker;
import io.risefall.schemas.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the warehouse once a second if something has changed there or is due, else twice a minute, and has messages made. A failure
 * is logged, counted and followed by a new beginning from what is stored; it never reaches whoever writes the warehouse. Its own
 * thread from {@link #start} to {@link #close}, once each.
 */
public final class AlertEngine implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    /** Silences begin without a line. */
    private static final Duration AT_LEAST_EVERY = Duration.ofSeconds(30);

    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofSeconds(5), Duration.ofSeconds(30));
    /** What is decided comes through, or is given up. */
    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final Set<String> STATES = Set.of(Topics.STATES.topic(), Topics.FLAPPING.topic());

    private final Supplier<Connection> connections;
    private final Supplier<ReadingState> reading;
    private final Supplier<Map<TopicPartition, Long>> positions;
    private final AlertSettings settings;
    private final Outbox outbox;
    private final AlertLog log;
    private final ZoneId zone;
    private final Clock clock;
    private final Worker worker = new Worker("alert-engine", "works out alerts", AFTER_FAILURE, GRACE, this::run);

    private Map<TopicPartition, Long> seen = Map.of();
    private @Nullable Instant lookedAt;

    /**
     * @param connections gives new connections to the warehouse
     * @param reading how the topics are read
     * @param positions how far they are in the warehouse
     * @param log by which what is decided is stored
     * @param zone of times in words
     */
    public AlertEngine(
            Supplier<Connection> connections,
            Supplier<ReadingState> reading,
            Supplier<Map<TopicPartition, Long>> positions,
            AlertSettings settings,
            Outbox outbox,
            AlertLog log,
            ZoneId zone,
            Clock clock) {
        this.connections = connections;
        this.reading = reading;
        this.positions = positions;
        this.settings = settings;
        this.outbox = outbox;
        this.log = log;
        this.zone = zone;
        this.clock = clock;
    }

    public void start() {
        worker.start();
    }

    /** How often it had to begin anew. Any thread. */
    public long failures() {
        return worker.failures();
    }

    /** Completes exceptionally when no alerts are worked out any more, because of an error. Any thread. */
    public CompletableFuture<Void> ended() {
        return worker.ended();
    }

    private void run(Worker self) throws SQLException, InterruptedException {
        try (Connection connection = connections.get()) {
            AlertWatch watch = new AlertWatch(connection, settings, outbox, log, zone);
            while (!self.pause(EVERY)) {
                lookIfNeeded(watch, clock.instant());
            }
        }
    }

    private void lookIfNeeded(AlertWatch watch, Instant now) throws SQLException {
        Map<TopicPartition, Long> read = positions.get().entrySet().stream()
                .filter(position -> STATES.contains(position.getKey().topic()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        boolean stale = lookedAt == null || !now.isBefore(lookedAt.plus(AT_LEAST_EVERY));
        if (stale || !read.equals(seen) || watch.isDue(now)) {
            watch.look(reading.get(), now);
            seen = read;
            lookedAt = now;
        }
    }

    @Override
    public void close() {
        worker.close();
    }
}
