package io.risefall.query.report;

import io.risefall.query.explain.BackendExplainer;
import io.risefall.query.explain.OutageExplainer;
import io.risefall.query.explain.ReasonExplainer;
import io.risefall.query.explain.line.TransitionEvidence;
import io.risefall.query.explain.model.Explanation;
import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.explain.model.LogLine;
import io.risefall.query.explain.subject.ExplainTarget;
import io.risefall.query.report.model.DayBackendOutage;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.FlappingEpisode;
import io.risefall.query.report.model.FleetDay;
import io.risefall.query.report.model.Incident;
import io.risefall.query.report.model.MaintenanceWindow;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.ReasonHour;
import io.risefall.query.report.model.SectionRows;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.Sightings;
import io.risefall.query.report.model.StateDurations;
import io.risefall.query.report.model.StateSpan;
import io.risefall.query.report.model.Traces;
import io.risefall.query.report.model.Traces.Link;
import io.risefall.query.report.model.Traces.Trace;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what stands behind the numbers of one day's page. Lives for one report. */
final class DayEvidence {
    /** Lines of one page; a page is to be mailed. */
    private static final int MOST_LINES = 300;

    /** Of them for outages, so that other numbers have some too. */
    private static final int MOST_OF_OUTAGES = 200;

    private static final int MOST_OUTAGES = 200;
    private static final int MOST_SERVERS = 30;
    /** Rows of another table that are traced, and of so many the lines, as each asks questions of its own. */
    private static final int MOST_OTHERS = 100;

    private static final int WITH_LINES = 6;

    private static final int MOST_STRETCHES = 40;
    private static final int LINES_OF_A_REASON = 5;

    private final Connection views;
    private final Period period;
    private final List<Trace> traces = new ArrayList<>();
    private int linesLeft = MOST_OF_OUTAGES;

    DayEvidence(Connection views, Period period) {
        this.views = views;
        this.period = period;
    }

    Traces of(FleetDay fleet, SectionRows sections) throws SQLException {
        List<DayOutage> outages = sections.of(DayOutage.SECTION);
        List<DayBackendOutage> backends = sections.of(DayBackendOutage.SECTION);
        List<MaintenanceWindow> planned = sections.of(MaintenanceWindow.SECTION);
        fleet(fleet);
        first(sections.of(Incident.SECTION), MOST_OTHERS).forEach(incident -> incident(incident, outages));
        outages(first(outages, MOST_OUTAGES));
        outages.stream()
                .limit(MOST_OUTAGES)
                .filter(outage -> !outage.byNode().isEmpty())
                .forEach(this::seenBySeveral);
        linesLeft += MOST_LINES - MOST_OF_OUTAGES;
        for (int i = 0; i < Math.min(MOST_OTHERS, backends.size()); i++) {
            backend(backends.get(i), i < WITH_LINES);
        }
        for (int i = 0; i < Math.min(MOST_OTHERS, planned.size()); i++) {
            planned(planned.get(i), i < WITH_LINES);
        }
        reasons(sections.of(ReasonHour.SECTION));
        sections.of(ServerDay.SECTION).stream()
                .filter(server -> !server.isQuiet())
                .limit(MOST_SERVERS)
                .forEach(server -> server(server, outages));
        for (FlappingEpisode flaps : first(sections.of(FlappingEpisode.SECTION), MOST_OTHERS)) {
            flapping(flaps, outages);
        }
        first(sections.of(Sightings.SECTION), MOST_OTHERS).forEach(server -> sightings(server, outages));
        return new Traces(traces);
    }

