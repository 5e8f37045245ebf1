package io.risefall.query.report.text;

import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.FleetDay;
import io.risefall.query.report.model.Level;
import io.risefall.query.report.model.MaintenanceWindow;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.model.ServersAtEnd;
import io.risefall.query.report.model.StateDurations;
import io.risefall.query.report.model.Verdict;
import io.risefall.query.text.Counts;
import io.risefall.query.time.Durations;
import io.risefall.schemas.message.Health;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The day in one sentence that a boss understands, and the sentences that keep it honest. */
public final class VerdictText {
    /** Below this share of known time the verdict itself says how much is known. */
    private static final double WELL_COVERED = 0.99;

    /** Below this share, no outage seen is no good news. */
    private static final double MOSTLY_COVERED = 0.5;

    private VerdictText() {}

    public static Verdict of(
            Period period,
            FleetDay fleet,
            List<ServerDay> servers,
            List<DayOutage> outages,
            List<MaintenanceWindow> planned,
            @Nullable Instant coveredFrom,
            @Nullable Instant coveredTo) {
        if (period.isFuture()) {
            return new Verdict(Level.UNKNOWN, "This day has not begun yet.", "");
        }
        if (servers.isEmpty()) {
            return new Verdict(
                    Level.UNKNOWN,
                    "The log says nothing about this day.",
                    "There is no line about any server on or before this day: that is neither good nor bad news.");
        }
        if (!fleet.time().isKnown()) {
            return new Verdict(
                    Level.UNKNOWN,
                    "Nothing is known about " + Counts.servers(fleet.servers()) + " on this day.",
                    "The log has lines about them, but none shows their state on this day.");
        }
        String more = (coverage(period, fleet, coveredFrom, coveredTo) + " " + forgotten(period, planned)).strip();
        if (fleet.atEnd().down() > 0) {
            String outage = outages.isEmpty() ? "" : "; " + outages(fleet, outages);
            Level level = fleet.atEnd().down() > fleet.atEnd().downForSome() ? Level.DOWN : Level.TROUBLE;
            return new Verdict(level, down(period, fleet, servers, outages) + outage + ".", more);
        }
        String within = within(period, fleet, coveredFrom, coveredTo);
        if (!outages.isEmpty()) {
            String sentence =
                    Counts.plural(fleet.outages(), "outage") + " on " + Counts.grouped(fleet.outageServers()) + " of "
                            + Counts.servers(fleet.servers()) + within + seenBy(fleet) + worst(outages) + ". "
                            + atEnd(period, fleet);
            return new Verdict(Level.TROUBLE, sentence, more);
        }
        Double coverage = fleet.time().coverage();
        Level level = coverage != null && coverage >= MOSTLY_COVERED ? Level.OK : Level.UNKNOWN;
        return new Verdict(level, quiet(period, fleet, within), more);
    }

    private static String down(Period period, FleetDay fleet, List<ServerDay> servers, List<DayOutage> outages) {
        int down = fleet.atEnd().down();
        boolean one = down == 1;
        String of = Counts.grouped(down) + " of " + Counts.servers(fleet.servers());
        String which = ": "
                + ServerDay.names(servers.stream()
                        .filter(server -> server.state() == Health.DOWN)
                        .toList());
        long doubtful = doubtful(outages);
        if (doubtful >= down) {
            return of + (one ? " was" : " were") + " down at " + (one ? "its" : "their") + " last line, but may"
                    + " be up again" + which;
        }
        String verb = period.isPresent() ? (one ? " is" : " are") : (one ? " was" : " were");
        String doubt = doubtful == 0 ? "" : " (" + Counts.grouped(doubtful) + " of them uncertain)";
        int some = fleet.atEnd().downForSome();
        String partly = some == 0
                ? ""
                : some == fleet.atEnd().down()
                        ? ", for only some load balancers"
                        : ", " + Counts.grouped(some) + " of them for only some load balancers";
        return of + verb + " down " + period.whenEnd() + doubt + partly + which;
    }

    /** How many servers are DOWN only by outages of which it is not certain that they still last. */
    private static long doubtful(List<DayOutage> outages) {
        List<DayOutage> open =
                outages.stream().filter(outage -> outage.endedAt() == null).toList();
        Set<String> certain =
                open.stream().filter(DayOutage::certain).map(DayOutage::name).collect(Collectors.toSet());
        return open.stream()
                .map(DayOutage::name)
                .filter(name -> !certain.contains(name))
                .distinct()
                .count();
    }

    /** {@code , seen by 4 load balancers, 2 outages not by all}, where several watch. */
    private static String seenBy(FleetDay fleet) {
        if (fleet.nodes() < 2) {
            return "";
        }
        int some = fleet.seenBySome();
        String only = some == 0
                ? ""
                : some == fleet.outages()
                        ? (some == 1 ? ", not by all" : ", none by all")
                        : ", " + Counts.plural(some, "outage") + " by only some of them";
        return ", seen by " + Counts.loadBalancers(fleet.outageNodes()) + only;
    }

