package io.risefall.query.report;

import static io.risefall.query.report.Verdicts.plural;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Records that the streams part has not processed.
 *
 * @param records how many
 * @param since since when it has not been at the end
 * @param nodes of which they can be
 */
record NotProcessed(long records, Instant since, String nodes) {
    private static final Question BEHIND = new Question("behind.sql");

    /** Sentences about them. */
    static List<String> words(Connection views, Period period) throws SQLException {
        LocalTimes times = new LocalTimes(period.day(), period.zone());
        return BEHIND
                .ask(views, row -> new NotProcessed(row.number("behind"), row.at("since_us"), row.text("nodes")))
                .stream()
                .map(one -> one.words(times))
                .toList();
    }

    private String words(LocalTimes times) {
        return plural(records, "record") + " of " + nodes + " have not been processed (behind since " + times.at(since)
                + "): what is told of these nodes stops there. See whether the streams part runs, and its log.";
    }
}