    private void fleet(FleetDay fleet) {
        StateDurations time = fleet.time();
        long served = time.upMs() + time.drainMs();
        List<String> sums = new ArrayList<>();
        sums.add("of all servers together, each once: up " + time.upMs() + " ms + down " + time.downMs()
                + " ms + maintenance " + time.maintMs() + " ms + drain " + time.drainMs() + " ms + unknown "
                + time.unknownMs() + " ms = " + time.periodMs() + " ms");
        sums.add("availability = (up + drain) / (up + drain + down) = " + served + " / " + (served + time.downMs())
                + " = " + time.availabilityText());
        sums.add("coverage = (all - unknown) / all = " + (time.periodMs() - time.unknownMs()) + " / " + time.periodMs()
                + " = " + time.coverageText());
        sums.add("outages = rows of the table of outages = " + fleet.outages());
        sums.add("longest = the longest whole outage = " + Durations.textOrDash(fleet.longestMs())
                + "; within the day = " + Durations.textOrDash(fleet.longestInDayMs()));
        sums.add("recoveries = outages that ended with UP on the day = " + fleet.recoveries());
        sums.add("time to repair = mean length of these whole outages = " + Durations.textOrDash(fleet.mttrMs()));
        traces.add(new Trace(fleet, "lines-fleet", "The whole fleet", sums, List.of(), List.of(), 0, List.of(), ""));
    }

    private void outages(List<DayOutage> rows) throws SQLException {
        List<DayOutage> outages =
                first(rows.stream().flatMap(row -> row.sightings().stream()).toList(), MOST_OUTAGES);
        OutageExplainer explained = new OutageExplainer(views, period.zone());
        Map<String, Part> parts = explained.briefs(
                explained.named(outages.stream().map(DayOutage::id).toList()));
        for (DayOutage outage : outages) {
            Part part = parts.get(outage.id());
            if (part != null) {
                add(
                        outage,
                        "lines-" + outage.id(),
                        part.title(),
                        List.of(),
                        List.of(part),
                        tracked(outage, outages),
                        ExplainTarget.command(outage.id()));
            }
        }
    }

    /** An outage of the fleet is made of what its nodes saw. */
    private void seenBySeveral(DayOutage outage) {
        Map<Instant, String> begins = new LinkedHashMap<>();
        outage.byNode().forEach(seen -> begins.putIfAbsent(seen.startedAt(), String.valueOf(seen.node())));
        LocalTimes times = new LocalTimes(period.day(), period.zone());
        List<String> sums = new ArrayList<>();
        sums.add("from the first start " + times.at(outage.startedAt()) + " (" + begins.get(outage.startedAt())
                + ") to the last end " + times.atOrDash(outage.endedAt()) + " = " + outage.durationMs() + " ms");
        outage.byNode()
                .forEach(seen -> sums.add(seen.node() + ": " + times.at(seen.startedAt()) + " to "
                        + times.atOrDash(seen.endedAt()) + " = " + seen.durationMs() + " ms"));
        add(
                outage,
                "lines-fleet-" + outage.id(),
                "Outage of " + outage.name() + ", seen by " + outage.seenBy().words(),
                sums,
                List.of(),
                links(outage.byNode(), seen -> true),
                ExplainTarget.command(outage.id()));
    }

    /** The outage that one of a tracking server comes from. */
    private static List<Link> tracked(DayOutage outage, List<DayOutage> outages) {
        return outages.stream()
                .filter(other -> Objects.equals(other.node(), outage.node())
                        && other.name().equals(outage.via()))
                .filter(other -> !other.startedAt().isAfter(outage.startedAt().plusSeconds(1)))
                .filter(other -> other.endedAt() == null
                        || !other.endedAt().isBefore(outage.startedAt().minusSeconds(1)))
                .map(other -> new Link("lines-" + other.id(), "the outage of " + other.name() + ", which it tracks"))
                .toList();
    }

    private void backend(DayBackendOutage gap, boolean withLines) throws SQLException {
        List<Part> parts = withLines
                ? new BackendExplainer(views, period.zone()).explain(gap.id()).parts()
                : List.of();
        add(
                gap,
                "lines-" + gap.id(),
                "Outage " + gap.id() + " of the whole backend " + gap.proxy() + on(gap.node()) + " = "
                        + gap.durationMs() + " ms",
                List.of(),
                parts,
                List.of(),
                ExplainTarget.command(gap.id()));
    }

    private void planned(MaintenanceWindow planned, boolean withLines) throws SQLException {
        add(
                planned,
                "lines-planned-" + traces.size(),
                planned.name() + on(planned.node()) + ", " + planned.state().word() + " of " + planned.inDayMs()
                        + " ms on this day",
                List.of(),
                withLines && planned.node() != null ? turnsOf(planned, planned.node()) : List.of(),
                List.of(),
                planned.explain() == null
                        ? inZone(period.day() + " " + planned.seenBy().nodes().get(0) + " " + planned.name() + " "
                                + planned.state().word() + "_ms")
                        : inZone(planned.explain()));
    }

