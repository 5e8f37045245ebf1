package io.risefall.query.report.caveat;

import static io.risefall.query.text.Counts.grouped;
import static io.risefall.query.text.Counts.plural;

import io.risefall.query.report.model.Period;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.LocalTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Records that the streams part has not processed.
 *
 * @param records how many
 * @param since since when it has not been at the end
 * @param nodes of how many nodes they can be
 * @param names the first of these
 */
public record UnprocessedRecords(long records, Instant since, long nodes, String names) {
    /** As many as {@code behind.sql} names. */
    private static final int NAMED = 3;

    private static final SqlQuery BEHIND = new SqlQuery("report/behind.sql");

    /** Sentences about them. */
    public static List<String> words(Connection views, Period period) throws SQLException {
        LocalTimes times = period.times();
        return BEHIND
                .query(
                        views,
                        row -> new UnprocessedRecords(
                                row.number("behind"), row.at("since_us"), row.number("nodes"), row.text("names")))
                .stream()
                .map(one -> one.words(times))
                .toList();
    }

    private String words(LocalTimes times) {
        String more = nodes > NAMED ? " and " + grouped(nodes - NAMED) + " more" : "";
        return plural(records, "record") + " of " + names + more + " have not been processed (behind since "
                + times.at(since)
                + "): results for these nodes stop there. Check that the streams part is running, and read its log.";
    }
}
