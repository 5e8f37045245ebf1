package io.risefall.query.subject;

import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The servers that are in the log.
 *
 * @param all one for each server and node
 */
public record KnownServers(List<KnownServer> all) {
    private static final SqlQuery KNOWN = new SqlQuery("subject/known.sql");

    public KnownServers {
        all = List.copyOf(all);
    }

    /** @param views a connection that sees the warehouse's views; only read */
    public static KnownServers of(Connection views) throws SQLException {
        return new KnownServers(KNOWN.query(views, KnownServer::of));
    }

    /**
     * Those that are meant.
     *
     * @throws QueryException where none is
     */
    public List<KnownServer> meant(ServerTarget target) {
        List<KnownServer> meant = all.stream()
                .filter(server -> target.includes(server.node(), server.name()))
                .toList();
        if (meant.isEmpty()) {
            throw new QueryException(unknown(target));
        }
        return meant;
    }

    /** What to say where none is meant. */
    public String unknown(ServerTarget target) {
        return target.unknown(
                all.stream().map(KnownServer::name).distinct().toList(),
                all.stream().map(KnownServer::node).distinct().toList());
    }
}
