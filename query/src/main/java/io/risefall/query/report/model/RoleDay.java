package io.risefall.query.report.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.schemas.message.Health;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The day of a role backend: one in which exactly one server, the leader, is up by design. Servers of it that are DOWN are
 * standbys and no outages; what counts is the time with a leader.
 *
 * @param node the node that knows it; null where several do
 * @param nodes the nodes that know it
 * @param how {@code set} by a pattern, or {@code learnt} from history
 * @param leader who led at the end of the period; null where none did, more than one, or not named in the log
 * @param since since when; null without one
 * @param leadership at the end of the period: {@code led}, {@code several} where more than one was up, {@code unseen} where
 *     one was that no line names, {@code leaderless}, or {@code unknown}
 * @param time with a leader (up), without (down) and not known
 * @param severalMs time in which more than one was up; counts as with a leader
 * @param failovers changes of the leader in the period
 * @param leaderless stretches without a leader that touch the period
 * @param standbys servers that were DOWN at the end of the period
 * @param spans the period, cut into times with, without and not known
 */
@JsonPropertyOrder({"node", "proxy", "how", "assumed", "leader", "since", "leadership", "time", "several_ms"})
public record RoleDay(
        @Nullable String node,
        List<String> nodes,
        String proxy,
        String how,
        @Nullable String leader,
        @Nullable Instant since,
        String leadership,
        StateDurations time,
        long severalMs,
        List<Failover> failovers,
        List<Leaderless> leaderless,
        List<Standby> standbys,
        @JsonIgnore List<StateSpan> spans) {
    public static final SectionKey<RoleDay> SECTION = new SectionKey<>("roles");

    /** What stands for the server where a role backend stands among servers: no server of HAProxy can be called so. */
    static final String LEADER = "(leader)";

    public RoleDay {
        nodes = List.copyOf(nodes);
        failovers = List.copyOf(failovers);
        leaderless = List.copyOf(leaderless);
        standbys = List.copyOf(standbys);
        spans = List.copyOf(spans);
    }

    /** Whether nobody has said that it is one. */
    @JsonProperty("assumed")
    public boolean isAssumed() {
        return how.equals("learnt");
    }

    /** Time without a leader inside the period. */
    @JsonProperty("leaderless_ms")
    public long leaderlessMs() {
        return time.downMs();
    }

    /** Up with a leader, down without. */
    public static Health state(String leadership) {
        return switch (leadership) {
            case "leaderless" -> Health.DOWN;
            case "unknown" -> Health.UNKNOWN;
            default -> Health.UP;
        };
    }

    /** As one server, which is up while there is a leader. */
    public ServerDay asServer() {
        return new ServerDay(
                node,
                proxy,
                LEADER,
                false,
                state(leadership),
                state(leadership) == Health.DOWN && !leaderless.isEmpty()
                        ? leaderless.get(leaderless.size() - 1).from()
                        : since,
                null,
                time,
                leaderless.size(),
                0,
                0,
                leaderless.stream()
                        .map(Leaderless::durationMs)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                leaderless.stream()
                        .map(Leaderless::inDayMs)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                null,
                null,
                spans,
                null, // it counts in sums only, and has no row of the views
                true,
                List.of());
    }

    /** Another server took over. */
    public record Failover(Instant at, String fromServer, String toServer, long leaderlessMs) {}

    /** A stretch without leader; {@code inDayMs} is its length inside the period. */
    public record Leaderless(Instant from, @Nullable Instant to, long durationMs, long inDayMs) {}

    /** A server that is DOWN, and what HAProxy found when it marked it. */
    public record Standby(
            String server,
            Instant downSince,
            @Nullable String reason,
            @Nullable Integer code) {}
}
