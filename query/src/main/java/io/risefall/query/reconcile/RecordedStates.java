package io.risefall.query.reconcile;

import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ReadTransaction;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.text.Nearest;
import io.risefall.query.text.Printable;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.Health;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What Risefall knows of a node's servers since a process began.
 *
 * @param node the HAProxy host
 * @param begunAt when the process began, as asked, or seconds earlier where its first line shows that; else its first line
 * @param knownFrom the first line of the node; null: there is none of a known process
 * @param knownUntil until when its log is known
 * @param servers in the order of their names
 * @param logged the backends of which a line has told; null, from an earlier version: not known
 */
public record RecordedStates(
        String node,
        Instant begunAt,
        @Nullable Instant knownFrom,
        Instant knownUntil,
        List<RecordedServer> servers,
        @Nullable Set<String> logged) {
    private static final SqlQuery LOGGED = new SqlQuery("reconcile/logged.sql");
    private static final SqlQuery NODES = new SqlQuery("reconcile/nodes.sql");
    private static final Duration AGE_TOLERANCE = Duration.ofSeconds(2);
    private static final SqlQuery SERVERS = new SqlQuery("reconcile/servers.sql");

    /**
     * Reads it.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @param node null: the one that logged as {@code pid}, or the only one
     * @param pid the process; null: the latest
     * @param begunAt when it began; null: at its first line
     * @throws QueryException where no node, or no single one, is meant
     */
    public static RecordedStates read(
            Connection views, @Nullable String node, @Nullable Long pid, @Nullable Instant begunAt)
            throws SQLException {
        try (ReadTransaction transaction = ReadTransaction.begin(views)) {
            KnownNode meant = meant(NODES.query(views, KnownNode::of, pid), node, pid);
            Instant from = begunAt == null ? meant.process() : meant.notAfterItsFirstLine(begunAt);
            return new RecordedStates(
                    meant.node(),
                    from,
                    meant.first(),
                    meant.until(),
                    servers(views, meant.node(), from),
                    new TreeSet<>(LOGGED.query(views, row -> row.text("proxy"), meant.node())));
        }
    }

    /** Whether a state of the server is known now. */
    public boolean isKnown(ServerName name) {
        return servers.stream()
                .anyMatch(server ->
                        server.name().equals(name.toString()) && !server.state().equals(Health.UNKNOWN.word()));
    }

    /** Whether a line has told of the backend; where none has, it may have no log. */
    boolean isLogged(String proxy) {
        return logged == null || logged.contains(proxy);
    }

    private static KnownNode meant(List<KnownNode> nodes, @Nullable String node, @Nullable Long pid) {
        List<String> names = nodes.stream().map(KnownNode::node).toList();
        if (node != null) {
            return nodes.stream()
                    .filter(one -> one.node().equals(node))
                    .findFirst()
                    .orElseThrow(() -> new QueryException(
                            "no line is from a node " + Printable.of(node) + Nearest.hint(node, names)));
        }
        List<KnownNode> logging = nodes.stream().filter(KnownNode::hasPid).toList();
        List<KnownNode> candidates = logging.isEmpty() ? nodes : logging;
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        if (nodes.isEmpty()) {
            throw new QueryException("no line of HAProxy has been read yet");
        }
        throw new QueryException("which node is this HAProxy? "
                + (logging.isEmpty()
                        ? pid == null ? "There are several" : "None of them logged as process " + pid
                        : "Several logged as process " + pid)
                + "; give --node, one of "
                + candidates.stream().map(one -> Printable.of(one.node())).collect(Collectors.joining(", ")));
    }

    private static List<RecordedServer> servers(Connection views, String node, Instant begunAt) throws SQLException {
        Map<String, List<StateRow>> byServer = SERVERS.query(views, StateRow::of, node, begunAt).stream()
                .collect(Collectors.groupingBy(StateRow::name, LinkedHashMap::new, Collectors.toList()));
        return byServer.values().stream().map(StateRow::server).toList();
    }

    private record KnownNode(
            String node,
            @Nullable Instant first,
            Instant until,
            boolean hasPid,
            @Nullable Instant processOrNull) {
        static KnownNode of(SqlQuery.Row row) throws SQLException {
            return new KnownNode(
                    row.text("node"),
                    row.atOrNull("first_us"),
                    row.at("until_us"),
                    row.flag("has_pid"),
                    row.atOrNull("process_us"));
        }

        /** HAProxy tells its age in whole seconds of its own clock: a line of the process can be from before what follows from it. */
        Instant notAfterItsFirstLine(Instant begunAt) {
            Instant first = process();
            boolean itsLine = hasPid && !first.isBefore(begunAt.minus(AGE_TOLERANCE));
            return itsLine && first.isBefore(begunAt) ? first : begunAt;
        }

        Instant process() {
            return processOrNull == null ? Instant.EPOCH : processOrNull;
        }
    }

    private record StateRow(
            String proxy, String server, @Nullable Instant saidDown, RecordedServer.Stretch stretch) {
        static StateRow of(SqlQuery.Row row) throws SQLException {
            return new StateRow(
                    row.text("proxy"),
                    row.text("server"),
                    row.atOrNull("down_us"),
                    new RecordedServer.Stretch(
                            row.text("state"), row.text("cause"), row.at("from_us"), row.atOrNull("to_us")));
        }

        String name() {
            return proxy + "/" + server;
        }

        static RecordedServer server(List<StateRow> rows) {
            StateRow first = rows.get(0);
            return new RecordedServer(
                    first.proxy,
                    first.server,
                    first.saidDown,
                    rows.stream().map(StateRow::stretch).toList());
        }
    }
}
