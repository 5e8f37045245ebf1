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
import org.jspecify.annotations.Nullable;

/**
 * Records of Kafka that the warehouse has missed, as one decision to go on without them left it.
 *
 * @param since when the newest line before was received; null: there was none
 * @param records how many at most; 0 where none of the partitions tells
 */
public record MissedRecords(
        Instant accepted, @Nullable Instant since, String reason, long partitions, long records, String topics) {
    private static final SqlQuery GAPS = new SqlQuery("report/gaps.sql");

    /** Sentences about those that may tell of the period. */
    public static List<String> words(Connection views, Period period) throws SQLException {
        LocalTimes times = period.times();
        return GAPS
                .query(
                        views,
                        row -> new MissedRecords(
                                row.at("accepted_us"),
                                row.atOrNull("since_us"),
                                row.text("reason"),
                                row.number("partitions"),
                                row.numberOrNull("records") == null ? 0 : row.number("records"),
                                row.text("topics")),
                        period.from(),
                        period.to())
                .stream()
                .map(missed -> missed.words(times))
                .toList();
    }

    private String words(LocalTimes times) {
        String what = records == 0
                ? "Kafka records"
                : "Up to " + grouped(records) + (records == 1 ? " Kafka record" : " Kafka records");
        String when = since == null
                ? "before " + times.at(accepted)
                : "between " + times.at(since) + " and " + times.at(accepted);
        return what + ", published " + when + (records == 1 ? ", was" : ", were") + " never read"
                + " (" + plural(partitions, "partition")
                + " of " + topics + "): " + why() + ". Their lines are missing, as --accept-gap allowed: see"
                + " the view gaps.";
    }

    private String why() {
        return switch (reason) {
            case "expired" -> "they were deleted at the end of their topic's retention before they were read";
            case "set_back" -> "Kafka lost records that had been read and wrote others in their place";
            case "other_topic" -> "their topics were deleted and created again";
            default -> "another Kafka cluster was read from then on";
        };
    }
}
