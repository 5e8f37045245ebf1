package io.risefall.query.schedule;

import io.risefall.query.alert.model.AlertLog;
import io.risefall.query.report.period.CalendarPeriod;
import io.risefall.query.sql.QueryException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the reports that are due; of those that became due while nothing ran, the latest {@value #MOST_LATE} of each. Each once, because
 * it is kept in the same transaction in which the post takes it. One thread.
 */
final class DueReports {
    private static final Logger LOG = LoggerFactory.getLogger(DueReports.class);

    /** After a longer time without Risefall, nobody reads more. */
    static final int MOST_LATE = 7;

    private final List<ScheduledReport> schedule;
    private final Supplier<Connection> warehouse;
    private final ReportPost post;
    private final AlertLog log;
    private final @Nullable String publicUrl;

    /**
     * @param warehouse opens a connection that may write
     * @param log by which what was given away is stored
     * @param publicUrl where people find the web site; null: not known
     */
    DueReports(
            List<ScheduledReport> schedule,
            Supplier<Connection> warehouse,
            ReportPost post,
            AlertLog log,
            @Nullable String publicUrl) {
        this.schedule = List.copyOf(schedule);
        this.warehouse = warehouse;
        this.post = post;
        this.log = log;
        this.publicUrl = publicUrl;
    }

    /** @return how many were given away */
    int send(Instant now) throws SQLException, IOException {
        int sent = 0;
        try (Connection store = warehouse.get()) {
            for (ScheduledReport report : schedule) {
                for (String to : report.to()) {
                    sent += send(store, report, to, now);
                }
            }
        }
        return sent;
    }

    private int send(Connection store, ScheduledReport report, String to, Instant now)
            throws SQLException, IOException {
        AtomicReference<Instant> since = new AtomicReference<>(now);
        log.inTransaction(store, changed -> since.set(SentReports.since(store, changed, report, to, now)));
        Set<LocalDate> sent = SentReports.sent(store, report, to);
        int count = 0;
        for (CalendarPeriod period : report.due(since.get(), now, MOST_LATE)) {
            if (!sent.contains(period.first())) {
                send(store, report, to, period, now);
                count++;
            }
        }
        return count;
    }

    private void send(Connection store, ScheduledReport report, String to, CalendarPeriod period, Instant now)
            throws SQLException, IOException {
        ReportDocument document;
        try (Connection views = warehouse.get()) {
            document = ReportDocument.of(views, report, period, now, publicUrl);
        } catch (QueryException e) {
            LOG.warn("no report of {} to {} for {}: {}", report.key(), to, period.words(), e.getMessage());
            String why = "not sent: " + e.getMessage();
            log.inTransaction(store, changed -> SentReports.keep(store, changed, report, to, period.first(), why, now));
            return;
        }
        String subject = document.content().subject();
        log.inTransaction(store, changed -> {
            post.add(store, changed, to, document);
            SentReports.keep(store, changed, report, to, period.first(), subject, now);
        });
        LOG.info("report to {}: {}", to, subject);
    }
}
