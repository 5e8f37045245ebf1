package io.risefall.query.report.text;

import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.FlappingEpisode;
import io.risefall.query.report.model.FleetDay;
import io.risefall.query.report.model.MaintenanceWindow;
import io.risefall.query.report.model.RoleDay;
import io.risefall.query.report.model.SeenBy;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.ServersAtEnd;
import io.risefall.query.report.model.StateDurations;
import io.risefall.query.text.Counts;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The phrases of a day's report that text, Markdown and HTML share. */
public final class DayText {
    private final DayReport report;
    private final LocalTimes times;
    private final OutageText outage;
    private final List<Advice> advice;
    private final Map<String, Integer> adviceOn = new HashMap<>();

    public DayText(DayReport report) {
        this.report = report;
        this.advice = Advice.of(report.ownOutages());
        advice.forEach(one -> one.outages().forEach(outage -> adviceOn.put(outage.id(), one.number())));
        this.times = new LocalTimes(report.day(), report.zone());
        this.outage = new OutageText(report, times);
    }

    public LocalTimes times() {
        return times;
    }

    /** The phrases about one outage. */
    public OutageText ofOutage() {
        return outage;
    }

    /** {@code HAProxy health on Monday 3 November 2025}. */
    public String title() {
        return "HAProxy health on " + times.longDay();
    }

    /** {@code 00:00 to 24:00 Europe/Berlin, 25 h}. */
    public String period() {
        return times.full(report.from()) + " to " + times.full(report.to()) + " (" + Durations.text(report.periodMs())
                + (report.isRunning() ? " so far" : "") + ", zone "
                + report.zone().getId() + ")";
    }

    public String covered() {
        if (report.coveredFrom() == null || report.coveredTo() == null) {
            return "nothing";
        }
        return times.at(report.coveredFrom()) + " to " + times.at(report.coveredTo()) + " ("
                + Durations.text(report.coveredMs()) + "); "
                + report.fleet().time().coverageText() + " of all server time is known";
    }

    /** {@code 13: 10 up, 2 down, 1 in maintenance}. */
    public String serversAtEnd() {
        ServersAtEnd atEnd = report.fleet().atEnd();
        List<String> parts = new ArrayList<>();
        part(parts, atEnd.down(), "down");
        part(parts, atEnd.up(), "up");
        part(parts, atEnd.maint(), "in maintenance");
        part(parts, atEnd.drain(), "draining");
        part(parts, atEnd.unknown(), "unknown");
        String some = atEnd.downForSome() == 0
                ? ""
                : " (" + Counts.grouped(atEnd.downForSome()) + " of those down for only some load balancers)";
        return parts.isEmpty() ? "none seen" : String.join(", ", parts) + " " + whenEnd() + some;
    }

    /** {@code 3: lb1, lb2, lb3}, or the node that the report is about; empty where there is but one. */
    public String loadBalancers() {
        if (report.node() != null) {
            return "only " + report.node();
        }
        return report.hasManyNodes()
                ? report.fleet().nodes() + " (nodes): "
                        + SeenBy.names(report.servers().stream()
                                .flatMap(server -> server.nodes().stream())
                                .distinct()
                                .sorted()
                                .toList())
                : "";
    }

    /** {@code now}, {@code at the end of the day} or {@code when the log ended}. */
    public String whenEnd() {
        return report.knownUntil() != null
                ? "when the log ended"
                : report.isRunning() ? "now" : "at the end of the day";
    }

    public String availability() {
        StateDurations time = report.fleet().time();
        String bounds = time.boundsText();
        String forAll = time.availabilityForAllText();
        return time.availabilityText()
                + (bounds.isEmpty() ? "" : " of the known time; " + bounds + " if unknown time counts as down or up")
                + (forAll.isEmpty()
                        ? ""
                        : "; " + forAll + " if downtime that only some load balancers saw counts as up");
    }

    /** {@code 3 outages of 3 servers, seen by 4 load balancers; longest …}. */
    public String outages() {
        FleetDay fleet = report.fleet();
        if (fleet.outages() == 0) {
            return "none";
        }
        int before = fleet.outages() - fleet.begun();
        return Counts.plural(fleet.outages(), "outage") + " of " + Counts.servers(fleet.outageServers())
                + (report.hasManyNodes() ? ", seen by " + Counts.loadBalancers(fleet.outageNodes()) : "")
                + (fleet.seenBySome() == 0
                        ? ""
                        : " (" + Counts.plural(fleet.seenBySome(), "outage") + " by only some of them)")
                + (before == 0 ? "" : "; " + Counts.grouped(before) + " began before this day") + "; longest "
                + Durations.textOrDash(fleet.longestMs()) + lengths();
    }

    /** {@code 7 outages ended with UP, after 2 min 37 s on average}. */
    public String recoveries() {
        FleetDay fleet = report.fleet();
        return fleet.recoveries() == 0
                ? "none"
                : Counts.plural(fleet.recoveries(), "outage") + " ended with UP; mean time to repair "
                        + Durations.textOrDash(fleet.mttrMs()) + (lengths().isEmpty() ? "" : " (whole outages)");
    }

