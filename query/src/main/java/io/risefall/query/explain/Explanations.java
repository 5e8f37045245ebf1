package io.risefall.query.explain;

import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.target.Asked;
import io.risefall.query.sql.QueryException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;

/**
 * Traces a number back to lines. All questions of one explanation are asked in one transaction, so that they see the same
 * rows and the same now.
 */
public final class Explanations {
    private Explanations() {}

    /**
     * @param views a connection that sees the warehouse's views; only read
     * @throws QueryException when there is no such number
     */
    public static Explanation of(Connection views, Asked asked, ZoneId zone) throws SQLException {
        try (Statement transaction = views.createStatement()) {
            transaction.execute("begin transaction read only");
            try {
                return explain(views, asked, zone);
            } finally {
                transaction.execute("rollback");
            }
        }
    }

    private static Explanation explain(Connection views, Asked asked, ZoneId zone) throws SQLException {
        if (asked instanceof Asked.Id id) {
            return new ExplainedId(views, zone).explain(id);
        }
        if (asked instanceof Asked.Day day) {
            return new ExplainedDay(views, zone).explain(day);
        }
        return new ExplainedReasons(views, zone).explain((Asked.Reasons) asked);
    }
}
