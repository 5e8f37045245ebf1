package io.risefall.query.change;

import io.risefall.query.answer.AnswerPage;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ReadTransaction;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.subject.KnownServer;
import io.risefall.query.subject.KnownServers;
import io.risefall.query.subject.ServerTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads from the warehouse's views what was done. */
public final class Changes {
    private static final SqlQuery CHANGES = new SqlQuery("change/changes.sql");

    private static final SqlQuery BEFORE = new SqlQuery("change/before.sql");

    /** What was done so long before an outage is told beside it. */
    public static final Duration SHORTLY = Duration.ofMinutes(10);

    private Changes() {}

    /**
     * The answer to what was done.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @throws QueryException where the log does not know the servers
     */
    public static AnswerPage of(Connection views, ChangesRequest request) throws SQLException {
        try (ReadTransaction transaction = ReadTransaction.begin(views)) {
            ServerTarget target = request.target();
            boolean all = target.equals(ServerTarget.ALL);
            KnownServers known = KnownServers.of(views);
            // Notes need no line.
            List<KnownServer> meant = all ? known.all() : known.meant(target);
            List<String> nodes = all
                    ? null
                    : meant.stream().map(KnownServer::node).distinct().toList();
            List<Change> changes = between(views, request.since().at(), request.now(), target, nodes);
            Instant until = meant.stream()
                    .map(KnownServer::until)
                    .max(Comparator.naturalOrder())
                    .orElse(null);
            return new ChangesPage(request, changes, until).page();
        }
    }

    /**
     * What was done {@link #SHORTLY} before any of some moments; the latest first.
     *
     * @param views a connection that sees the warehouse's views; only read
     */
    public static List<Change> before(Connection views, List<Instant> moments) throws SQLException {
        if (moments.isEmpty()) {
            return List.of();
        }
        Instant first = Collections.min(moments);
        return BEFORE.query(
                views,
                Change::of,
                first.minus(SHORTLY),
                Collections.max(moments),
                TimeUnit.MICROSECONDS.convert(SHORTLY),
                moments);
    }

    /**
     * What was done in a period; the latest first.
     *
     * @param views a connection that sees the warehouse's views; only read
     */
    public static List<Change> between(Connection views, Instant from, Instant to, ServerTarget target)
            throws SQLException {
        String node = target.node();
        return between(views, from, to, target, node == null ? null : List.of(node));
    }

    /** The latest first; of {@code nodes}, null: of all, and of no node. */
    private static List<Change> between(
            Connection views, Instant from, Instant to, ServerTarget target, @Nullable List<String> nodes)
            throws SQLException {
        return CHANGES.query(views, Change::of, from, to, target.proxy(), target.server(), nodes);
    }
}
