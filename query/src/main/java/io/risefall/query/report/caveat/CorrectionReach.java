package io.risefall.query.report.caveat;

import static io.risefall.query.text.Counts.plural;

import io.risefall.query.report.model.DayRequest;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.Durations;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far back late lines still correct what the report says, and how many came later.
 *
 * @param reach the least of all nodes; null while no node has health lines
 * @param tooLate health lines that came later
 */
public record CorrectionReach(@Nullable Duration reach, long tooLate) {
    private static final SqlQuery CORRECTIONS = new SqlQuery("report/corrections.sql");

    static CorrectionReach read(Connection views, DayRequest request) throws SQLException {
        return CORRECTIONS
                .query(views, CorrectionReach::corrections, request.node())
                .get(0);
    }

    private static CorrectionReach corrections(SqlQuery.Row row) throws SQLException {
        Long reach = row.numberOrNull("reach_ms");
        return new CorrectionReach(reach == null ? null : Duration.ofMillis(reach), row.number("too_late"));
    }

    List<String> words() {
        List<String> words = new ArrayList<>();
        if (reach != null) {
            words.add("Late lines correct this report for up to " + Durations.text(reach.toMillis())
                    + "; after that it no longer changes.");
        }
        if (tooLate > 0) {
            words.add(plural(tooLate, "health line")
                    + " came too late for corrections (over all days): see the view events. States and outages"
                    + " do not include what came too late.");
        }
        return words;
    }
}
