package io.risefall.query.report;

import io.risefall.query.RolePatterns;
import io.risefall.query.report.DayReport.BackendGap;
import io.risefall.query.report.DayReport.Flaps;
import io.risefall.query.report.DayReport.Fleet;
import io.risefall.query.report.DayReport.OutageOfDay;
import io.risefall.query.report.DayReport.Planned;
import io.risefall.query.report.DayReport.ReasonHour;
import io.risefall.query.report.DayReport.Server;
import io.risefall.query.report.DayReport.Source;
import io.risefall.query.report.DayReport.Stretch;
import io.risefall.schemas.CheckStatus;
import io.risefall.schemas.Health;
import io.risefall.schemas.ServerName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a day's report from the warehouse's views. Each {@code .sql} file asks one question; this puts them together. */
public final class DayReports {
    private static final Question KNOWN = new Question("known.sql");
    private static final Question SERVERS = new Question("servers.sql");
    private static final Question STATES = new Question("states.sql");
    private static final Question SERVER_DAY = new Question("server_day.sql");
    private static final Question OUTAGES = new Question("outages.sql");
    private static final Question REASONS = new Question("reasons.sql");
    private static final Question FLAPPING = new Question("flapping.sql");
    private static final Question BACKENDS = new Question("backends.sql");
    private static final Question SILENCES = new Question("silences.sql");
    private static final Question LOSSES = new Question("losses.sql");
    private static final Question CORRECTIONS = new Question("corrections.sql");
    private static final Question CLOCKS = new Question("clocks.sql");
    private static final Question SOURCES = new Question("sources.sql");
    private static final Question LINES = new Question("lines.sql");

    private final Connection views;
    private final Period period;

    private final Map<String, Instant> knownUntil;
    private final Roles roles;

    private DayReports(Connection views, Period period, Map<String, Instant> knownUntil, Roles roles) {
        this.views = views;
        this.period = period;
        this.knownUntil = knownUntil;
        this.roles = roles;
    }

    /**
     * The report of one day.
     *
     * @param views a connection that sees the warehouse's views; only read
     * @param day the day
     * @param zone the zone that cuts it
     * @param wished which backends are role backends by wish; null: as the warehouse was told
     * @param now what is after it has not happened yet
     * @param withEvidence whether the lines behind the numbers are wanted too
     */
    static DayReport of(
            Connection views,
            LocalDate day,
            ZoneId zone,
            @Nullable RolePatterns wished,
            Instant now,
            boolean withEvidence)
            throws SQLException {
        Map<String, Instant> known = new HashMap<>();
        KNOWN.ask(views, row -> known.put(row.text("node"), row.at("until_us")));
        Period period = Period.of(day, zone, now, known.values());
        return new DayReports(views, period, known, Roles.read(views, period, wished)).read(now, withEvidence);
    }

