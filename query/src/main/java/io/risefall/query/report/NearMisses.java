package io.risefall.query.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.report.fleet.SeenBy;
import io.risefall.query.report.fleet.Sighting;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often one server lost lives in the period and recovered before it went DOWN.
 *
 * @param node the node that saw them; null where several did
 * @param seenBy the nodes that saw any
 * @param nearMisses how often, what several nodes saw at a time once
 * @param becameOutages how many were followed by an outage within an hour
 * @param lowest the fewest lives that were left
 * @param threshold of how many, then
 * @param reason HAProxy's short code of the latest
 * @param lastAt when the latest began
 */
@JsonPropertyOrder({"node", "proxy", "server", "near_misses", "became_outages"})
public record NearMisses(
        @Nullable String node,
        String proxy,
        String server,
        SeenBy seenBy,
        int nearMisses,
        int becameOutages,
        int lowest,
        int threshold,
        String reason,
        Instant lastAt) {
    private static final Question NEAR_MISSES = new Question("near_misses.sql");
    /** Nodes see the same by checks of their own. */
    private static final Duration NEAR = Duration.ofSeconds(10);

    /** {@code proxy/server}. */
    @JsonIgnore
    public String name() {
        return proxy + "/" + server;
    }

    /** Each server that has any, the most first. */
    static List<NearMisses> read(Connection views, Period period, DayWish wish) throws SQLException {
        Map<String, List<Fall>> servers = new LinkedHashMap<>();
        for (Fall fall : NEAR_MISSES.ask(views, NearMisses::fall, period.from(), period.to())) {
            if (wish.has(fall.node)) {
                servers.computeIfAbsent(fall.proxy + "/" + fall.server, any -> new ArrayList<>())
                        .add(fall);
            }
        }
        return servers.values().stream()
                .map(NearMisses::server)
                .sorted(Comparator.comparing((NearMisses server) -> -server.nearMisses)
                        .thenComparing(NearMisses::name))
                .toList();
    }

    private static Fall fall(Question.Row row) throws SQLException {
        Instant at = row.at("at_us");
        return new Fall(
                row.text("node"),
                row.text("proxy"),
                row.text("server"),
                at,
                row.at("until_us"),
                row.flag("became_outage"),
                row.count("lowest"),
                row.count("threshold"),
                row.text("reason"));
    }

    private static NearMisses server(List<Fall> falls) {
        List<List<Fall>> together =
                Sighting.together(falls, fall -> new Sighting(fall.node, fall.at, fall.until), NEAR);
        Fall lowest = falls.stream().min(Comparator.comparing(Fall::lowest)).orElseThrow();
        Fall latest = falls.stream().max(Comparator.comparing(Fall::at)).orElseThrow();
        List<String> nodes = falls.stream().map(Fall::node).distinct().toList();
        return new NearMisses(
                nodes.size() == 1 ? nodes.get(0) : null,
                lowest.proxy,
                lowest.server,
                new SeenBy(nodes, nodes.size()),
                together.size(),
                (int) together.stream()
                        .filter(group -> group.stream().anyMatch(Fall::becameOutage))
                        .count(),
                lowest.lowest,
                lowest.threshold,
                latest.reason,
                latest.at);
    }

    /** One near miss on one node. */
    private record Fall(
            String node,
            String proxy,
            String server,
            Instant at,
            Instant until,
            boolean becameOutage,
            int lowest,
            int threshold,
            String reason) {}

    /** As a table of words, for text and Markdown. */
    static DayTables.Table table(DayReport report, DayWords words) {
        return new DayTables.Table(
                "Near misses: servers that lost lives and recovered",
                List.of(
                        new DayTables.Column("server", false, 30),
                        new DayTables.Column("how often", true, 9),
                        new DayTables.Column("then DOWN within 1 h", true, 12),
                        new DayTables.Column("fewest lives", true, 12),
                        new DayTables.Column("latest", false, 19),
                        new DayTables.Column("reason", false, 8)),
                report.nearMisses().stream()
                        .map(server -> List.of(
                                words.server(server.seenBy().nodes(), server.name()),
                                String.valueOf(server.nearMisses()),
                                String.valueOf(server.becameOutages()),
                                server.lowest() + " of " + server.threshold(),
                                words.times().at(server.lastAt()),
                                server.reason()))
                        .toList(),
                "");
    }
}
