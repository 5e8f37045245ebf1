package io.risefall.query.schedule;

import io.risefall.query.alert.model.AlertLog;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.worker.Backoff;
import io.risefall.query.worker.Worker;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks by the minute for reports that are due, and sends them: after all lines have become rows that are there, as far as that
 * does not take too long. What fails is logged and tried again. A thread of its own from {@link #start} to {@link #close}, once each.
 */
public final class ReportSchedule implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(30);
    /** While lines are still to be read. */
    private static final Duration READING = Duration.ofSeconds(1);
    /** So long a report waits for lines that are still to be read. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private static final Backoff AFTER_FAILURE = new Backoff(EVERY, Duration.ofMinutes(10));

    private final DueReports due;
    private final Supplier<ReadingState> reading;
    private final Clock clock;
    private final Worker worker =
            new Worker("report-schedule", "sends reports that are due", AFTER_FAILURE, Duration.ZERO, this::run);
    private @Nullable Instant behindSince;

    /**
     * @param warehouse opens a connection that may write
     * @param log by which what was given away is stored
     * @param publicUrl where people find the web site; null: not known
     * @param reading how the service reads the topics
     */
    public ReportSchedule(
            List<ScheduledReport> schedule,
            Supplier<Connection> warehouse,
            ReportPost post,
            AlertLog log,
            @Nullable String publicUrl,
            Supplier<ReadingState> reading,
            Clock clock) {
        due = new DueReports(schedule, warehouse, post, log, publicUrl);
        this.reading = reading;
        this.clock = clock;
    }

    public void start() {
        worker.start();
    }

    /** How often reports that were due could not be made or stored. */
    public long failures() {
        return worker.failures();
    }

    /** Completes exceptionally when no reports are sent any more, because of an error. Any thread. */
    public CompletableFuture<Void> ended() {
        return worker.ended();
    }

    private void run(Worker self) throws SQLException, IOException, InterruptedException {
        boolean ready;
        do {
            Instant now = clock.instant();
            ready = isReady(now);
            if (ready) {
                due.send(now);
            }
        } while (!self.pause(ready ? EVERY : READING));
    }

    /** Whether what happened so far is known, or was waited for long enough. */
    boolean isReady(Instant now) {
        ReadingState state = reading.get();
        boolean behind = state.awaySince() != null
                || state.behind().isEmpty()
                || state.behind().values().stream().anyMatch(records -> records > 0);
        if (!behind) {
            behindSince = null;
            return true;
        }
        Instant since = behindSince == null ? now : behindSince;
        behindSince = since;
        return now.isAfter(since.plus(PATIENCE));
    }

    @Override
    public void close() {
        worker.close();
    }
}
