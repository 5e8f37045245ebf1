package io.risefall.query.report.section;

import io.risefall.query.report.fleet.Sighting;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.NearMisses;
import io.risefall.query.report.model.SectionKey;
import io.risefall.query.report.model.SeenBy;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.sql.SqlQuery;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Servers that lost lives and recovered before they went DOWN. */
final class NearMissSection implements Section<NearMisses>, SectionTable {
    private static final SqlQuery NEAR_MISSES = new SqlQuery("report/near_misses.sql");
    /** Nodes see the same by checks of their own. */
    private static final Duration NEAR = Duration.ofSeconds(10);

    @Override
    public SectionKey<NearMisses> key() {
        return NearMisses.SECTION;
    }

    /** Each server that has any, the most first. */
    @Override
    public List<NearMisses> read(FleetOfDay day) throws SQLException {
        Map<String, List<Fall>> servers = new LinkedHashMap<>();
        for (Fall fall : NEAR_MISSES.query(
                day.views(),
                NearMissSection::fall,
                day.period().from(),
                day.period().to())) {
            if (day.request().includes(fall.node)) {
                servers.computeIfAbsent(fall.proxy + "/" + fall.server, any -> new ArrayList<>())
                        .add(fall);
            }
        }
        return servers.values().stream()
                .map(NearMissSection::server)
                .sorted(Comparator.comparing((NearMisses server) -> -server.nearMisses())
                        .thenComparing(NearMisses::name))
                .toList();
    }

    private static Fall fall(SqlQuery.Row row) throws SQLException {
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
        List<List<Fall>> together = Sighting.group(falls, fall -> new Sighting(fall.node, fall.at, fall.until), NEAR);
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

    @Override
    public ReportTable table(DayReport report, DayText text) {
        return new ReportTable(
                "Near misses: failed checks that did not end in DOWN",
                List.of(
                        new ReportTable.Column("server", false, 30),
                        new ReportTable.Column("count", true, 9),
                        new ReportTable.Column("then DOWN within 1 h", true, 12),
                        new ReportTable.Column("fewest failures left", true, 12),
                        new ReportTable.Column("latest", false, 19),
                        new ReportTable.Column("reason", false, 8)),
                report.rows(NearMisses.SECTION).stream()
                        .map(server -> List.of(
                                text.server(server.seenBy().nodes(), server.name()),
                                String.valueOf(server.nearMisses()),
                                String.valueOf(server.becameOutages()),
                                server.lowest() + " of " + server.threshold(),
                                text.times().at(server.lastAt()),
                                server.reason()))
                        .toList(),
                "");
    }
}
