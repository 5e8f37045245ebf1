package io.risefall.query.schedule;

import io.risefall.query.alert.model.AlertLog;
import io.risefall.query.reading.ReadingState;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks by the minute for reports that are due, and sends them: after all lines have become rows that are there, as far as that
 * does not take too long. What fails is logged and tried again. A thread of its own from {@link #start} to {@link #close}, once each.
 */
public final class ReportSchedule implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ReportSchedule.class);

    private static final Duration EVERY = Duration.ofSeconds(30);
    /** While lines are still to be read. */
    private static final Duration READING = Duration.ofSeconds(1);
    /** So long a report waits for lines that are still to be read. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private final DueReports due;
    private final Supplier<ReadingState> reading;
    private final Clock clock;
    private final Thread thread = new Thread(this::run, "report-schedule");
    private final AtomicLong failures = new AtomicLong();
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
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** How often reports that were due could not be made or stored. */
    public long failures() {
        return failures.get();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                TimeUnit.MILLISECONDS.sleep((look() ? EVERY : READING).toMillis());
            }
        } catch (InterruptedException e) {
            LOG.debug("asked to stop");
        }
    }

    /** Whether it was ready. */
    private boolean look() {
        Instant now = clock.instant();
        if (!isReady(now)) {
            return false;
        }
        try {
            due.send(now);
        } catch (SQLException | IOException | RuntimeException e) {
            failures.incrementAndGet();
            LOG.warn("cannot send the reports that are due: {}; trying again", e.toString());
        }
        return true;
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
        thread.interrupt();
    }
}
