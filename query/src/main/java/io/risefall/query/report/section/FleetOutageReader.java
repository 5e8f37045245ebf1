package io.risefall.query.report.section;

import io.risefall.query.report.fleet.FleetOutages;
import io.risefall.query.report.fleet.FleetOutages.NodeOutage;
import io.risefall.query.report.fleet.NodeServer;
import io.risefall.query.report.fleet.Sighting;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.Period;
import io.risefall.query.sql.SqlQuery;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The outages of the fleet's servers, from those of nodes. Reads the further sightings of outages at the edges of the period,
 * so that an outage over midnight is the same one on both days, and how far apart nodes look. Costs what these few servers have.
 */
public final class FleetOutageReader {
    /** Nodes never begin to see the same further apart than this. */
    private static final Duration FURTHEST = Duration.ofMinutes(10);

    private static final Duration NEAREST = Duration.ofSeconds(10);
    /** The margin doubles each time, so that this reaches back for years. */
    private static final int MOST_STEPS = 24;

    private static final SqlQuery AROUND = new SqlQuery("report/outages_around.sql");
    private static final SqlQuery NEAR = new SqlQuery("report/near.sql");

    private final Connection views;
    private final Period period;
    private final Map<String, List<NodeServer>> nodes;
    private final Reader reader;

    /** Reads a row of {@code outages_around.sql}. */
    public interface Reader {
        NodeOutage read(SqlQuery.Row row) throws SQLException;
    }

    /** @param nodes the rows of each server of the fleet, one for each node */
    public FleetOutageReader(Connection views, Period period, Map<String, List<NodeServer>> nodes, Reader reader) {
        this.views = views;
        this.period = period;
        this.nodes = nodes;
        this.reader = reader;
    }

    /** By server; each one's in order of time. */
    public Map<String, List<DayOutage>> of(List<NodeOutage> seen) throws SQLException {
        Map<String, List<NodeOutage>> servers = byServer(seen);
        around(servers);
        Map<String, Duration> near = near(servers);
        Map<String, List<DayOutage>> outages = new HashMap<>();
        FleetOutages fleet = new FleetOutages(period);
        servers.forEach((server, own) -> outages.put(
                server,
                fleet.of(
                        own,
                        nodes.getOrDefault(server, List.of()),
                        near.getOrDefault(own.get(0).outage().proxy(), NEAREST))));
        return outages;
    }

    private static Map<String, List<NodeOutage>> byServer(List<NodeOutage> seen) {
        Map<String, List<NodeOutage>> servers = new LinkedHashMap<>();
        seen.forEach(one -> servers.computeIfAbsent(one.outage().name(), any -> new ArrayList<>())
                .add(one));
        return servers;
    }

    /** Adds what nodes saw around the period of outages that may reach over its edges. */
    private void around(Map<String, List<NodeOutage>> servers) throws SQLException {
        Instant from = period.from();
        Instant to = period.to();
        for (int step = 0; step < MOST_STEPS; step++) {
            List<Sighting> cut = new ArrayList<>();
            List<DayOutage> of = new ArrayList<>();
            for (Map.Entry<String, List<NodeOutage>> server : servers.entrySet()) {
                if (nodes.getOrDefault(server.getKey(), List.of()).size() > 1) {
                    List<Sighting> own = reaching(server.getValue(), from, to);
                    cut.addAll(own);
                    own.stream()
                            .limit(1)
                            .forEach(any -> of.add(server.getValue().get(0).outage()));
                }
            }
            if (cut.isEmpty()) {
                return;
            }
            Duration margin = FURTHEST.multipliedBy(2L << step);
            from = cut.stream()
                    .map(Sighting::from)
                    .reduce(from, FleetOutageReader::earlier)
                    .minus(margin);
            to = cut.stream()
                    .map(Sighting::until)
                    .reduce(to, FleetOutageReader::later)
                    .plus(margin);
            add(servers, of, from, to);
        }
    }

    /** What is of the period, and may be one outage with something that lies beyond what has been read. */
    private List<Sighting> reaching(List<NodeOutage> seen, Instant from, Instant to) {
        return Sighting.group(
                        seen,
                        one -> new Sighting(one.outage().id(), one.outage().startedAt(), one.until()),
                        FURTHEST)
                .stream()
                .map(FleetOutages::span)
                .filter(span ->
                        span.from().isBefore(period.to()) && !span.until().isBefore(period.from()))
                .filter(span -> span.from().isBefore(from.plus(FURTHEST))
                        || span.until().isAfter(to.minus(FURTHEST)))
                .toList();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void add(Map<String, List<NodeOutage>> servers, List<DayOutage> of, Instant from, Instant to)
            throws SQLException {
        List<NodeOutage> more = AROUND.query(
                views,
                reader::read,
                of.stream().map(DayOutage::proxy).toList(),
                of.stream().map(DayOutage::server).toList(),
                to,
                from);
        Set<String> known = new HashSet<>();
        servers.values()
                .forEach(own -> own.forEach(one -> known.add(one.outage().id())));
        for (NodeOutage one : more) {
            List<NodeOutage> own = servers.get(one.outage().name());
            if (own != null && known.add(one.outage().id())) {
                own.add(one);
            }
        }
    }

    /** Of the backends where it matters: something that does not overlap begins near. */
    private Map<String, Duration> near(Map<String, List<NodeOutage>> servers) throws SQLException {
        Set<String> proxies = new TreeSet<>();
        servers.forEach((server, own) -> {
            boolean severalSee = nodes.getOrDefault(server, List.of()).size() > 1;
            if (severalSee
                    && Sighting.group(own, NodeOutage::sighting, FURTHEST).size()
                            < Sighting.group(own, NodeOutage::sighting, NEAREST).size()) {
                proxies.add(own.get(0).outage().proxy());
            }
        });
        Map<String, Duration> near = new HashMap<>();
        if (!proxies.isEmpty()) {
            NEAR.query(
                    views,
                    row -> near.put(row.text("proxy"), Duration.ofMillis(row.number("near_ms"))),
                    List.copyOf(proxies));
        }
        return near;
    }
}
