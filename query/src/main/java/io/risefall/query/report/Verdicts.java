package io.risefall.query.report;

import io.risefall.query.report.DayReport.AtEnd;
import io.risefall.query.report.DayReport.Fleet;
import io.risefall.query.report.DayReport.Level;
import io.risefall.query.report.DayReport.OutageOfDay;
import io.risefall.query.report.DayReport.Planned;
import io.risefall.query.report.DayReport.Server;
import io.risefall.query.report.DayReport.Verdict;
import io.risefall.schemas.message.Health;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The day in one sentence that a boss understands, and the sentences that keep it honest. */
final class Verdicts {
    /** Below this share of known time the verdict itself says how much is known. */
    private static final double WELL_COVERED = 0.99;

    /** Below this share, no outage seen is no good news. */
    private static final double MOSTLY_COVERED = 0.5;

    /** So many servers are named in a sentence. */
    private static final int NAMED = 3;

    private Verdicts() {}

    static Verdict of(
            Period period,
            Fleet fleet,
            List<Server> servers,
            List<OutageOfDay> outages,
            List<Planned> planned,
            @Nullable Instant coveredFrom,
            @Nullable Instant coveredTo) {
        if (period.isFuture()) {
            return new Verdict(Level.UNKNOWN, "This day has not begun yet.", "");
        }
        if (servers.isEmpty()) {
            return new Verdict(
                    Level.UNKNOWN,
                    "The log says nothing about this day.",
                    "No line about any server on it or before it: that is neither good nor bad news.");
        }
        if (!fleet.time().isKnown()) {
            return new Verdict(
                    Level.UNKNOWN,
                    "Nothing is known about " + servers(fleet.servers()) + " on this day.",
                    "The log has lines about them, and none tells their state on this day.");
        }
        String more = (coverage(period, fleet, coveredFrom, coveredTo) + " " + forgotten(period, planned)).strip();
        if (fleet.atEnd().down() > 0) {
            String outage = outages.isEmpty() ? "" : "; " + outages(fleet, outages);
            Level level = fleet.atEnd().down() > fleet.atEnd().downForSome() ? Level.DOWN : Level.TROUBLE;
            return new Verdict(level, down(period, fleet, servers, outages) + outage + ".", more);
        }
        String within = within(period, fleet, coveredFrom, coveredTo);
        if (!outages.isEmpty()) {
            String sentence = plural(fleet.outages(), "outage") + " on " + grouped(fleet.outageServers()) + " of "
                    + servers(fleet.servers()) + within + seenBy(fleet) + worst(outages) + ". "
                    + atEnd(period, fleet);
            return new Verdict(Level.TROUBLE, sentence, more);
        }
        Double coverage = fleet.time().coverage();
        Level level = coverage != null && coverage >= MOSTLY_COVERED ? Level.OK : Level.UNKNOWN;
        return new Verdict(level, quiet(period, fleet, within), more);
    }

    private static String down(Period period, Fleet fleet, List<Server> servers, List<OutageOfDay> outages) {
        int down = fleet.atEnd().down();
        boolean one = down == 1;
        String of = grouped(down) + " of " + servers(fleet.servers());
        String which = ": "
                + names(servers.stream()
                        .filter(server -> server.state() == Health.DOWN)
                        .toList());
        long doubtful = doubtful(outages);
        if (doubtful >= down) {
            return of + (one ? " was" : " were") + " down when last heard of, and " + (one ? "is" : "are")
                    + " not certain to be" + which;
        }
        String verb = period.isPresent() ? (one ? " is" : " are") : (one ? " was" : " were");
        String doubt = doubtful == 0 ? "" : " (" + grouped(doubtful) + " of them not for certain)";
        int some = fleet.atEnd().downForSome();
        String partly = some == 0
                ? ""
                : some == fleet.atEnd().down()
                        ? ", for some load balancers only"
                        : ", " + grouped(some) + " of them for some load balancers only";
        return of + verb + " down " + period.whenEnd() + doubt + partly + which;
    }

    /** How many servers are DOWN only by outages of which it is not certain that they still last. */
    private static long doubtful(List<OutageOfDay> outages) {
        List<OutageOfDay> open =
                outages.stream().filter(outage -> outage.endedAt() == null).toList();
        Set<String> certain = open.stream()
                .filter(OutageOfDay::certain)
                .map(OutageOfDay::name)
                .collect(Collectors.toSet());
        return open.stream()
                .map(OutageOfDay::name)
                .filter(name -> !certain.contains(name))
                .distinct()
                .count();
    }

    /** {@code , seen by 4 load balancers, 2 outages not by all}, where several watch. */
    private static String seenBy(Fleet fleet) {
        if (fleet.nodes() < 2) {
            return "";
        }
        int some = fleet.seenBySome();
        String only = some == 0
                ? ""
                : some == fleet.outages()
                        ? (some == 1 ? ", and not by all" : ", no outage by all")
                        : ", " + plural(some, "outage") + " not by all";
        return ", seen by " + loadBalancers(fleet.outageNodes()) + only;
    }

    static String loadBalancers(int count) {
        return plural(count, "load balancer");
    }

