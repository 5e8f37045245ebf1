package io.risefall.query.report.evidence;

import io.risefall.query.explain.model.Explanation.Part;
import io.risefall.query.report.model.FlappingEpisode;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.Sightings;
import io.risefall.query.report.model.StateDurations;
import io.risefall.query.report.model.StateSpan;
import io.risefall.query.time.LocalTimes;
import java.util.ArrayList;
import java.util.List;

/** How the numbers of one server come about: those of its day, of its flapping, and of what several nodes saw of it. */
record ServerTraces(TraceList traces, OutageLinks outages) {
    void add(ServerDay server) {
        StateDurations time = server.time();
        Period period = traces.period();
        List<String> sums = List.of(
                "up " + time.upMs() + " ms + down " + time.downMs() + " ms + maintenance " + time.maintMs()
                        + " ms + drain " + time.drainMs() + " ms + unknown " + time.unknownMs() + " ms = "
                        + time.periodMs() + " ms",
                "availability = (up + drain) / (up + drain + down) = " + time.availabilityText());
        traces.add(
                server,
                "lines-server-" + traces.next(),
                server.name() + TraceList.on(server.node()) + ", the whole day",
                sums,
                List.of(new Part("", stretches(server.states(), period), List.of(), 0)),
                outages.of(server.name()),
                traces.command(
                        server.explain() == null
                                ? period.day() + " " + server.nodes().get(0) + " " + server.name()
                                : server.explain()));
    }

    private static List<String> stretches(List<StateSpan> states, Period period) {
        LocalTimes times = new LocalTimes(period.day(), period.zone());
        List<String> words = new ArrayList<>();
        states.stream()
                .limit(TraceList.MOST_PIECES)
                .forEach(span -> words.add(span.state().word() + " " + times.at(span.from()) + " to "
                        + times.at(span.to()) + " = " + period.inside(span.from(), span.to()) + " ms"));
        if (states.size() > TraceList.MOST_PIECES) {
            words.add("and " + (states.size() - TraceList.MOST_PIECES) + " more");
        }
        return words;
    }

    void add(FlappingEpisode flaps) {
        traces.add(
                flaps,
                "lines-flapping-" + traces.next(),
                flaps.name() + TraceList.on(flaps.node()) + " flapping",
                List.of(flaps.downs() + " DOWNs, including those that led to it; highest penalty "
                        + Math.round(flaps.peakPenalty())),
                outages.of(flaps.name()),
                traces.command(
                        flaps.explain() == null
                                ? traces.period().day() + " "
                                        + flaps.seenBy().nodes().get(0) + " " + flaps.name() + " flapping_ms"
                                : flaps.explain()));
    }

    void add(Sightings server) {
        String name = server.proxy() + "/" + server.server();
        traces.add(
                server,
                "lines-seen-" + traces.next(),
                name + ", as " + server.nodes() + " nodes saw it",
                List.of("down for all nodes that had it in service " + server.allMs()
                        + " ms + for some while it was up for others "
                        + server.someMs() + " ms + for one while its state was unknown to the others "
                        + server.onlyMs()
                        + " ms: the rows of the view sightings with nodes_down > 0"),
                outages.of(name),
                "risefall query \"from sightings where nodes_down > 0 order by proxy, server, from_at\"");
    }
}
