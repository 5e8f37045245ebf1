package io.risefall.query.schedule;

import io.risefall.query.alert.model.ChangedRows;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which reports were given away, in the warehouse: what is in it is never sent again. Has no state. */
final class SentReports {
    private static final SqlQuery SINCE = new SqlQuery("schedule/since.sql");
    private static final SqlQuery BEGIN = new SqlQuery("schedule/begin.sql");
    private static final SqlQuery BEGIN_AGAIN = new SqlQuery("schedule/begin_again.sql");
    private static final SqlQuery SENT = new SqlQuery("schedule/sent.sql");
    private static final SqlQuery KEEP = new SqlQuery("schedule/keep.sql");

    private SentReports() {}

    /** Since when somebody is sent a report: from now on, if that is new. The past before is not sent. */
    static Instant since(Connection store, ChangedRows changed, ScheduledReport report, String to, Instant now)
            throws SQLException {
        List<Instant> since = SINCE.query(store, row -> row.at("since_us"), report.key(), to);
        if (since.isEmpty()) {
            changed.schedule(report.key());
            BEGIN.change(store, report.key(), to, now);
            return now;
        }
        if (since.get(0).isAfter(now)) {
            // The clock was wrong then: nothing would be sent until that day comes.
            changed.schedule(report.key());
            BEGIN_AGAIN.change(store, now, report.key(), to);
            return now;
        }
        return since.get(0);
    }

    /** The first days of the periods whose report was given away. */
    static Set<LocalDate> sent(Connection store, ScheduledReport report, String to) throws SQLException {
        return new HashSet<>(SENT.query(store, row -> LocalDate.parse(row.text("first_day")), report.key(), to));
    }

    static void keep(
            Connection store,
            ChangedRows changed,
            ScheduledReport report,
            String to,
            LocalDate firstDay,
            String subject,
            Instant now)
            throws SQLException {
        changed.sentReport(report.key());
        KEEP.change(store, report.key(), to, firstDay.toString(), subject, now);
    }
}
