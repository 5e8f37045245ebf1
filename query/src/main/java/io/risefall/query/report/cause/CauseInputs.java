package io.risefall.query.report.cause;

import io.risefall.query.sql.SqlQuery;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckStatus;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the warehouse knows about one outage that helps to name its cause.
 *
 * @param server the server
 * @param reason the check that decided it; null where no line says
 * @param code its code; null where there is none
 * @param info what the server, agent or system said; null where the line has none
 * @param via the server that it tracks, as {@code proxy/server}; null where it tracks none
 * @param agent whether the agent decided
 * @param changedFrom who changed it by hand, as HAProxy says ({@code CLI}); null for a check
 * @param wasUp whether this node ever saw it up before
 * @param backendServers servers of its backend, itself included
 * @param backendAlike how many of them were down for the same reason at that time, itself included
 * @param backendNeverUp how many of them this node never saw up, before or after
 * @param nodes how many nodes told of this server at that time: those that had it down, and those that saw it up for certain
 * @param nodesDown how many of them had it down at that time
 * @param failedCheckMs how long the check that failed took; null where no line says
 * @param slowestPassMs the slowest check that passed in the quarter of an hour before; null where no line says
 * @param address its address as last logged; null where the log never said, which is usual
 * @param socket HAProxy's stats socket, as {@code --haproxy} names it; null where its ring is not followed
 */
public record CauseInputs(
        ServerName server,
        @Nullable CheckStatus reason,
        @Nullable Integer code,
        @Nullable String info,
        @Nullable String via,
        boolean agent,
        @Nullable String changedFrom,
        boolean wasUp,
        int backendServers,
        int backendAlike,
        int backendNeverUp,
        int nodes,
        int nodesDown,
        @Nullable Long failedCheckMs,
        @Nullable Long slowestPassMs,
        @Nullable String address,
        @Nullable String socket) {

    /** A row of {@code report/outages.sql}. */
    public static CauseInputs of(SqlQuery.Row row) throws SQLException {
        String reason = row.textOrNull("reason");
        return new CauseInputs(
                new ServerName(row.text("proxy"), row.text("server")),
                Arrays.stream(CheckStatus.values())
                        .filter(status -> status.name().equals(reason))
                        .findFirst()
                        .orElse(null),
                row.intOrNull("code"),
                row.textOrNull("info"),
                row.textOrNull("via"),
                row.flag("agent"),
                Causes.changedFrom(row.textOrNull("reason_text")),
                row.flag("was_up"),
                row.count("backend_servers"),
                row.count("backend_alike"),
                row.count("backend_never_up"),
                row.count("nodes"),
                row.count("nodes_down"),
                row.numberOrNull("failed_ms"),
                row.numberOrNull("slowest_pass_ms"),
                row.textOrNull("address"),
                row.textOrNull("socket"));
    }

    boolean infoSays(String words) {
        return info != null && info.toLowerCase(Locale.ROOT).contains(words);
    }

    boolean isSeenDownBySomeNodesOnly() {
        return nodes > 1 && nodesDown < nodes;
    }

    boolean isWholeBackendNeverUp() {
        return backendServers > 1 && backendAlike >= backendServers && backendNeverUp >= backendServers;
    }
}