    /** What is out of service for so long that it may be forgotten. */
    private static String forgotten(Period period, List<Planned> planned) {
        List<Planned> forgotten = planned.stream()
                .filter(Planned::forgotten)
                .sorted(Comparator.comparing(Planned::from))
                .toList();
        if (forgotten.isEmpty()) {
            return "";
        }
        Planned oldest = forgotten.get(0);
        String state = oldest.state() == Health.DRAIN ? "draining" : "in maintenance";
        String first = oldest.name() + (period.isPresent() ? " has been " : " had been ") + state + " for "
                + Durations.words(oldest.lastsMs()) + " " + period.whenEnd();
        int more = forgotten.size() - 1;
        return "Perhaps forgotten: " + first.replace(" now", "")
                + (more == 0 ? "" : ", and " + grouped(more) + " more for long") + ".";
    }

    /** {@code  in the 59 s that the log covers}, where that is not the whole period. */
    private static String within(
            Period period, Fleet fleet, @Nullable Instant coveredFrom, @Nullable Instant coveredTo) {
        if (coverage(period, fleet, coveredFrom, coveredTo).isEmpty() || coveredFrom == null || coveredTo == null) {
            return "";
        }
        long covered = coveredTo.toEpochMilli() - coveredFrom.toEpochMilli();
        return covered < period.inside(period.from(), period.to()) * WELL_COVERED
                ? " in the " + Durations.words(covered) + " that the log covers"
                : "";
    }

    private static String quiet(Period period, Fleet fleet, String within) {
        String soFar = period.isRunning() ? "so far today" : "all day";
        Times time = fleet.time();
        if (time.unknownMs() > 0) {
            return "No outage of " + servers(fleet.servers())
                    + (within.isEmpty() ? " in the time that the log covers" : within) + ".";
        }
        if (time.downMs() > 0) {
            return "No outage of " + servers(fleet.servers()) + " " + soFar + ".";
        }
        if (time.maintMs() > 0) {
            return "No outage of " + servers(fleet.servers()) + " " + soFar + "; " + Durations.words(time.maintMs())
                    + " of maintenance.";
        }
        String all = fleet.servers() == 1 ? "The only server" : "All " + servers(fleet.servers());
        String were = period.isRunning()
                ? (fleet.servers() == 1 ? " has been up " : " have been up ")
                : (fleet.servers() == 1 ? " was up " : " were up ");
        return all + were + soFar + ".";
    }

    private static String outages(Fleet fleet, List<OutageOfDay> outages) {
        return plural(fleet.outages(), "outage") + seenBy(fleet) + worst(outages);
    }

    private static String worst(List<OutageOfDay> outages) {
        Optional<OutageOfDay> worst = outages.stream()
                .max(Comparator.comparing(OutageOfDay::durationMs).thenComparing(OutageOfDay::inDayMs));
        return worst.map(outage ->
                        (outages.size() == 1 ? ", " : ", worst ") + outage.name() + " (" + length(outage) + ")")
                .orElse("");
    }

    /** The whole length, and where that is another, what of it lies in the day. */
    static String length(OutageOfDay outage) {
        return Durations.words(outage.durationMs())
                + (outage.inDayMs() == outage.durationMs()
                        ? ""
                        : ", " + Durations.words(outage.inDayMs()) + " of it on this day");
    }

    private static String atEnd(Period period, Fleet fleet) {
        AtEnd atEnd = fleet.atEnd();
        String when = " " + period.whenEnd();
        if (atEnd.unknown() == fleet.servers()) {
            return "Their state" + when + " is unknown.";
        }
        List<String> rest = new ArrayList<>();
        if (atEnd.maint() > 0) {
            rest.add(grouped(atEnd.maint()) + " in maintenance");
        }
        if (atEnd.unknown() > 0) {
            rest.add(grouped(atEnd.unknown()) + " unknown");
        }
        String brackets = rest.isEmpty() ? "" : " (" + String.join(", ", rest) + ")";
        String verb = period.isPresent() ? "is" : "was";
        return (atEnd.unknown() > 0 ? "None " + verb + " known to be down" : "None " + verb + " down") + when + brackets
                + ".";
    }

    private static String coverage(
            Period period, Fleet fleet, @Nullable Instant coveredFrom, @Nullable Instant coveredTo) {
        Double coverage = fleet.time().coverage();
        if (coveredFrom == null || coveredTo == null || coverage == null || coverage >= WELL_COVERED) {
            return "";
        }
        long covered = coveredTo.toEpochMilli() - coveredFrom.toEpochMilli();
        long whole = period.to().toEpochMilli() - period.from().toEpochMilli();
        String of = period.isRunning() ? " of the day so far" : " of the day";
        if (covered < whole * WELL_COVERED) {
            return "The log covers " + Durations.words(covered) + of + "; of the rest nothing is known.";
        }
        return "Of all server time, " + fleet.time().coverageWords() + " is known.";
    }

    /** {@code web/a, web/b, web/c and 2 more}. */
    static String names(List<Server> servers) {
        String some = String.join(
                ", ", servers.stream().limit(NAMED).map(Server::name).toList());
        return servers.size() <= NAMED ? some : some + " and " + grouped((long) servers.size() - NAMED) + " more";
    }

    static String servers(int count) {
        return plural(count, "server");
    }

    static String plural(long count, String noun) {
        return grouped(count) + " " + (count == 1 ? noun : noun + "s");
    }

    /** {@code 12 345}: groups of three, with a space that does not break. */
    static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count).replace(',', '\u00a0');
    }
}
