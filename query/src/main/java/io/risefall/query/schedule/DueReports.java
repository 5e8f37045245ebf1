package io.risefall.query.schedule;

import io.risefall.query.report.period.CalendarPeriod;
import io.risefall.query.sql.QueryException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
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
    private final @Nullable String publicUrl;

    /**
     * @param warehouse opens a connection that may write
     * @param publicUrl where people find the web site; null: not known
     */
    DueReports(
            List<ScheduledReport> schedule,
            Supplier<Connection> warehouse,
            ReportPost post,
            @Nullable String publicUrl) {
        this.schedule = List.copyOf(schedule);
        this.warehouse = warehouse;
        this.post = post;
        this.publicUrl = publicUrl;
    }

    /** @return how many were given away */
    int send(Instant now) throws SQLException, IOException {
        int sent = 0;
        try (Connection store = warehouse.get()) {
            store.setAutoCommit(false);
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
        Instant since = SentReports.since(store, report, to, now);
        Set<LocalDate> sent = SentReports.sent(store, report, to);
        store.commit();
        int count = 0;
        for (CalendarPeriod period : report.due(since, now, MOST_LATE)) {
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
            SentReports.keep(store, report, to, period.first(), "not sent: " + e.getMessage(), now);
            store.commit();
            return;
        }
        try {
            post.add(store, to, document);
            SentReports.keep(
                    store, report, to, period.first(), document.content().subject(), now);
            store.commit();
            LOG.info("report to {}: {}", to, document.content().subject());
        } catch (SQLException | RuntimeException e) {
            store.rollback();
            throw e;
        }
    }
}
