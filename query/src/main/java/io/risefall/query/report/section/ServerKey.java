package io.risefall.query.report.section;

import io.risefall.query.report.model.DayOutage;
import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.util.Objects;

/** A server as one node knows it. */
record ServerKey(String node, String proxy, String server) {
    static ServerKey of(SqlQuery.Row row) throws SQLException {
        return new ServerKey(row.text("node"), row.text("proxy"), row.text("server"));
    }

    /** @param outage as one node saw it */
    static ServerKey of(DayOutage outage) {
        return new ServerKey(Objects.requireNonNull(outage.node()), outage.proxy(), outage.server());
    }
}