    /** What is out of service for so long that it may be forgotten. */
    private static String forgotten(Period period, List<MaintenanceWindow> planned) {
        List<MaintenanceWindow> forgotten = planned.stream()
                .filter(MaintenanceWindow::forgotten)
                .sorted(Comparator.comparing(MaintenanceWindow::from))
                .toList();
        if (forgotten.isEmpty()) {
            return "";
        }
        MaintenanceWindow oldest = forgotten.get(0);
        String state = oldest.state() == Health.DRAIN ? "draining" : "in maintenance";
        String first = oldest.name() + (period.isPresent() ? " has been " : " had been ") + state + " for "
                + Durations.text(oldest.lastsMs()) + " " + period.whenEnd();
        int more = forgotten.size() - 1;
        return "Possibly forgotten: " + first.replace(" now", "")
                + (more == 0 ? "" : ", and " + Counts.grouped(more) + " more for a long time") + ".";
    }

    /** {@code  in the 59 s that the log covers}, where that is not the whole period. */
    private static String within(
            Period period, FleetDay fleet, @Nullable Instant coveredFrom, @Nullable Instant coveredTo) {
        if (coverage(period, fleet, coveredFrom, coveredTo).isEmpty() || coveredFrom == null || coveredTo == null) {
            return "";
        }
        long covered = coveredTo.toEpochMilli() - coveredFrom.toEpochMilli();
        return covered < period.inside(period.from(), period.to()) * WELL_COVERED
                ? " in the " + Durations.text(covered) + " that the log covers"
                : "";
    }

    private static String quiet(Period period, FleetDay fleet, String within) {
        String soFar = period.isRunning() ? "so far today" : "all day";
        StateDurations time = fleet.time();
        if (time.unknownMs() > 0) {
            return "No outage of " + Counts.servers(fleet.servers())
                    + (within.isEmpty() ? " in the time that the log covers" : within) + ".";
        }
        if (time.downMs() > 0) {
            return "No outage of " + Counts.servers(fleet.servers()) + " " + soFar + ".";
        }
        if (time.maintMs() > 0) {
            return "No outage of " + Counts.servers(fleet.servers()) + " " + soFar + "; "
                    + Durations.text(time.maintMs()) + " of maintenance.";
        }
        String all = fleet.servers() == 1 ? "The only server" : "All " + Counts.servers(fleet.servers());
        String were = period.isRunning()
                ? (fleet.servers() == 1 ? " has been up " : " have been up ")
                : (fleet.servers() == 1 ? " was up " : " were up ");
        return all + were + soFar + ".";
    }

    private static String outages(FleetDay fleet, List<DayOutage> outages) {
        return Counts.plural(fleet.outages(), "outage") + seenBy(fleet) + worst(outages);
    }

    private static String worst(List<DayOutage> outages) {
        Optional<DayOutage> worst =
                outages.stream().max(Comparator.comparing(DayOutage::durationMs).thenComparing(DayOutage::inDayMs));
        return worst.map(outage ->
                        (outages.size() == 1 ? ", " : ", worst ") + outage.name() + " (" + length(outage) + ")")
                .orElse("");
    }

    /** The whole length, and where that is another, what of it lies in the day. */
    static String length(DayOutage outage) {
        return Durations.text(outage.durationMs())
                + (outage.inDayMs() == outage.durationMs()
                        ? ""
                        : ", " + Durations.text(outage.inDayMs()) + " of it on this day");
    }

    private static String atEnd(Period period, FleetDay fleet) {
        ServersAtEnd atEnd = fleet.atEnd();
        String when = " " + period.whenEnd();
        if (atEnd.unknown() == fleet.servers()) {
            return "Their state" + when + " is unknown.";
        }
        List<String> rest = new ArrayList<>();
        if (atEnd.maint() > 0) {
            rest.add(Counts.grouped(atEnd.maint()) + " in maintenance");
        }
        if (atEnd.unknown() > 0) {
            rest.add(Counts.grouped(atEnd.unknown()) + " unknown");
        }
        String brackets = rest.isEmpty() ? "" : " (" + String.join(", ", rest) + ")";
        String verb = period.isPresent() ? "is" : "was";
        return (atEnd.unknown() > 0 ? "None " + verb + " known to be down" : "None " + verb + " down") + when
                + brackets
                + ".";
    }

    private static String coverage(
            Period period, FleetDay fleet, @Nullable Instant coveredFrom, @Nullable Instant coveredTo) {
        Double coverage = fleet.time().coverage();
        if (coveredFrom == null || coveredTo == null || coverage == null || coverage >= WELL_COVERED) {
            return "";
        }
        long covered = coveredTo.toEpochMilli() - coveredFrom.toEpochMilli();
        long whole = period.to().toEpochMilli() - period.from().toEpochMilli();
        String of = period.isRunning() ? " of the day so far" : " of the day";
        if (covered < whole * WELL_COVERED) {
            return "The log covers " + Durations.text(covered) + of + "; nothing is known about the rest.";
        }
        return fleet.time().coverageText() + " of all server time is known.";
    }
}
