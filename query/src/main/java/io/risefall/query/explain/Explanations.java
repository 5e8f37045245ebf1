package io.risefall.query.explain;

import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ReadTransaction;
import java.sql.Connection;
import java.sql.SQLException;
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
        try (ReadTransaction transaction = ReadTransaction.begin(views)) {
            return within(views, asked, zone);
        }
    }

    /** As above, within the transaction of whoever asks. */
    public static Explanation within(Connection views, ExplainTarget asked, ZoneId zone) throws SQLException {
        if (asked instanceof ExplainTarget.Id id) {
            return new IdExplainer(views, zone).explain(id);
        }
        if (asked instanceof ExplainTarget.Day day) {
            return new DayExplainer(views, zone).explain(day);
        }
        return new ReasonExplainer(views, zone).explain((ExplainTarget.Reasons) asked);
    }
}