    private DayReport read(Instant now, boolean withEvidence) throws SQLException {
        Instant from = period.from();
        Instant to = period.to();
        List<RawState> states = STATES.ask(views, DayReports::state, from, to);
        List<OutageOfDay> outages = OUTAGES.ask(views, this::outage, from, to);
        List<Server> servers = servers(states, outages);
        List<RoleDay> roleDays = roles.days(period, knownUntil, outages);
        List<Server> services = DayReport.services(servers, roleDays);
        List<OutageOfDay> counted =
                outages.stream().filter(outage -> !outage.role()).toList();
        List<Source> sources = SOURCES.ask(views, DayReports::source);
        Map<String, Long> clocks = new TreeMap<>();
        List<Lost> losses = LOSSES.ask(views, DayReports::lost, from, to);
        List<Silence> silences = SILENCES.ask(views, DayReports::silence, from, to);
        Absences absences = Absences.read(views, period);
        CorrectionReach corrections =
                CORRECTIONS.ask(views, DayReports::corrections).get(0);
        CLOCKS.ask(views, row -> clocks.put(row.text("node"), row.number("behind")));
        LineCounts lines = LINES.ask(views, DayReports::lines, from, to).get(0);
        Fleet fleet = Fleets.of(period, services, counted);
        Instant coveredFrom = known(states)
                .map(s -> s.stretch.from())
                .min(Comparator.naturalOrder())
                .orElse(null);
        Instant coveredTo = known(states)
                .map(s -> s.stretch.to())
                .max(Comparator.naturalOrder())
                .orElse(null);
        List<ReasonHour> reasons = REASONS.ask(views, DayReports::reason, from, to);
        List<Flaps> flapping = FLAPPING.ask(views, this::flaps, from, to);
        List<Planned> planned = planned(states);
        List<BackendGap> backends = BACKENDS.ask(views, this::backend, from, to);
        List<Incident> incidents = Incident.read(views, period);
        List<Sightings> sightings = Sightings.read(views, period, roles::have);
        return new DayReport(
                DayReport.FORMAT,
                period.day(),
                period.zone(),
                from,
                to,
                period.dayEnd(),
                period.knownUntil(),
                now,
                absences.with(
                        new RoleWords(roleDays)
                                .with(Verdicts.of(period, fleet, services, counted, coveredFrom, coveredTo)),
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
                NearMisses.read(views, period),
                sources,
                Stream.concat(
                                Caveats.of(
                                        period,
                                        services,
                                        counted,
                                        sources,
                                        clocks,
                                        absences,
                                        silences,
                                        SameHost.read(views),
                                        losses,
                                        corrections,
                                        lines)
                                        .stream(),
                                Stream.concat(
                                        SourceCaveats.read(views).stream(),
                                        RoleHint.of(period, services, counted).stream()))
                        .toList(),
                withEvidence
                        ? new EvidenceOfDay(views, period)
                                .of(fleet, servers, outages, incidents, sightings, reasons, flapping, planned, backends)
                        : Evidence.NONE);
    }

    private static Stream<RawState> known(List<RawState> states) {
        return states.stream().filter(state -> state.stretch.state() != Health.UNKNOWN);
    }

    private List<Server> servers(List<RawState> states, List<OutageOfDay> outages) throws SQLException {
        Map<Key, List<RawState>> statesOf = new HashMap<>();
        states.forEach(state ->
                statesOf.computeIfAbsent(state.key, k -> new ArrayList<>()).add(state));
        Map<Key, List<OutageOfDay>> outagesOf = new HashMap<>();
        outages.forEach(outage -> outagesOf
                .computeIfAbsent(new Key(outage.node(), outage.proxy(), outage.server()), k -> new ArrayList<>())
                .add(outage));
        Map<Key, DayCounts> countsOf = new HashMap<>();
        SERVER_DAY
                .ask(
                        views,
                        DayReports::counts,
                        period.zone().getId(),
                        period.day().toString())
                .forEach(counts -> countsOf.put(counts.key, counts));
        List<Server> servers = new ArrayList<>();
        for (KnownServer known : SERVERS.ask(views, DayReports::knownServer)) {
            List<RawState> own = statesOf.get(known.key);
            if (own != null) {
                servers.add(server(known, own, outagesOf.getOrDefault(known.key, List.of()), countsOf.get(known.key)));
            }
        }
        servers.sort(Server.WORST_FIRST);
        return servers;
    }

    private Server server(
            KnownServer known, List<RawState> own, List<OutageOfDay> outages, @Nullable DayCounts counts) {
        List<Stretch> stretches =
                Stretches.fill(period, own.stream().map(RawState::stretch).toList());
        RawState last = own.get(own.size() - 1);
        // An open state is cut where its node's log ends, which may be the end that all of them have.
        boolean lastsToTheEnd = !last.stretch.to().isBefore(period.to())
                || (last.until == null && period.reachesTheEnd(knownUntil.getOrDefault(known.key.node, Instant.MIN)));
        Long longest = outages.stream()
                .map(OutageOfDay::inDayMs)
                .max(Comparator.naturalOrder())
                .orElse(null);
        return new Server(
                known.key.node,
                known.key.proxy,
                known.key.server,
                known.backup,
                lastsToTheEnd ? last.stretch.state() : Health.UNKNOWN,
                lastsToTheEnd ? last.since : last.stretch.to(),
                counts == null
                        ? Stretches.times(period, stretches)
                        : Stretches.times(period, stretches).doubted(counts.doubtedUpMs, counts.doubtedDownMs),
                outages.size(),
                counts == null ? 0 : counts.flaps,
                counts == null ? 0 : counts.flappingMs,
                longest,
                counts == null ? null : counts.mttrMs,
                known.lastReason,
                stretches,
                asked(known.key),
                roles.have(known.key.node, known.key.proxy));
    }

    private List<Planned> planned(List<RawState> states) {
        return states.stream()
                .filter(s -> s.stretch.state() == Health.MAINT || s.stretch.state() == Health.DRAIN)
                .map(s -> new Planned(
                        s.key.node,
                        s.key.proxy,
                        s.key.server,
                        s.stretch.state(),
                        s.since,
                        s.until,
                        period.inside(s.stretch.from(), s.stretch.to()),
                        s.stretch.cause(),
                        Causes.ofMaintenance(new ServerName(s.key.proxy, s.key.server), s.stretch.cause()),
                        asked(s.key) + (s.stretch.state() == Health.MAINT ? " maint_ms" : " drain_ms")))
                .sorted(Comparator.comparing(Planned::from).thenComparing(Planned::name))
                .toList();
    }

    private OutageOfDay outage(Question.Row row) throws SQLException {
        Instant started = row.at("started_us");
        Instant ended = row.atOrNull("ended_us");
        return new OutageOfDay(
                row.text("outage_id"),
                row.text("node"),
                row.text("proxy"),
                row.text("server"),
                row.flag("backup"),
                started,
                ended,
                row.number("duration_ms"),
                period.inside(started, row.at("until_us")),
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
                roles.have(row.text("node"), row.text("proxy")),
                Causes.of(facts(row)));
    }

    private static Facts facts(Question.Row row) throws SQLException {
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

    private static RawState state(Question.Row row) throws SQLException {
        return new RawState(
                key(row),
                new Stretch(Health.of(row.text("state")), row.at("from_us"), row.at("to_us"), row.text("cause")),
                row.at("since_us"),
                row.atOrNull("until_us"));
    }

    private static ReasonHour reason(Question.Row row) throws SQLException {
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

    private Flaps flaps(Question.Row row) throws SQLException {
        return new Flaps(
                row.text("node"),
                row.text("proxy"),
                row.text("server"),
                row.at("started_us"),
                row.atOrNull("ended_us"),
                row.count("downs"),
                row.real("peak_penalty"),
                asked(key(row)) + " flapping_ms");
    }

    private BackendGap backend(Question.Row row) throws SQLException {
        Instant started = row.at("started_us");
        Instant ended = row.atOrNull("ended_us");
        return new BackendGap(
                row.text("backend_outage_id"),
                row.text("node"),
                row.text("proxy"),
                started,
                ended,
                row.number("duration_ms"),
                period.inside(started, row.at("until_us")));
    }

    private static Source source(Question.Row row) throws SQLException {
        return new Source(
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

    private static LineCounts lines(Question.Row row) throws SQLException {
        return new LineCounts(
                row.number("events"),
                row.atOrNull("first_us"),
                row.atOrNull("last_us"),
                row.number("without_pid"),
                row.number("downs"),
                row.number("ups"));
    }

    private static Lost lost(Question.Row row) throws SQLException {
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

    private static Silence silence(Question.Row row) throws SQLException {
        return new Silence(
                row.text("node"),
                row.at("from_us"),
                row.atOrNull("to_us"),
                row.number("duration_ms"),
                row.number("habit_ms"));
    }

    private static CorrectionReach corrections(Question.Row row) throws SQLException {
        Long reach = row.numberOrNull("reach_ms");
        return new CorrectionReach(reach == null ? null : Duration.ofMillis(reach), row.number("too_late"));
    }

    private static KnownServer knownServer(Question.Row row) throws SQLException {
        return new KnownServer(key(row), row.flag("backup"), row.textOrNull("last_reason"));
    }

    private static DayCounts counts(Question.Row row) throws SQLException {
        return new DayCounts(
                key(row),
                row.count("flaps"),
                row.number("flapping_ms"),
                row.numberOrNull("mttr_ms"),
                row.number("doubted_up_ms"),
                row.number("doubted_down_ms"));
    }

    private static Key key(Question.Row row) throws SQLException {
        return new Key(row.text("node"), row.text("proxy"), row.text("server"));
    }

    private record Key(String node, String proxy, String server) {}

    private record KnownServer(
            Key key, boolean backup, @Nullable String lastReason) {}

    private record RawState(
            Key key,
            Stretch stretch,
            Instant since,
            @Nullable Instant until) {}

    private record DayCounts(
            Key key, int flaps, long flappingMs, @Nullable Long mttrMs, long doubtedUpMs, long doubtedDownMs) {}

    /** The health lines of the period. */
    record LineCounts(
            long events,
            @Nullable Instant firstAt,
            @Nullable Instant lastAt,
            long withoutPid,
            long downs,
            long ups) {}
}
