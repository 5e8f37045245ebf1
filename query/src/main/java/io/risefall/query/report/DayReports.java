package io.risefall.query.report;

import io.risefall.query.report.cause.Cause;
import io.risefall.query.report.cause.Causes;
import io.risefall.query.report.cause.Diagnosis;
import io.risefall.query.report.cause.Facts;
import io.risefall.query.report.caveat.Absences;
import io.risefall.query.report.caveat.Caveats;
import io.risefall.query.report.caveat.CorrectionReach;
import io.risefall.query.report.caveat.LineCounts;
import io.risefall.query.report.caveat.Lost;
import io.risefall.query.report.caveat.MissedRecords;
import io.risefall.query.report.caveat.NotProcessed;
import io.risefall.query.report.caveat.RoleHint;
import io.risefall.query.report.caveat.SameHost;
import io.risefall.query.report.caveat.Silence;
import io.risefall.query.report.caveat.SourceCaveats;
import io.risefall.query.report.fleet.FleetOutages;
import io.risefall.query.report.fleet.FleetRest;
import io.risefall.query.report.fleet.FleetServers;
import io.risefall.query.report.fleet.Fleets;
import io.risefall.query.report.fleet.NodeServer;
import io.risefall.query.report.fleet.OutageSums;
import io.risefall.query.report.fleet.Stretches;
import io.risefall.query.report.model.DayBackendOutage;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.DayWish;
import io.risefall.query.report.model.Evidence;
import io.risefall.query.report.model.FlappingEpisode;
import io.risefall.query.report.model.FleetDay;
import io.risefall.query.report.model.Incident;
import io.risefall.query.report.model.MaintenanceWindow;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.ReasonHour;
import io.risefall.query.report.model.RoleDay;
import io.risefall.query.report.model.SeenBy;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.Sightings;
import io.risefall.query.report.model.SourceTally;
import io.risefall.query.report.model.StateSpan;
import io.risefall.query.report.section.IncidentSection;
import io.risefall.query.report.section.NearMissSection;
import io.risefall.query.report.section.Roles;
import io.risefall.query.report.section.SeenOutages;
import io.risefall.query.report.section.SightingSection;
import io.risefall.query.report.text.RoleWords;
import io.risefall.query.report.text.Verdicts;
import io.risefall.query.sql.SqlQuery;
import io.risefall.query.time.LocalTimes;
import io.risefall.query.time.Millis;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a day's report from the warehouse's views. Each {@code .sql} file asks one question; this puts them together. */
public final class DayReports {
    private static final SqlQuery KNOWN = new SqlQuery("report/known.sql");
    private static final SqlQuery SERVERS = new SqlQuery("report/servers.sql");
    private static final SqlQuery STATES = new SqlQuery("report/states.sql");
    private static final SqlQuery SERVER_DAY = new SqlQuery("report/server_day.sql");
    private static final SqlQuery OUTAGES = new SqlQuery("report/outages.sql");
    private static final SqlQuery REASONS = new SqlQuery("report/reasons.sql");
    private static final SqlQuery FLAPPING = new SqlQuery("report/flapping.sql");
    private static final SqlQuery BACKENDS = new SqlQuery("report/backends.sql");
    private static final SqlQuery SILENCES = new SqlQuery("report/silences.sql");
    private static final SqlQuery LOSSES = new SqlQuery("report/losses.sql");
    private static final SqlQuery CORRECTIONS = new SqlQuery("report/corrections.sql");
    private static final SqlQuery CLOCKS = new SqlQuery("report/clocks.sql");
    private static final SqlQuery SOURCES = new SqlQuery("report/sources.sql");
    private static final SqlQuery LINES = new SqlQuery("report/lines.sql");

    private final Connection views;
    private final DayWish wish;
    private final Period period;

    private final Map<String, Instant> knownUntil;
    private final Roles roles;

    private DayReports(Connection views, DayWish wish, Period period, Map<String, Instant> knownUntil, Roles roles) {
        this.views = views;
        this.wish = wish;
        this.period = period;
        this.knownUntil = knownUntil;
        this.roles = roles;
    }

