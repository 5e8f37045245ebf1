package io.risefall.query.report.caveat;

import static io.risefall.query.text.Counts.grouped;
import static io.risefall.query.text.Counts.plural;

import io.risefall.query.report.cause.Cause;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.SourceTally;
import io.risefall.query.report.model.StateSpan;
import io.risefall.query.time.LocalTimes;
import io.risefall.schemas.message.Health;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** What to know before believing the numbers: each sentence only where it is true of this day or period. */
public final class Caveats {
    /** A server whose first word of the day comes later than this is worth a sentence. */
    private static final Duration LATE = Duration.ofMinutes(5);

    /** A list that is longer is looked at in the warehouse. */
    private static final int LISTED = 10;

    private Caveats() {}

    /**
     * Reads and words them.
     *
     * @param knownUntil until when the log of each node tells
     * @param servers that count
     * @param outages that count
     */
    public static List<String> read(
            Connection views,
            DayRequest request,
            Period period,
            Map<String, Instant> knownUntil,
            List<ServerDay> servers,
            List<DayOutage> outages,
            List<SourceTally> sources,
            Absences absences)
            throws SQLException {
        List<String> caveats = new ArrayList<>();
        rejected(caveats, sources);
        unknown(caveats, period, servers);
        outages(caveats, outages);
        lines(caveats, period, outages, LineCounts.read(views, period, request), absences);
        fleet(caveats, period, knownUntil, servers);
        ClockOffset.read(views, request).forEach(clock -> caveats.add(clock.words()));
        LocalTimes times = period.times();
        caveats.addAll(absences.words(times, period.during()));
        silences(caveats, Silence.read(views, period, request), times);
        SameHost.read(views).stream().limit(LISTED).map(SameHost::words).forEach(caveats::add);
        losses(caveats, CountMismatch.read(views, period, request), times);
        caveats.addAll(CorrectionReach.read(views, request).words());
        long repeats = sum(sources, SourceTally::repeats);
        if (repeats > 0) {
            caveats.add(grouped(repeats) + (repeats == 1 ? " repeated line was" : " repeated lines were")
                    + " counted once (over all days).");
        }
        caveats.addAll(DeletedHistory.words(views, period));
        caveats.addAll(MissedRecords.words(views, period));
        caveats.addAll(UnprocessedRecords.words(views, period));
        caveats.addAll(SourceCaveats.read(views));
        SilencedAlerts.read(views, period, request).stream()
                .limit(LISTED)
                .map(silence -> silence.words(times))
                .forEach(caveats::add);
        caveats.addAll(RoleHint.of(period, servers, outages));
        return caveats;
    }

    private static void rejected(List<String> caveats, List<SourceTally> sources) {
        long unstamped = sum(sources, SourceTally::unstamped);
        if (unstamped > 0) {
            String from = sources.stream()
                    .filter(source -> source.unstamped() > 0)
                    .limit(LISTED)
                    .map(SourceTally::source)
                    .collect(Collectors.joining(", "));
            caveats.add(
                    plural(unstamped, "health line") + " of " + from + (unstamped == 1 ? " has" : " have")
                            + " no timestamp, and no line nearby repeats " + (unstamped == 1 ? "it" : "them")
                            + " with one (over all days), so the time is unknown and they do not count. Import a log with timestamps, such as docker logs --timestamps.");
        }
        long rejected = sum(sources, SourceTally::rejected) - unstamped;
        if (rejected > 0) {
            caveats.add(plural(rejected, "line")
                    + (rejected == 1 ? " looks like a health line" : " look like health lines")
                    + " but cannot be read (over all days): see the view rejected. What they report is missing here.");
        }
    }

    private static void silences(List<String> caveats, List<Silence> silences, LocalTimes times) {
        silences.stream().limit(LISTED).map(silence -> silence.words(times)).forEach(caveats::add);
        if (silences.size() > LISTED) {
            caveats.add("Nodes logged nothing for longer than usual " + grouped((long) silences.size() - LISTED)
                    + " more times: see the view silences.");
        }
    }

    private static void losses(List<String> caveats, List<CountMismatch> losses, LocalTimes times) {
        if (losses.isEmpty()) {
            return;
        }
        boolean away = losses.stream().allMatch(CountMismatch::absence);
        caveats.add("Lines seem to be missing: HAProxy's server counts do not match the lines before them, by"
                + " at least "
                + plural(losses.stream().mapToLong(CountMismatch::missing).sum(), "change")
                + " of servers. The availability bounds allow for that; outages without a line are not shown."
                + (away
                        ? " Risefall was away then, which explains it."
                        : " A weight that became 0, a log target's level or a restart with the same pid can"
                                + " also explain it."));
        losses.stream()
                .limit(LISTED)
                .map(lost -> "Missing: " + lost.words(times) + ".")
                .forEach(caveats::add);
        if (losses.size() > LISTED) {
            caveats.add(
                    "Missing: " + grouped((long) losses.size() - LISTED) + " more such periods: see the view losses.");
        }
    }

