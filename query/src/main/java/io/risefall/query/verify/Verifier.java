package io.risefall.query.verify;

import io.risefall.query.reading.ReadingState;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.subject.KnownServers;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.time.Durations;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what {@link Verification} judges. */
public final class Verifier {
    private static final SqlQuery SERVERS = new SqlQuery("verify/servers.sql");
    private static final SqlQuery NODES = new SqlQuery("verify/nodes.sql");

    private Verifier() {}

    /**
     * Whether the servers are well.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @param reading how the service reads the topics; null: no service runs
     * @param window how long nothing may have failed
     */
    public static PluginResult verify(
            Connection views, @Nullable ReadingState reading, ServerTarget target, Duration window, Instant now)
            throws SQLException {
        if (reading == null) {
            return PluginResult.unknown("no Risefall service runs on this data directory, so nothing new is read;"
                    + " start one with risefall run");
        }
        if (reading.awaySince() != null) {
            return PluginResult.unknown("Kafka has been away for "
                    + Durations.text(Duration.between(reading.awaySince(), now).toMillis())
                    + ", so nothing new is read");
        }
        Instant from = now.minus(window);
        List<VerifiedServer> servers =
                SERVERS.query(views, Verifier::server, target.proxy(), target.server(), target.node(), from);
        Set<String> nodesOfServers =
                servers.stream().map(VerifiedServer::node).collect(Collectors.toCollection(LinkedHashSet::new));
        List<VerifiedNode> nodes = NODES.query(views, Verifier::node, from);
        if (servers.isEmpty()) {
            return PluginResult.unknown(KnownServers.of(views).unknown(target));
        }
        return new Verification(
                        target.toString(),
                        servers,
                        nodes.stream()
                                .filter(node -> nodesOfServers.contains(node.node()))
                                .toList(),
                        window,
                        now)
                .result();
    }

    private static VerifiedServer server(SqlQuery.Row row) throws SQLException {
        return new VerifiedServer(
                row.text("node"),
                row.text("name"),
                row.text("state"),
                row.atOrNull("since_us"),
                row.flag("certain"),
                row.flag("standby"),
                row.textOrNull("reason"),
                row.count("outages"),
                row.atOrNull("last_end_us"),
                row.count("failed"),
                row.atOrNull("last_failed_us"));
    }

    private static VerifiedNode node(SqlQuery.Row row) throws SQLException {
        return new VerifiedNode(row.text("node"), row.atOrNull("last_us"), row.number("behind"), row.number("away_ms"));
    }
}