    /**
     * The report of one day.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @param wish which day of what
     * @param now what is after it has not happened yet
     * @param withEvidence whether the lines behind the numbers are wanted too
     */
    static DayReport of(Connection views, DayWish wish, Instant now, boolean withEvidence) throws SQLException {
        Map<String, Instant> known = new HashMap<>();
        KNOWN.ask(views, row -> known.put(row.text("node"), row.at("until_us")));
        wish.check(known.keySet());
        known.keySet().removeIf(node -> !wish.has(node));
        Period period = Period.of(wish.day(), wish.zone(), now, known.values());
        return new DayReports(views, wish, period, known, Roles.read(views, period, wish)).read(now, withEvidence);
    }

    private DayReport read(Instant now, boolean withEvidence) throws SQLException {
        Instant from = period.from();
        Instant to = period.to();
        List<RawState> states = ofNodes(STATES.ask(views, this::state, from, to), state -> state.key.node);
        List<FleetOutages.Seen> seen = ofNodes(
                OUTAGES.ask(views, this::seen, from, to), one -> one.outage().node());
        Map<String, List<NodeServer>> nodeServers = nodeServers(states, seen);
        Map<String, List<DayOutage>> outagesOf = new SeenOutages(views, period, nodeServers, this::seenAround).of(seen);
        List<DayOutage> outages = outagesOf.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(DayOutage::startedAt).thenComparing(DayOutage::name))
                .toList();
        FleetServers fleetServers = new FleetServers(period, outagesOf);
        List<ServerDay> servers = nodeServers.values().stream()
                .map(fleetServers::of)
                .sorted(ServerDay.WORST_FIRST)
                .toList();
        List<RoleDay> roleDays = roles.days(period, knownUntil, outages);
        List<ServerDay> services = DayReport.services(servers, roleDays);
        List<DayOutage> counted =
                outages.stream().filter(outage -> !outage.role()).toList();
        List<SourceTally> sources = SOURCES.ask(views, DayReports::source, wish.node());
        Map<String, Long> clocks = new TreeMap<>();
        List<Lost> losses = ofNodes(LOSSES.ask(views, DayReports::lost, from, to), Lost::node);
        List<Silence> silences = ofNodes(SILENCES.ask(views, DayReports::silence, from, to), Silence::node);
        Absences absences = Absences.read(views, period, wish);
        CorrectionReach corrections =
                CORRECTIONS.ask(views, DayReports::corrections, wish.node()).get(0);
        CLOCKS.ask(views, row -> clocks.put(row.text("node"), row.number("behind")));
        clocks.keySet().removeIf(node -> !wish.has(node));
        LineCounts lines =
                LINES.ask(views, DayReports::lines, from, to, wish.node()).get(0);
        FleetDay fleet = Fleets.of(
                period,
                (int) nodeServers.values().stream()
                        .flatMap(List::stream)
                        .map(NodeServer::node)
                        .distinct()
                        .count(),
                services,
                counted);
        Instant coveredFrom = known(states)
                .map(s -> s.stretch.from())
                .min(Comparator.naturalOrder())
                .orElse(null);
        Instant coveredTo = known(states)
                .map(s -> s.stretch.to())
                .max(Comparator.naturalOrder())
                .orElse(null);
        List<ReasonHour> reasons = REASONS.ask(views, DayReports::reason, from, to, wish.node());
        FleetRest rest = new FleetRest(period);
        ToIntFunction<String> serverKnownOn =
                server -> nodeServers.getOrDefault(server, List.of()).size();
        Map<String, Long> backendKnownOn = nodesOfBackends(nodeServers);
        List<FlappingEpisode> flapping = rest.flapping(
                ofNodes(FLAPPING.ask(views, this::flaps, from, to), FlappingEpisode::node), serverKnownOn);
        List<MaintenanceWindow> planned = rest.planned(planned(states), serverKnownOn);
        List<DayBackendOutage> backends = rest.backends(
                ofNodes(BACKENDS.ask(views, this::backend, from, to), DayBackendOutage::node),
                proxy -> backendKnownOn.getOrDefault(proxy, 1L).intValue());
        List<Incident> incidents = IncidentSection.read(views, period, outages, wish);
        List<Sightings> sightings = wish.node() != null ? List.of() : SightingSection.read(views, period, roles::have);
        return new DayReport(
                DayReport.FORMAT,
                period.day(),
                period.zone(),
                wish.node(),
                from,
                to,
                period.dayEnd(),
                period.knownUntil(),
                now,
                absences.with(
                        new RoleWords(roleDays)
                                .with(Verdicts.of(period, fleet, services, counted, planned, coveredFrom, coveredTo)),
                        new LocalTimes(period.day(), period.zone())),
                coveredFrom,
                coveredTo,
                fleet,
                servers,
                outages,
                incidents,
                sightings,
                reasons,
                flapping,
                planned,
                backends,
                roleDays,
                NearMissSection.read(views, period, wish),
                sources,
                Stream.of(
                                Caveats.of(
                                        period,
                                        knownUntil,
                                        services,
                                        counted,
                                        sources,
                                        clocks,
                                        absences,
                                        silences,
                                        SameHost.read(views),
                                        losses,
                                        corrections,
                                        lines),
                                MissedRecords.words(views, period),
                                NotProcessed.words(views, period),
                                SourceCaveats.read(views),
                                RoleHint.of(period, services, counted))
                        .flatMap(List::stream)
                        .toList(),
                !absences.away().isEmpty(),
                withEvidence
                        ? new EvidenceOfDay(views, period)
                                .of(fleet, servers, outages, incidents, sightings, reasons, flapping, planned, backends)
                        : Evidence.NONE);
    }

    /** Of all rows those of the nodes that are wished. */
    private <T> List<T> ofNodes(List<T> rows, Function<T, @Nullable String> node) {
        return rows.stream().filter(row -> wish.has(node.apply(row))).toList();
    }

    private static Map<String, Long> nodesOfBackends(Map<String, List<NodeServer>> servers) {
        return servers.values().stream()
                .flatMap(List::stream)
                .collect(Collectors.groupingBy(
                        one -> one.server().proxy(),
                        Collectors.collectingAndThen(Collectors.mapping(NodeServer::node, Collectors.toSet()), nodes ->
                                (long) nodes.size())));
    }

    private static Stream<RawState> known(List<RawState> states) {
        return states.stream().filter(state -> state.stretch.state() != Health.UNKNOWN);
    }

    /** By server of the fleet, each one's by node. */
    private Map<String, List<NodeServer>> nodeServers(List<RawState> states, List<FleetOutages.Seen> seen)
            throws SQLException {
        Map<Key, List<RawState>> statesOf = new HashMap<>();
        states.forEach(state ->
                statesOf.computeIfAbsent(state.key, k -> new ArrayList<>()).add(state));
        Map<Key, List<DayOutage>> outagesOf = new HashMap<>();
        seen.forEach(one -> outagesOf
                .computeIfAbsent(key(one.outage()), k -> new ArrayList<>())
                .add(one.outage()));
        Map<Key, DayCounts> countsOf = new HashMap<>();
        SERVER_DAY
                .ask(
                        views,
                        DayReports::counts,
                        period.zone().getId(),
                        period.day().toString())
                .forEach(counts -> countsOf.put(counts.key, counts));
        Map<String, List<NodeServer>> servers = new LinkedHashMap<>();
        for (KnownServer known : SERVERS.ask(views, DayReports::knownServer)) {
            List<RawState> own = statesOf.get(known.key);
            if (own != null) {
                NodeServer server =
                        server(known, own, outagesOf.getOrDefault(known.key, List.of()), countsOf.get(known.key));
                servers.computeIfAbsent(server.server().name(), k -> new ArrayList<>())
                        .add(server);
            }
        }
        return servers;
    }

    private NodeServer server(
            KnownServer known, List<RawState> own, List<DayOutage> outages, @Nullable DayCounts counts) {
        List<StateSpan> stretches =
                Stretches.fill(period, own.stream().map(RawState::stretch).toList());
        RawState last = own.get(own.size() - 1);
        // An open state is cut where its node's log ends, which may be the end that all of them have.
        boolean lastsToTheEnd = !last.stretch.to().isBefore(period.to())
                || (last.until == null && period.reachesTheEnd(knownUntil.getOrDefault(known.key.node, Instant.MIN)));
        Health lastState = last.stretch.state();
        // Only a word ends an outage or maintenance: what lasted when a log ended is not over.
        boolean isSaid =
                lastsToTheEnd || (last.until == null && (lastState == Health.DOWN || lastState == Health.MAINT));
        return new NodeServer(
                new ServerDay(
                        known.key.node,
                        known.key.proxy,
                        known.key.server,
                        known.backup,
                        isSaid ? lastState : Health.UNKNOWN,
                        isSaid ? last.since : last.stretch.to(),
                        isSaid && lastState == Health.DOWN ? SeenBy.one(known.key.node) : null,
                        counts == null
                                ? Stretches.times(period, stretches)
                                : Stretches.times(period, stretches).doubted(counts.doubtedUpMs, counts.doubtedDownMs),
                        outages.size(),
                        counts == null ? 0 : counts.flaps,
                        counts == null ? 0 : counts.flappingMs,
                        OutageSums.longest(outages, DayOutage::durationMs),
                        OutageSums.longest(outages, DayOutage::inDayMs),
                        counts == null ? null : counts.mttrMs,
                        known.lastReason,
                        stretches,
                        asked(known.key),
                        roles.have(known.key.proxy),
                        List.of()),
                lastsToTheEnd);
    }

    private List<MaintenanceWindow> planned(List<RawState> states) {
        return states.stream()
                .filter(s -> s.stretch.state() == Health.MAINT || s.stretch.state() == Health.DRAIN)
                .map(this::planned)
                .sorted(Comparator.comparing(MaintenanceWindow::from).thenComparing(MaintenanceWindow::name))
                .toList();
    }

    private MaintenanceWindow planned(RawState s) {
        Instant until = s.until == null ? period.holdsUntil(s.stretch.to()) : s.until;
        boolean lasts = s.until == null || !s.until.isBefore(period.to());
        Instant end = until.isBefore(period.end()) || !lasts ? until : period.end();
        return new MaintenanceWindow(
                s.key.node,
                s.key.proxy,
                s.key.server,
                SeenBy.one(s.key.node),
                s.stretch.state(),
                s.since,
                s.until,
                Math.max(0, Millis.between(s.since, until)),
                period.inside(s.stretch.from(), s.stretch.to()),
                lasts && Duration.between(s.since, end).compareTo(wish.forgottenAfter()) >= 0,
                s.stretch.cause(),
                Causes.ofMaintenance(new ServerName(s.key.proxy, s.key.server), s.stretch.cause()),
                asked(s.key) + (s.stretch.state() == Health.MAINT ? " maint_ms" : " drain_ms"));
    }

    private FleetOutages.Seen seen(SqlQuery.Row row) throws SQLException {
        return seen(row, Causes.of(facts(row)));
    }

    /** Of an outage around the period: its cause is told by what the period has of it. */
    private FleetOutages.Seen seenAround(SqlQuery.Row row) throws SQLException {
        return seen(
                row,
                new Diagnosis(Cause.CANNOT_TELL, Diagnosis.Confidence.NONE, "Seen outside of this day.", List.of()));
    }

    private FleetOutages.Seen seen(SqlQuery.Row row, Diagnosis diagnosis) throws SQLException {
        Instant started = row.at("started_us");
        Instant ended = row.atOrNull("ended_us");
        Instant until = ended == null ? period.holdsUntil(row.at("until_us")) : ended;
        return new FleetOutages.Seen(
                new DayOutage(
                        row.text("outage_id"),
                        row.text("node"),
                        row.text("proxy"),
                        row.text("server"),
                        row.flag("backup"),
                        SeenBy.one(row.text("node")),
                        started,
                        ended,
                        row.number("duration_ms"),
                        period.inside(started, until),
                        row.textOrNull("ended_by"),
                        row.textOrNull("reason"),
                        row.textOrNull("reason_text"),
                        row.intOrNull("code"),
                        row.textOrNull("info"),
                        row.textOrNull("via"),
                        row.flag("agent"),
                        row.atOrNull("first_failure_us"),
                        row.flag("backend_emptied"),
                        row.flag("certain"),
                        row.atOrNull("first_success_us"),
                        row.numberOrNull("detection_ms"),
                        row.numberOrNull("recovery_ms"),
                        roles.have(row.text("proxy")),
                        diagnosis,
                        List.of()),
                until);
    }

    private static Facts facts(SqlQuery.Row row) throws SQLException {
        String reason = row.textOrNull("reason");
        return new Facts(
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
                row.textOrNull("address"));
    }

    private RawState state(SqlQuery.Row row) throws SQLException {
        @Nullable Instant ended = row.atOrNull("until_us");
        Instant to = row.at("to_us");
        return new RawState(
                key(row),
                new StateSpan(
                        Health.of(row.text("state")),
                        row.at("from_us"),
                        ended == null ? period.holdsUntil(to) : to,
                        row.text("cause")),
                row.at("since_us"),
                ended);
    }

    private static ReasonHour reason(SqlQuery.Row row) throws SQLException {
        return new ReasonHour(
                row.at("hour_us"),
                row.text("reason"),
                row.intOrNull("code"),
                row.number("failures"),
                row.number("downs"),
                row.numberOrNull("max_duration_ms"),
                row.count("servers"));
    }

    /** What {@code risefall explain} is asked for a server's day. */
    private String asked(Key key) {
        return period.day() + " " + key.node + " " + key.proxy + "/" + key.server;
    }

    private FlappingEpisode flaps(SqlQuery.Row row) throws SQLException {
        Instant calm = row.at("calm_us");
        String node = row.text("node");
        // That it is calm is known only as far as its log tells: another DOWN would have made it longer.
        boolean ended = !calm.isAfter(period.holdsUntil(knownUntil.getOrDefault(node, Instant.MIN)));
        return new FlappingEpisode(
                node,
                row.text("proxy"),
                row.text("server"),
                SeenBy.one(node),
                row.at("started_us"),
                ended ? calm : null,
                calm,
                row.count("downs"),
                row.real("peak_penalty"),
                asked(key(row)) + " flapping_ms");
    }

    private DayBackendOutage backend(SqlQuery.Row row) throws SQLException {
        Instant started = row.at("started_us");
        Instant ended = row.atOrNull("ended_us");
        return new DayBackendOutage(
                row.text("backend_outage_id"),
                row.text("node"),
                row.text("proxy"),
                SeenBy.one(row.text("node")),
                started,
                ended,
                row.number("duration_ms"),
                period.inside(started, row.at("until_us")));
    }

    private static SourceTally source(SqlQuery.Row row) throws SQLException {
        return new SourceTally(
                row.text("source"),
                row.number("lines"),
                row.number("events"),
                row.number("traffic"),
                row.number("other"),
                row.number("repeats"),
                row.number("rejected"),
                row.atOrNull("first_us"),
                row.atOrNull("last_us"),
                row.number("unstamped"));
    }

    private static LineCounts lines(SqlQuery.Row row) throws SQLException {
        return new LineCounts(
                row.number("events"),
                row.atOrNull("first_us"),
                row.atOrNull("last_us"),
                row.number("without_pid"),
                row.number("downs"),
                row.number("ups"),
                row.flag("ever_up"));
    }

    private static Lost lost(SqlQuery.Row row) throws SQLException {
        return new Lost(
                row.text("node"),
                row.text("proxy"),
                row.number("pid"),
                row.at("from_us"),
                row.at("to_us"),
                row.number("missing"),
                new Lost.Servers(row.count("expected_active"), row.count("expected_backup")),
                new Lost.Servers(row.count("seen_active"), row.count("seen_backup")),
                row.flag("absence"));
    }

    private static Silence silence(SqlQuery.Row row) throws SQLException {
        return new Silence(
                row.text("node"),
                row.at("from_us"),
                row.atOrNull("to_us"),
                row.number("duration_ms"),
                row.number("habit_ms"));
    }

    private static CorrectionReach corrections(SqlQuery.Row row) throws SQLException {
        Long reach = row.numberOrNull("reach_ms");
        return new CorrectionReach(reach == null ? null : Duration.ofMillis(reach), row.number("too_late"));
    }

    private static KnownServer knownServer(SqlQuery.Row row) throws SQLException {
        return new KnownServer(key(row), row.flag("backup"), row.textOrNull("last_reason"));
    }

    private static DayCounts counts(SqlQuery.Row row) throws SQLException {
        return new DayCounts(
                key(row),
                row.count("flaps"),
                row.number("flapping_ms"),
                row.numberOrNull("mttr_ms"),
                row.number("doubted_up_ms"),
                row.number("doubted_down_ms"));
    }

    private static Key key(DayOutage outage) {
        return new Key(Objects.requireNonNull(outage.node()), outage.proxy(), outage.server());
    }

    private static Key key(SqlQuery.Row row) throws SQLException {
        return new Key(row.text("node"), row.text("proxy"), row.text("server"));
    }

    private record Key(String node, String proxy, String server) {}

    private record KnownServer(
            Key key, boolean backup, @Nullable String lastReason) {}

    private record RawState(
            Key key,
            StateSpan stretch,
            Instant since,
            @Nullable Instant until) {}

    private record DayCounts(
            Key key, int flaps, long flappingMs, @Nullable Long mttrMs, long doubtedUpMs, long doubtedDownMs) {}
}
