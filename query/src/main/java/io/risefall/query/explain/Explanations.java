package io.risefall.query.explain;

import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.subject.ExplainTarget;
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
    public static Explanation of(Connection views, ExplainTarget asked, ZoneId zone) throws SQLException {
        try (Statement transaction = views.createStatement()) {
            transaction.execute("begin transaction read only");
            try {
                return explain(views, asked, zone);
            } finally {
                transaction.execute("rollback");
            }
        }
    }

    private static Explanation explain(Connection views, ExplainTarget asked, ZoneId zone) throws SQLException {
        if (asked instanceof ExplainTarget.Id id) {
            return new IdExplainer(views, zone).explain(id);
        }
        if (asked instanceof ExplainTarget.Day day) {
            return new DayExplainer(views, zone).explain(day);
        }
        return new ReasonExplainer(views, zone).explain((ExplainTarget.Reasons) asked);
    }
}
