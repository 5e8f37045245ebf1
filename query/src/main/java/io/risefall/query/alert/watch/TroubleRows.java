package io.risefall.query.alert.watch;

import io.risefall.query.alert.engine.Trouble;
import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;

/** Rows of {@code alert/lasting.sql} and {@code alert/recorded.sql}. */
public final class TroubleRows {
    private TroubleRows() {}

    public static Trouble of(SqlQuery.Row row, boolean role) throws SQLException {
        return new Trouble(
                Trouble.Kind.valueOf(row.text("kind")),
                row.text("id"),
                row.text("node"),
                row.text("proxy"),
                row.text("server"),
                row.at("from_us"),
                row.at("since_us"),
                row.textOrNull("reason"),
                row.textOrNull("words"),
                role,
                row.number("near_ms"));
    }
}
