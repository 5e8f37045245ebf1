package io.risefall.query.report.caveat;

import static io.risefall.query.text.Counts.plural;

import io.risefall.query.report.model.Period;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Days of which a report cannot tell all, because rows that had left the warehouse are gone: where there are none, there may have been some. */
final class DeletedHistory {
    private static final SqlQuery DAYS = new SqlQuery("report/left_days.sql");

    private DeletedHistory() {}

    /** Sentences about those that touch the period. */
    static List<String> words(Connection views, Period period) throws SQLException {
        return DAYS.query(
                views,
                row -> "Of " + plural(row.number("days"), "day") + " (" + row.text("range") + " UTC) the "
                        + row.text("tables")
                        + (row.text("state").equals("deleted")
                                ? " were deleted for their age (risefall retention)"
                                : " cannot be read: their files are missing or damaged, see /readyz")
                        + ": what happened then is unknown, and not nothing.",
                period.from(),
                period.to());
    }
}