    private List<Part> turnsOf(MaintenanceWindow planned, String node) throws SQLException {
        TreeSet<Instant> moments = new TreeSet<>(List.of(planned.from()));
        if (planned.to() != null) {
            moments.add(planned.to());
        }
        TransitionEvidence turns = TransitionEvidence.of(views, node, planned.proxy(), planned.server(), moments);
        TransitionEvidence.Entry begin =
                turns.at(planned.from(), planned.state().word(), planned.cause(), null);
        List<Part> parts = new ArrayList<>(List.of(new Part("", begin.words(), begin.lines(), 0)));
        if (planned.to() == null) {
            parts.add(new Part("", List.of("no line shows its end"), List.of(), 0));
        } else {
            TransitionEvidence.Entry end = turns.at(planned.to(), "", "", planned.cause());
            parts.add(new Part("", end.words(), end.lines(), 0));
        }
        return parts;
    }

    private void reasons(List<ReasonHour> reasons) throws SQLException {
        Map<String, List<ReasonHour>> byReason = new LinkedHashMap<>();
        reasons.forEach(one ->
                byReason.computeIfAbsent(one.reason(), any -> new ArrayList<>()).add(one));
        int left = WITH_LINES;
        for (Map.Entry<String, List<ReasonHour>> entry : byReason.entrySet()) {
            List<ReasonHour> hours = entry.getValue();
            String reason = entry.getKey();
            String asked = period.day() + " " + reason + " failures";
            add(
                    reason,
                    "lines-reason-" + reason,
                    reason + ": failed checks of all servers",
                    List.of(
                            "failed checks = "
                                    + terms(hours.stream()
                                            .map(ReasonHour::failures)
                                            .toList()),
                            "led to DOWN = "
                                    + terms(hours.stream()
                                            .map(ReasonHour::downs)
                                            .toList())),
                    left-- > 0 ? List.of(firstOf(asked)) : List.of(),
                    List.of(),
                    inZone(asked));
        }
    }

    private Part firstOf(String asked) throws SQLException {
        Explanation explanation = new ReasonExplainer(views, period.zone())
                .explain((ExplainTarget.Reasons) ExplainTarget.parse(asked, period.zone(), period.day()));
        Part all = explanation.parts().get(0);
        List<LogLine> some = first(all.lines(), LINES_OF_A_REASON);
        return new Part(
                "",
                List.of("by hour, reason and code; the first lines:"),
                some,
                all.notShown() + all.lines().size() - some.size());
    }

    private static String terms(List<Long> terms) {
        long sum = terms.stream().mapToLong(Long::longValue).sum();
        return terms.size() == 1
                ? String.valueOf(sum)
                : terms.stream().map(String::valueOf).collect(Collectors.joining(" + ")) + " = " + sum;
    }

    private void server(ServerDay server, List<DayOutage> outages) {
        StateDurations time = server.time();
        LocalTimes times = new LocalTimes(period.day(), period.zone());
        List<String> sums = new ArrayList<>();
        sums.add("up " + time.upMs() + " ms + down " + time.downMs() + " ms + maintenance " + time.maintMs()
                + " ms + drain " + time.drainMs() + " ms + unknown " + time.unknownMs() + " ms = " + time.periodMs()
                + " ms");
        sums.add("availability = (up + drain) / (up + drain + down) = " + time.availabilityText());
        List<String> words = new ArrayList<>();
        for (StateSpan span : first(server.states(), MOST_STRETCHES)) {
            words.add(span.state().word() + " " + times.at(span.from()) + " to " + times.at(span.to()) + " = "
                    + period.inside(span.from(), span.to()) + " ms");
        }
        if (server.states().size() > MOST_STRETCHES) {
            words.add("and " + (server.states().size() - MOST_STRETCHES) + " more");
        }
        add(
                server,
                "lines-server-" + traces.size(),
                server.name() + on(server.node()) + ", the whole day",
                sums,
                List.of(new Part("", words, List.of(), 0)),
                first(own(server.name(), outages), MOST_STRETCHES),
                inZone(
                        server.explain() == null
                                ? period.day() + " " + server.nodes().get(0) + " " + server.name()
                                : server.explain()));
    }