    /** Where an outage reaches beyond the day: which length is meant. */
    private String lengths() {
        return report.ownOutages().stream().allMatch(outage -> outage.inDayMs() == outage.durationMs())
                ? ""
                : " (whole outages, including time outside this day; longest within this day "
                        + Durations.textOrDash(report.fleet().longestInDayMs()) + ")";
    }

    /** A server's or a backend's name, with the node where several speak and only one knows it. */
    public String server(List<String> nodes, String name) {
        return report.hasManyNodes() && nodes.size() == 1 ? name + " on " + nodes.get(0) : name;
    }

    /** What follows where only some load balancers saw a server down; they are suspected only where the others listened. */
    public String sightingsNote() {
        return report.away()
                ? "A server that only some load balancers see down is up for the others, as far as their logs"
                        + " show. Risefall was away for part of this day and may have missed lines: see the"
                        + " views sightings and absences."
                : "If only some load balancers see a server down, it is up for the others. Check the network"
                        + " path from those load balancers, not the server.";
    }

    public String state(Health state) {
        return switch (state) {
            case UP -> "up";
            case DOWN -> "down";
            case MAINT -> "maintenance";
            case DRAIN -> "drain";
            case UNKNOWN -> "unknown";
        };
    }

    /** Servers that had an outage, worst first. */
    public List<ServerDay> troubled() {
        return report.services().stream().filter(ServerDay::isTroubled).toList();
    }

    /** Outages that last to the end of the period: one for each server that is down then. */
    public List<DayOutage> open() {
        return report.down().stream()
                .map(report::openOutage)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Role backends that have no leader at the end of the period. */
    public List<RoleDay> leaderless() {
        return report.roles().stream()
                .filter(role -> role.leadership().equals("leaderless"))
                .toList();
    }

    /** {@code 3 servers are down now}: of those that the section below names. */
    public String downTitle() {
        return "Down " + whenEnd() + ": " + Counts.servers(report.down().size());
    }

    /** Since when a server is out of service, by whom, and how to end it. */
    public String who(MaintenanceWindow planned) {
        String cause = planned.cause();
        boolean says = !cause.isEmpty() && !cause.equals("maintenance") && !cause.equals("drain");
        return says ? cause : "initiator not logged";
    }

    /** {@code 10:40:00}, or when it is expected to be calm. */
    public String calm(FlappingEpisode flaps) {
        return flaps.endedAt() != null ? times.at(flaps.endedAt()) : "expected calm " + times.at(flaps.calmAt());
    }

    /** What to do about all outages, the worst first. */
    public List<Advice> advice() {
        return advice;
    }

    /** Who sees a server down at the end of the period, or saw the outage that it is in. */
    public SeenBy downBy(DayOutage open) {
        return report.down().stream()
                .filter(server -> server.name().equals(open.name()))
                .map(ServerDay::downBy)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(open.seenBy());
    }

    /** Those that last, by backend, cause and who sees them; their numbers are those of {@link #advice}. */
    public List<Advice> openAdvice() {
        return Advice.of(open(), outage -> List.of(downBy(outage), outage.certain())).stream()
                .map(one -> new Advice(adviceOn(one.worst()), one.servers(), one.worst(), one.outages()))
                .toList();
    }

    /** The number of the advice on an outage. */
    public int adviceOn(DayOutage outage) {
        return Objects.requireNonNull(adviceOn.get(outage.id()), outage.id());
    }

    /** {@code 2 950 more servers were up all the time}, and what became of the others that were never seen down. */
    public String rest() {
        List<ServerDay> rest = report.services().stream()
                .filter(server -> !server.isTroubled())
                .toList();
        long planned = rest.stream().filter(server -> !server.isQuiet()).count();
        long unsure = rest.stream()
                .filter(server -> server.isQuiet() && server.time().unknownMs() > 0)
                .count();
        long sure = rest.size() - planned - unsure;
        List<String> parts = new ArrayList<>();
        more(parts, sure, "up all the time");
        more(parts, planned, "never seen down, but in maintenance or draining for part of the time");
        more(parts, unsure, "never seen down, but unknown for part of the time");
        return parts.isEmpty() ? "" : String.join("; ", parts) + ".";
    }

    private static void more(List<String> parts, long count, String what) {
        if (count > 0) {
            String servers = parts.isEmpty() ? (count == 1 ? " more server" : " more servers") : "";
            parts.add(Counts.grouped(count) + servers + (count == 1 ? " was " : " were ") + what);
        }
    }

    public String duration(long millis) {
        return Durations.text(millis);
    }

    public String grouped(long count) {
        return Counts.grouped(count);
    }

    private static void part(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(Counts.grouped(count) + " " + what);
        }
    }

    /** How to get to the lines. */
    public static String explain(String asked, String what) {
        return "risefall explain " + asked + " shows " + what + ".";
    }

    /** What HAProxy's code of a check stands for; empty for what is none. */
    public static String inWords(String reason) {
        for (CheckStatus status : CheckStatus.values()) {
            if (status.name().equals(reason)) {
                return status.text();
            }
        }
        return "";
    }
}
