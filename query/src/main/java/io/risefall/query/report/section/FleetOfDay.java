package io.risefall.query.report.section;

import io.risefall.query.report.fleet.FleetOutages;
import io.risefall.query.report.fleet.FleetServers;
import io.risefall.query.report.fleet.NodeServer;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.RoleDay;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.StateSpan;
import io.risefall.query.sql.SqlQuery;
import io.risefall.schemas.message.Health;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A day of the fleet, or several, read from the views: its servers and their outages, which all sections build on. */
public final class FleetOfDay {
    private static final SqlQuery KNOWN = new SqlQuery("report/known.sql");
    private static final SqlQuery FIRST_OUTAGE = new SqlQuery("report/first_outage.sql");
    private static final SqlQuery OUTAGES = new SqlQuery("report/outages.sql");
    private static final SqlQuery OUTAGES_WITHOUT_CAUSES = new SqlQuery("report/outages_without_causes.sql");

    private final Connection views;
    private final DayRequest request;
    private final Period period;
    private final Map<String, Instant> knownUntil;
    private final RoleReader roles;
    private final List<NodeServers.KnownServer> knownServers;

    private final List<NodeState> states;
    private final Map<String, List<NodeServer>> nodeServers;
    /** The nodes that know each backend. */
    private final Map<String, Set<String>> nodesOf;

    private final List<DayOutage> outages;
    private final List<ServerDay> servers;
    private final List<RoleDay> roleDays;

