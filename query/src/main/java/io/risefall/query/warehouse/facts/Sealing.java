package io.risefall.query.warehouse.facts;

import io.risefall.query.reading.ReadingState;
import io.risefall.query.worker.Backoff;
import io.risefall.query.worker.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Seals the days that are over for so long that no line corrects them any more, one at a time and at the lowest priority, and has their
 * rows leave the warehouse if that is wanted; looks for such days by the hour, while no records wait to become rows. What fails is
 * logged, counted and tried again. A thread of its own from {@link #start} to {@link #close}, once each.
 */
public final class Sealing implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    private static final Duration EVERY = Duration.ofHours(1);
    /** While lines are still to be read. */
    private static final Duration READING = Duration.ofSeconds(10);

    private static final Backoff AFTER_FAILURE = new Backoff(Duration.ofMinutes(1), EVERY);

    private final DaySealer sealer;
    private final SealingAges ages;
    private final PastDays past;
    private final Supplier<Connection> warehouse;
    private final Supplier<ReadingState> reading;
    private final Clock clock;
    private final SealedFolder folder;
    private final AtomicLong days = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong written = new AtomicLong();
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong unsealed = new AtomicLong();
    private final Worker worker =
            new Worker("sealing", "writes days as files", AFTER_FAILURE, Duration.ZERO, this::run);

    /**
     * @param data the data directory
     * @param past the days whose rows have left
     * @param warehouse opens a connection
     * @param reading how the service reads the topics
     */
    public Sealing(
            Path data,
            SealingAges ages,
            PastDays past,
            Supplier<Connection> warehouse,
            Supplier<ReadingState> reading,
            Clock clock) {
        folder = new SealedFolder(data);
        sealer = new DaySealer(folder, past);
        this.ages = ages;
        this.past = past;
        this.warehouse = warehouse;
        this.reading = reading;
        this.clock = clock;
    }

    public void start() {
        worker.start();
    }

    /** Completes exceptionally when no days are sealed any more, because of an error. Any thread. */
    public CompletableFuture<Void> ended() {
        return worker.ended();
    }

    /** How it went so far. Any thread. */
    public SealingCounts counts() {
        return new SealingCounts(
                days.get(), bytes.get(), written.get(), kept.get(), worker.failures() + unsealed.get());
    }

    @SuppressWarnings("ThreadPriorityCheck") // less work for others, and right without it
    private void run(Worker self) throws SQLException, IOException, InterruptedException {
        Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
        boolean looked;
        do {
            looked = isAllRead(reading.get()) && sealDue();
        } while (!self.pause(looked ? EVERY : READING));
    }

    private static boolean isAllRead(ReadingState state) {
        return !state.behind().isEmpty() && state.behind().values().stream().allMatch(records -> records == 0);
    }

    /** Seals what is due now; false if nothing is known yet, as before the first line. */
    boolean sealDue() throws SQLException, IOException, InterruptedException {
        try (Connection connection = warehouse.get()) {
            OptionalLong reach = correctionsReach(connection);
            if (reach.isEmpty()) {
                return false;
            }
            Duration corrections = Duration.ofMillis(reach.getAsLong());
            past.look(connection, folder.days());
            DaySealer.Plan plan = sealer.plan(connection, before(ages.seal(), corrections));
            kept.set(plan.kept().size());
            LocalDate stay = ages.keep() == null ? LocalDate.MIN : before(ages.keep(), corrections);
            for (LocalDate day : plan.due()) {
                boolean back = plan.back().contains(day);
                if (attempt("seal " + day, () -> seal(connection, day, back))) {
                    leave(connection, day, stay);
                }
            }
            for (LocalDate day : plan.same()) {
                leave(connection, day, stay);
            }
            List<SealedDay> sealed = folder.days();
            days.set(sealed.size());
            bytes.set(sealed.stream()
                    .flatMap(day -> day.files().stream())
                    .mapToLong(SealedFile::bytes)
                    .sum());
            return true;
        }
    }

    /** The first day that is not over for so long. */
    private LocalDate before(Duration age, Duration corrections) {
        Duration over = age.compareTo(corrections) < 0 ? corrections : age;
        return LocalDate.ofInstant(clock.instant().minus(over), ZoneOffset.UTC).minusDays(1);
    }

    private void seal(Connection connection, LocalDate day, boolean back)
            throws SQLException, IOException, InterruptedException {
        if (back) {
            past.bringBack(connection, day);
        }
        long took = sealer.seal(connection, day);
        written.incrementAndGet();
        LOG.info("sealed {}: {} bytes", day, took);
    }

    /** @param stay the first day whose rows stay */
    private void leave(Connection connection, LocalDate day, LocalDate stay) throws InterruptedException {
        if (day.isBefore(stay)) {
            attempt("take the rows of " + day + " from the warehouse", () -> {
                if (sealer.leave(connection, day)) {
                    LOG.info("the rows of {} have left the warehouse", day);
                }
            });
        }
    }

    private interface Step {
        void run() throws SQLException, IOException, InterruptedException;
    }

    /** A day with which something fails, as one whose folder is somebody else's, holds up no other. */
    private boolean attempt(String what, Step step) throws InterruptedException {
        try {
            step.run();
            return true;
        } catch (SQLException | IOException | RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedException(); // which closes files, too
            }
            unsealed.incrementAndGet();
            LOG.warn("cannot {}: {}; trying again in {} min", what, e.toString(), EVERY.toMinutes());
            return false;
        }
    }

    /** How far late lines reach back, in milliseconds, as the streams part says of each node. */
    private static OptionalLong correctionsReach(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet reach = statement.executeQuery("select max(reach_ms) from store.corrections")) {
            reach.next();
            long millis = reach.getLong(1);
            return reach.wasNull() ? OptionalLong.empty() : OptionalLong.of(millis);
        }
    }

    @Override
    public void close() {
        worker.close();
    }
}
