package io.risefall.query.report.period;

import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.FleetDay;
import io.risefall.query.report.model.Period;
import io.risefall.query.text.Counts;
import io.risefall.query.time.Durations;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The period before, and what is different now.
 *
 * @param words {@code October 2026}
 * @param from its begin
 * @param to its end; while this period lasts, as far into it as this one has got
 * @param compared whether the log covers it, so that there is something to compare with
 * @param sentence the difference, or why nothing is compared
 * @param fleet its numbers; null where nothing is compared
 * @param changes what is worse first; what is the same is left out
 */
public record PeriodComparison(
        String words,
        Instant from,
        Instant to,
        boolean compared,
        String sentence,
        @Nullable FleetDay fleet,
        List<PeriodChange> changes) {
    /** The log need not begin or end with the period to the minute: so much of it may be missing. */
    private static final int MISSING_PARTS_OF_HUNDRED = 5;

    /** Reads the period before that of {@code now}. */
    static PeriodComparison read(PeriodRequest request, PeriodFigures now, Instant moment) throws SQLException {
        CalendarPeriod days = request.period().before();
        Instant until = now.period().isRunning()
                ? days.sameMoment(now.period().to(), request.period(), request.zone())
                : moment;
        PeriodFigures before = now.during(request.of(days), until);
        String words = days.words()
                + (before.period().isRunning()
                        ? " until "
                                + before.period().times().full(before.period().to())
                        : "");
        String missing = missing(before, words);
        List<PeriodChange> changes = missing == null ? changes(now, before) : List.of();
        return new PeriodComparison(
                days.words(),
                before.period().from(),
                before.period().to(),
                missing == null,
                missing == null ? difference(now.fleet(), before.fleet(), changes, words) : missing,
                missing == null ? before.fleet() : null,
                changes);
    }

    /** Why nothing is compared; null where it is. */
    private static @Nullable String missing(PeriodFigures before, String words) {
        Period period = before.period();
        Instant from = before.days().coveredFrom();
        Instant to = before.days().coveredTo();
        if (from == null || to == null || before.servers().isEmpty()) {
            return "The log does not cover the period before, " + words + ": nothing is compared with it.";
        }
        long known = period.inside(from, to);
        long all = period.inside(period.from(), period.to());
        return (all - known) * 100 > all * MISSING_PARTS_OF_HUNDRED
                ? "Of the period before, " + words + ", the log covers only "
                        + period.times().full(from) + " to " + period.times().full(to)
                        + ": nothing is compared with it."
                : null;
    }

    private static List<PeriodChange> changes(PeriodFigures now, PeriodFigures before) {
        List<PeriodChange> changes = new ArrayList<>();
        Map<Subject, Troubles> nowOf = troubles(now);
        Map<Subject, Troubles> beforeOf = troubles(before);
        Set<Subject> all = new LinkedHashSet<>(nowOf.keySet());
        all.addAll(beforeOf.keySet());
        for (Subject one : all) {
            PeriodChange change = PeriodChange.of(
                    one.proxy,
                    one.server,
                    one.reason,
                    nowOf.getOrDefault(one, Troubles.NONE),
                    beforeOf.getOrDefault(one, Troubles.NONE));
            if (change.change() != PeriodChange.Kind.SAME) {
                changes.add(change);
            }
        }
        changes.sort(PeriodChange.WORST_FIRST);
        return changes;
    }

    private static Map<Subject, Troubles> troubles(PeriodFigures figures) {
        Map<Subject, Troubles> troubles = new HashMap<>();
        for (DayOutage outage : figures.counted()) {
            troubles.merge(
                    new Subject(outage.proxy(), outage.server(), ReasonPeriod.words(outage.reason())),
                    Troubles.of(outage),
                    Troubles::plus);
        }
        for (BackendPeriod backend : figures.backends()) {
            troubles.put(
                    new Subject(backend.proxy(), null, null),
                    new Troubles(backend.withoutServer(), backend.withoutServerMs()));
        }
        return troubles;
    }

    private static String difference(FleetDay now, FleetDay before, List<PeriodChange> changes, String words) {
        List<String> counts = new ArrayList<>();
        for (PeriodChange.Kind kind : PeriodChange.Kind.values()) {
            long count =
                    changes.stream().filter(change -> change.change() == kind).count();
            if (count > 0) {
                counts.add(Counts.grouped(count) + " " + kind.name().toLowerCase(Locale.ROOT));
            }
        }
        String had = "The period before, " + words + ", had ";
        if (before.outages() == 0 && now.outages() == 0 && changes.isEmpty()) {
            return had + "no outages either.";
        }
        return had + sums(before) + ", this one has " + sums(now)
                + (counts.isEmpty() ? "." : "; by server and reason " + String.join(", ", counts) + ".");
    }

    private static String sums(FleetDay fleet) {
        return fleet.outages() == 0
                ? "no outages"
                : Counts.plural(fleet.outages(), "outage") + " with "
                        + Durations.text(fleet.time().downMs()) + " down";
    }

    private record Subject(
            String proxy, @Nullable String server, @Nullable String reason) {}
}
