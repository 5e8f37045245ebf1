package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.text.Counts;
import io.risefall.schemas.message.Health;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server of the fleet, or in {@code byNode} as one node sees it.
 *
 * @param node the node that knows it; null where several do
 * @param state at the end of the period: down if one node says so
 * @param downBy who sees it down then, of those that have it in service; null in another state
 * @param outages that touch the period
 * @param recoveries how many of them ended with an UP in the period
 * @param longestMs whole length of the longest of them, so far
 * @param longestInDayMs the longest time that one of them takes of the day
 * @param explain what {@code risefall explain} is asked, in the zone of the report, for its numbers; null where several
 *     nodes know it: then each of {@code byNode} has one
 * @param role whether it is of a role backend
 * @param byNode as each node sees it, where several know it
 */
@JsonPropertyOrder({"node", "proxy", "server", "backup", "state", "since", "time"})
public record ServerDay(
        @Nullable String node,
        String proxy,
        String server,
        boolean backup,
        Health state,
        @Nullable Instant since,
        @Nullable SeenBy downBy,
        StateDurations time,
        int outages,
        int recoveries,
        long flappingMs,
        @Nullable Long longestMs,
        @Nullable Long longestInDayMs,
        @Nullable Long mttrMs,
        @Nullable String lastReason,
        List<StateSpan> states,
        @Nullable String explain,
        boolean role,
        List<ServerDay> byNode) {
    public static final SectionKey<ServerDay> SECTION = new SectionKey<>("servers");

    public static final Comparator<ServerDay> WORST_FIRST = Comparator.comparing(
                    (ServerDay s) -> -s.time().downMs())
            .thenComparing(s -> s.time().downForSomeMs())
            .thenComparing(s -> -s.outages())
            .thenComparing(s -> -s.time().maintMs() - s.time().drainMs())
            .thenComparing(ServerDay::proxy)
            .thenComparing(ServerDay::server);

    /** So many servers are named in a sentence. */
    private static final int NAMED = 3;

    public ServerDay {
        states = List.copyOf(states);
        byNode = List.copyOf(byNode);
    }

    /** The nodes that know it. */
    @JsonProperty("nodes")
    public List<String> nodes() {
        return node != null
                ? List.of(node)
                : byNode.stream().map(ServerDay::nodes).flatMap(List::stream).toList();
    }

    /** The same as recoveries: its name in the view {@code server_day}. */
    @JsonProperty("flaps")
    public int flaps() {
        return recoveries;
    }

    /** {@code proxy/server}. */
    @JsonIgnore
    public String name() {
        return proxy + "/" + server;
    }

    /** {@code web/a, web/b, web/c and 2 more}. */
    public static String names(List<ServerDay> servers) {
        String some = String.join(
                ", ", servers.stream().limit(NAMED).map(ServerDay::name).toList());
        return servers.size() <= NAMED
                ? some
                : some + " and " + Counts.grouped((long) servers.size() - NAMED) + " more";
    }

    /** Whether it was up all the time, or at least never seen otherwise. */
    @JsonIgnore
    public boolean isQuiet() {
        return !isTroubled() && time.maintMs() == 0 && time.drainMs() == 0;
    }

    /** Whether it had an outage. */
    @JsonIgnore
    public boolean isTroubled() {
        return outages > 0 || time.downMs() > 0;
    }
}
