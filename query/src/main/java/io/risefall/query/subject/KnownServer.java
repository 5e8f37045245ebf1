package io.risefall.query.subject;

import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Instant;

/**
 * What the log of a node tells of a server.
 *
 * @param node the HAProxy host
 * @param name {@code PROXY/SERVER}
 * @param from when its log begins to tell of the server
 * @param until until when the log of the node tells
 */
public record KnownServer(String node, String name, Instant from, Instant until) {
    static KnownServer of(SqlQuery.Row row) throws SQLException {
        return new KnownServer(row.text("node"), row.text("name"), row.at("from_us"), row.at("until_us"));
    }
}