    private void flapping(FlappingEpisode flaps, List<DayOutage> outages) {
        add(
                flaps,
                "lines-flapping-" + traces.size(),
                flaps.name() + on(flaps.node()) + " flapping",
                List.of(flaps.downs() + " DOWNs, including those that led to it; highest penalty "
                        + Math.round(flaps.peakPenalty())),
                List.of(),
                first(own(flaps.name(), outages), MOST_STRETCHES),
                inZone(
                        flaps.explain() == null
                                ? period.day() + " " + flaps.seenBy().nodes().get(0) + " " + flaps.name()
                                        + " flapping_ms"
                                : flaps.explain()));
    }

    private void incident(Incident incident, List<DayOutage> outages) {
        List<String> sums = new ArrayList<>();
        sums.add("outages = " + incident.outages()
                + (incident.nodeOutages() == incident.outages()
                        ? ""
                        : " (" + incident.nodeOutages() + " as each node saw them)")
                + ", of " + incident.servers() + " servers of " + incident.backends()
                + " backends, seen by " + incident.nodes() + " nodes");
        sums.add("lasted = from the first start to the last end = " + incident.durationMs() + " ms");
        if (incident.worstNode() != null) {
            sums.add("active servers left = the lowest count in a DOWN line of " + incident.worstBackend() + " on "
                    + incident.worstNode() + " = " + incident.activeLeft()
                    + "; before = the highest count, plus the server that went down = " + incident.activeBefore());
        }
        add(
                incident,
                "lines-incident-" + incident.incidentId(),
                "Incident " + incident.incidentId() + ": " + incident.label(),
                sums,
                List.of(),
                first(
                        links(
                                outages,
                                outage -> outage.sightings().stream()
                                        .anyMatch(seen -> incident.outageIds().contains(seen.id()))),
                        MOST_STRETCHES),
                ExplainTarget.command(incident.incidentId()));
    }

    private void sightings(Sightings server, List<DayOutage> outages) {
        String name = server.proxy() + "/" + server.server();
        add(
                server,
                "lines-seen-" + traces.size(),
                name + ", as " + server.nodes() + " nodes saw it",
                List.of("down for all nodes that had it in service " + server.allMs()
                        + " ms + for some while it was up for others "
                        + server.someMs() + " ms + for one while its state was unknown to the others "
                        + server.onlyMs()
                        + " ms: the rows of the view sightings with nodes_down > 0"),
                List.of(),
                first(links(outages, outage -> outage.name().equals(name)), MOST_STRETCHES),
                "risefall query \"from sightings where nodes_down > 0 order by proxy, server, from_at\"");
    }

    private static List<Link> own(String name, List<DayOutage> outages) {
        return links(outages, outage -> outage.name().equals(name));
    }

    private static List<Link> links(List<DayOutage> outages, Predicate<DayOutage> those) {
        return outages.stream()
                .filter(those)
                .map(outage -> new Link(
                        (outage.byNode().isEmpty() ? "lines-" : "lines-fleet-") + outage.id(),
                        "outage " + outage.id() + on(outage.node())))
                .toList();
    }

    private static String on(@Nullable String node) {
        return node == null ? "" : " on " + node;
    }

    /** Of the lines those that count, as long as there is room. */
    private void add(
            Object row,
            String anchor,
            String title,
            List<String> sums,
            List<Part> parts,
            List<Link> links,
            String command) {
        List<String> words = new ArrayList<>();
        List<LogLine> counting = new ArrayList<>();
        long all = 0;
        for (Part part : parts) {
            words.addAll(part.words());
            all += part.lines().size() + part.notShown();
            part.lines().stream().filter(LogLine::counts).forEach(counting::add);
        }
        List<LogLine> shown = first(counting, linesLeft);
        linesLeft -= shown.size();
        traces.add(new Trace(row, anchor, title, sums, words, shown, all - shown.size(), links, command));
    }

    private String inZone(String asked) {
        return ExplainTarget.command(asked) + " --zone " + period.zone().getId();
    }

    private static <T> List<T> first(Collection<T> all, int most) {
        return all.stream().limit(most).toList();
    }
}