    private FleetOfDay(
            Connection views,
            DayRequest request,
            Period period,
            Map<String, Instant> knownUntil,
            RoleReader roles,
            List<NodeServers.KnownServer> knownServers,
            boolean withCauses)
            throws SQLException {
        this.views = views;
        this.request = request;
        this.period = period;
        this.knownUntil = knownUntil;
        this.roles = roles;
        this.knownServers = knownServers;
        OutageReader outageRow = new OutageReader(period, roles);
        NodeServers ofNodes = new NodeServers(views, period, knownUntil, roles);
        states = ofNodes(ofNodes.states(), state -> state.key().node());
        List<FleetOutages.NodeOutage> seen = ofNodes(
                withCauses
                        ? OUTAGES.query(views, outageRow::ofDay, period.from(), period.to(), firstOutage(), null)
                        : OUTAGES_WITHOUT_CAUSES.query(views, outageRow::around, period.from(), period.to()),
                one -> one.outage().node());
        nodeServers = ofNodes.byServer(knownServers, states, seen);
        nodesOf = nodeServers.values().stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(
                        one -> one.server().proxy(), Collectors.mapping(NodeServer::node, Collectors.toSet())));
        Map<String, List<DayOutage>> outagesOf =
                new FleetOutageReader(views, period, nodeServers, outageRow::around).of(seen);
        outages = outagesOf.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(DayOutage::startedAt).thenComparing(DayOutage::name))
                .toList();
        FleetServers fleet = new FleetServers(period, outagesOf);
        servers = nodeServers.values().stream()
                .map(fleet::of)
                .sorted(ServerDay.WORST_FIRST)
                .toList();
        roleDays = roles.days(period, knownUntil, outages);
    }

    private Instant firstOutage() throws SQLException {
        return FIRST_OUTAGE
                .query(views, row -> row.at("first_us"), period.from(), period.to())
                .get(0);
    }

    /**
     * Reads one day.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @param request which day of what
     * @param now what is after it has not happened yet
     * @throws io.risefall.query.sql.QueryException when no line is of the requested node
     */
    public static FleetOfDay read(Connection views, DayRequest request, Instant now) throws SQLException {
        return read(views, request, request.day(), now, true);
    }

    /**
     * Reads the days from that of the request to the last. The outages have no likely causes.
     *
     * @throws io.risefall.query.sql.QueryException when no line is of the requested node
     */
    public static FleetOfDay read(Connection views, DayRequest request, LocalDate last, Instant now)
            throws SQLException {
        return read(views, request, last, now, false);
    }

    private static FleetOfDay read(
            Connection views, DayRequest request, LocalDate last, Instant now, boolean withCauses) throws SQLException {
        Map<String, Instant> known = new HashMap<>();
        KNOWN.query(views, row -> known.put(row.text("node"), row.at("until_us")));
        request.check(known.keySet());
        known.keySet().removeIf(node -> !request.includes(node));
        Period period = Period.of(request.day(), last, request.zone(), now, known.values());
        return new FleetOfDay(
                views,
                request,
                period,
                known,
                RoleReader.read(views, period, request),
                NodeServers.known(views),
                withCauses);
    }

    /**
     * Reads other days of the same fleet, as in the transaction of these: what does not hang on the days is not asked again. The outages
     * have no likely causes.
     *
     * @param other the first of them; of the same nodes and role backends
     */
    public FleetOfDay during(DayRequest other, LocalDate last, Instant now) throws SQLException {
        Period days = Period.of(other.day(), last, other.zone(), now, knownUntil.values());
        return new FleetOfDay(views, other, days, knownUntil, roles.during(views, days, other), knownServers, false);
    }

    public Connection views() {
        return views;
    }

    public DayRequest request() {
        return request;
    }

    public Period period() {
        return period;
    }

    /** Until when the log of each node tells. */
    public Map<String, Instant> knownUntil() {
        return knownUntil;
    }

    /** Until when the log of one node tells. */
    Instant knownUntil(String node) {
        return knownUntil.getOrDefault(node, Instant.MIN);
    }

    RoleReader roles() {
        return roles;
    }

    /** The states of servers as nodes know them. */
    List<NodeState> states() {
        return states;
    }

    /** Each server, worst first. */
    public List<ServerDay> servers() {
        return servers;
    }

    /** The outages that touch the day, in order of time. */
    public List<DayOutage> outages() {
        return outages;
    }

    public List<RoleDay> roleDays() {
        return roleDays;
    }

    /** What counts: servers outside of role backends, and each of those as one. */
    public List<ServerDay> services() {
        return DayReport.services(servers, roleDays);
    }

    /** The outages that count: those outside of role backends. */
    public List<DayOutage> counted() {
        return outages.stream().filter(outage -> !outage.role()).toList();
    }

    /** How many nodes know any server. */
    public int nodes() {
        return (int) nodesOf.values().stream().flatMap(Set::stream).distinct().count();
    }

    /** How many nodes know a server, by {@code proxy/server}. */
    int nodesOfServer(String server) {
        return nodeServers.getOrDefault(server, List.of()).size();
    }

    /** How many nodes know a backend; at least one. */
    int nodesOfBackend(String proxy) {
        return Math.max(1, nodesOf.getOrDefault(proxy, Set.of()).size());
    }

    /** The first instant of which the log tells any state; null where there is none. */
    public @Nullable Instant coveredFrom() {
        return known().map(StateSpan::from).min(Comparator.naturalOrder()).orElse(null);
    }

    /** The last. */
    public @Nullable Instant coveredTo() {
        return known().map(StateSpan::to).max(Comparator.naturalOrder()).orElse(null);
    }

    private Stream<StateSpan> known() {
        return states.stream().map(NodeState::span).filter(span -> span.state() != Health.UNKNOWN);
    }

    /** Of all rows those of the nodes that are wished. */
    <T> List<T> ofNodes(List<T> rows, Function<T, @Nullable String> node) {
        return rows.stream().filter(row -> request.includes(node.apply(row))).toList();
    }

    /** What {@code risefall explain} is asked for a server's day. */
    String explain(ServerKey key) {
        return explain(period, key);
    }

    static String explain(Period period, ServerKey key) {
        return period.day() + " " + key.node() + " " + key.proxy() + "/" + key.server();
    }
}
