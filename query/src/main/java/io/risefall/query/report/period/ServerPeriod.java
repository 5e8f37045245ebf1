package io.risefall.query.report.period;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.StateDurations;
import io.risefall.schemas.message.Health;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A server of the fleet in the period; a role backend is one server, its leader.
 *
 * @param nodes the nodes that know it
 * @param state at the end of the period
 * @param time how it spent the period; the five parts add up to it
 * @param outages that touch the period
 * @param begun how many of them began in it
 * @param recoveries how many of them ended with an UP in it
 * @param longestMs whole length of the longest of them, so far
 * @param longestInPeriodMs the longest time that one of them takes of the period
 * @param mttrMs mean whole length of those that ended with an UP
 * @param flappingMs time in which it was flapping, of the node with the most
 */
@JsonPropertyOrder({"proxy", "server", "backup", "role", "nodes", "state", "since", "time"})
public record ServerPeriod(
        String proxy,
        String server,
        boolean backup,
        boolean role,
        List<String> nodes,
        Health state,
        @Nullable Instant since,
        StateDurations time,
        int outages,
        int begun,
        int recoveries,
        @Nullable Long longestMs,
        @Nullable Long longestInPeriodMs,
        @Nullable Long mttrMs,
        long flappingMs) {
    private static final Comparator<ServerPeriod> MOST_FLAPS = Comparator.comparing(
                    (ServerPeriod server) -> -server.recoveries)
            .thenComparing(server -> -server.flappingMs)
            .thenComparing(ServerPeriod::name);

    /** One cycle is an outage, and not yet a flapping server. */
    private static final int FLAPS = 2;

    /** @param own its outages */
    static ServerPeriod of(ServerDay server, List<DayOutage> own, Period period) {
        return new ServerPeriod(
                server.proxy(),
                server.server(),
                server.backup(),
                server.role(),
                server.nodes(),
                server.state(),
                server.since(),
                server.time(),
                server.outages(),
                (int) own.stream()
                        .filter(outage -> !outage.startedAt().isBefore(period.from()))
                        .count(),
                server.recoveries(),
                server.longestMs(),
                server.longestInDayMs(),
                server.mttrMs(),
                server.flappingMs());
    }

    /** {@code proxy/server}. */
    @JsonIgnore
    public String name() {
        return proxy + "/" + server;
    }

    /** Whether it had an outage. */
    @JsonIgnore
    public boolean isTroubled() {
        return outages > 0 || time.downMs() > 0;
    }

    /** Those that went DOWN and came UP again and again, the worst first. */
    static List<ServerPeriod> flappers(List<ServerPeriod> servers) {
        return servers.stream()
                .filter(server -> server.recoveries >= FLAPS)
                .sorted(MOST_FLAPS)
                .toList();
    }
}
