package io.risefall.query.report;

import io.risefall.query.report.DayReport.AtEnd;
import io.risefall.query.report.DayReport.Fleet;
import io.risefall.query.report.DayReport.Level;
import io.risefall.query.report.DayReport.OutageOfDay;
import io.risefall.query.report.DayReport.Server;
import io.risefall.query.report.DayReport.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The day in one sentence that a boss understands, and the sentences that keep it honest. */
final class Verdicts {
    /** Below this share of known time the verdict itself says how much is known. */
    private static final double WELL_COVERED = 0.99;

    private Verdicts() {}

    static Verdict of(
            Period period,
            Fleet fleet,
            List<Server> servers,
            List<OutageOfDay> outages,
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
        String more = coverage(period, fleet, coveredFrom, coveredTo);
        if (fleet.atEnd().down() > 0) {
            String when = period.isRunning() ? " down now" : " down at the end of the day";
            String sentence = fleet.atEnd().down() + " of " + servers(fleet.servers())
                    + (fleet.atEnd().down() == 1 ? " is" : " are") + when;
            sentence = period.isRunning()
                    ? sentence
                    : sentence.replace(" is down", " was down").replace(" are down", " were down");
            return new Verdict(Level.DOWN, sentence + "; " + outages(fleet, outages) + ".", more);
        }
        if (!outages.isEmpty()) {
            long hit = outages.stream().map(OutageOfDay::name).distinct().count();
            return new Verdict(
                    Level.TROUBLE,
                    plural(fleet.outages(), "outage") + " on " + hit + " of " + servers(fleet.servers())
                            + worst(outages) + ". " + atEnd(period, fleet.atEnd()),
                    more);
        }
        return new Verdict(Level.OK, quiet(period, fleet), more);
    }

    private static String quiet(Period period, Fleet fleet) {
        String soFar = period.isRunning() ? "so far today" : "all day";
        Times time = fleet.time();
        if (time.unknownMs() > 0) {
            return "No outage in what the log covers of " + servers(fleet.servers()) + ".";
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
        return plural(fleet.outages(), "outage") + worst(outages);
    }

    private static String worst(List<OutageOfDay> outages) {
        Optional<OutageOfDay> worst = outages.stream().max(Comparator.comparing(OutageOfDay::inDayMs));
        return worst.map(outage -> (outages.size() == 1 ? ", " : ", worst ") + outage.name() + " "
                        + Durations.words(outage.inDayMs()))
                .orElse("");
    }

    private static String atEnd(Period period, AtEnd atEnd) {
        List<String> rest = new ArrayList<>();
        if (atEnd.maint() > 0) {
            rest.add(atEnd.maint() + " in maintenance");
        }
        if (atEnd.unknown() > 0) {
            rest.add(atEnd.unknown() + " unknown");
        }
        String when = period.isRunning() ? " now" : " at the end of the day";
        if (rest.isEmpty()) {
            return "None is down" + when + ".";
        }
        return "None is known to be down" + when + " (" + String.join(", ", rest) + ").";
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