    private static void unknown(List<String> caveats, Period period, List<ServerDay> servers) {
        long never = servers.stream().filter(server -> !server.time().isKnown()).count();
        if (never > 0) {
            caveats.add("Nothing is known about " + plural(never, "server") + " " + period.during()
                    + "; availability is unknown.");
        }
        List<ServerDay> late = servers.stream()
                .filter(server -> server.time().isKnown())
                .filter(server -> firstKnown(server).isAfter(period.from().plus(LATE)))
                .toList();
        if (!late.isEmpty()) {
            caveats.add("The first line about " + plural(late.size(), "server") + " comes late ("
                    + ServerDay.names(late) + "); the state until then is unknown.");
        }
        if (period.knownUntil() != null) {
            caveats.add("The log ends at " + period.times().at(period.knownUntil())
                    + "; after that, the state of every server is unknown.");
        }
        List<ServerDay> lost = servers.stream()
                .filter(server ->
                        server.state() == Health.UNKNOWN && server.time().isKnown())
                .toList();
        if (!lost.isEmpty()) {
            caveats.add("The state of " + plural(lost.size(), "server") + " at the end is unknown"
                    + " (" + ServerDay.names(lost) + "): nothing was logged after a reload, or the"
                    + " node's log ended early.");
        }
    }

    private static void outages(List<String> caveats, List<DayOutage> outages) {
        long open = outages.stream()
                .filter(outage -> !outage.certain() && outage.endedAt() == null)
                .count();
        if (open > 0) {
            caveats.add(plural(open, "outage") + (open == 1 ? " is" : " are") + " open but may already have ended.");
        }
        long inferred = outages.stream()
                .filter(outage -> !outage.certain() && outage.endedAt() != null)
                .count();
        if (inferred > 0) {
            caveats.add("The start or end of " + plural(inferred, "outage") + " is inferred, not logged.");
        }
        long silent = outages.stream()
                .filter(outage -> outage.reason() == null && outage.via() == null)
                .filter(outage -> outage.diagnosis().cause() == Cause.CANNOT_TELL)
                .count();
        if (silent > 0) {
            caveats.add("No line gives the reason for " + plural(silent, "outage") + ".");
        }
    }

    /** What several nodes make of one server, and which of them do not tell of the end. */
    private static void fleet(
            List<String> caveats, Period period, Map<String, Instant> knownUntil, List<ServerDay> servers) {
        if (servers.stream().noneMatch(server -> server.nodes().size() > 1)) {
            return;
        }
        caveats.add("Several load balancers (nodes) watch the same servers. Each server and each outage counts"
                + " once here: a server is down from the first node that saw it DOWN to the last. Time that"
                + " only some nodes saw is included, and is also shown on its own. The views show what"
                + " each node saw.");
        LocalTimes times = period.times();
        List<String> ended = knownUntil.entrySet().stream()
                .filter(node -> !period.isFuture() && !period.reachesTheEnd(node.getValue()))
                .sorted(Map.Entry.comparingByKey())
                .map(node -> node.getKey() + " at " + times.at(node.getValue()))
                .toList();
        if (!ended.isEmpty()) {
            caveats.add("Some logs end before the others: "
                    + String.join(", ", ended.subList(0, Math.min(LISTED, ended.size())))
                    + (ended.size() > LISTED ? " and " + grouped(ended.size() - (long) LISTED) + " more" : "")
                    + ". From then on, only what the other nodes saw counts.");
        }
    }

    private static void lines(
            List<String> caveats, Period period, List<DayOutage> outages, LineCounts lines, Absences absences) {
        if (lines.downs() > 0 && lines.ups() == 0 && !lines.everUp() && seemEndless(outages, absences)) {
            caveats.add("The " + period.noun() + " has " + plural(lines.downs(), "DOWN line")
                    + " but no UP line. A log target at"
                    + " level warning or alert never receives UP lines, so outages seem endless.");
        }
        if (lines.withoutPid() > 0) {
            caveats.add(plural(lines.withoutPid(), "line") + " of the " + period.noun() + " "
                    + (lines.withoutPid() == 1 ? "lacks" : "lack")
                    + " the process id, so reloads cannot be detected in them: an outage that spans a"
                    + " reload may count twice.");
        }
        boolean oddZone = period.zone().getRules().getOffset(period.from()).getTotalSeconds() % 3600 != 0;
        if (oddZone) {
            caveats.add("Failed checks are counted per UTC hour; in this zone those hours do not start on the hour.");
        }
    }

    /** Not where one is known to have ended, nor where Risefall was away: then the UP lines may be what it missed. */
    private static boolean seemEndless(List<DayOutage> outages, Absences absences) {
        return absences.away().isEmpty()
                && absences.unconfirmed().isEmpty()
                && outages.stream().anyMatch(outage -> outage.endedAt() == null)
                && outages.stream().allMatch(outage -> outage.endedAt() == null || "unknown".equals(outage.endedBy()));
    }

    private static Instant firstKnown(ServerDay server) {
        return server.states().stream()
                .filter(span -> span.state() != Health.UNKNOWN)
                .map(StateSpan::from)
                .findFirst()
                .orElse(Instant.MAX);
    }

    private static long sum(List<SourceTally> sources, ToLongFunction<SourceTally> count) {
        return sources.stream().mapToLong(count).sum();
    }
}
