package io.risefall.query.report.period;

import io.risefall.query.report.model.FleetDay;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.ServersAtEnd;
import io.risefall.query.text.Counts;
import io.risefall.query.time.Durations;
import io.risefall.query.time.LocalTimes;
import io.risefall.query.time.Millis;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The phrases of a period's report that its formats share. */
public final class PeriodWords {
    private final PeriodReport report;
    private final Period period;
    private final FleetDay fleet;
    private final LocalTimes times;

    PeriodWords(PeriodReport report) {
        this.report = report;
        period = report.period();
        fleet = report.fleet();
        times = period.times();
    }

    /** {@code HAProxy health in November 2026, backend web}. */
    public String title() {
        return "HAProxy health " + report.request().period().during()
                + (report.proxy() == null ? "" : ", backend " + report.proxy())
                + (report.node() == null ? "" : ", as " + report.node() + " saw it");
    }

    public String grouped(long count) {
        return Counts.grouped(count);
    }

    public String duration(long millis) {
        return Durations.text(millis);
    }

    /** A name and a value each. */
    List<List<String>> facts() {
        List<List<String>> facts = new ArrayList<>();
        facts.add(List.of("Period", period()));
        facts.add(List.of("Covered", covered()));
        if (!report.servers().isEmpty()) {
            facts.add(List.of("Servers", fleet.servers() + ": " + atEnd()));
            facts.add(List.of("Available", availability()));
            facts.add(List.of("Outages", outages()));
            facts.add(List.of("Backends", backends()));
            facts.add(List.of("Before", before()));
        }
        return facts;
    }

    /** From when to when, and whether that is all of it. */
    public String period() {
        return times.full(period.from()) + " to " + times.full(period.to()) + " ("
                + Durations.text(Millis.between(period.from(), period.to()))
                + (period.isRunning() ? " so far: the period is not over, and this is until now" : "")
                + ", zone " + period.zone().getId() + ")";
    }

    /** How much of it the log tells. */
    public String covered() {
        return report.coveredFrom() == null || report.coveredTo() == null
                ? "nothing"
                : times.at(report.coveredFrom()) + " to " + times.at(report.coveredTo()) + "; "
                        + fleet.time().coverageText() + " of all server time is known";
    }

    /** How the servers were at the end. */
    public String atEnd() {
        ServersAtEnd atEnd = fleet.atEnd();
        return String.join(
                        ", ",
                        Stream.of(
                                        part(atEnd.down(), "down"),
                                        part(atEnd.up(), "up"),
                                        part(atEnd.maint(), "in maintenance"),
                                        part(atEnd.drain(), "draining"),
                                        part(atEnd.unknown(), "unknown"))
                                .filter(part -> !part.isEmpty())
                                .toList())
                + " " + period.whenEnd()
                + (report.hasManyNodes() ? "; checked by " + Counts.loadBalancers(fleet.nodes()) : "");
    }

    private static String part(int count, String what) {
        return count == 0 ? "" : Counts.grouped(count) + " " + what;
    }

    /** {@code 99.98 %}, with its bounds. */
    public String availability() {
        String bounds = fleet.time().boundsText();
        return fleet.time().availabilityText()
                + (bounds.isEmpty() ? "" : " of the known time; " + bounds + " if unknown time counts as down or up");
    }

    /** How many, of which length, and how soon they were over. */
    public String outages() {
        if (fleet.outages() == 0) {
            return "none";
        }
        int before = fleet.outages() - fleet.begun();
        return Counts.plural(fleet.outages(), "outage") + " of " + Counts.servers(fleet.outageServers()) + ", "
                + Durations.text(fleet.time().downMs()) + " down"
                + (before == 0 ? "" : "; " + Counts.grouped(before) + " began before this period")
                + (fleet.seenBySome() == 0
                        ? ""
                        : "; " + Counts.grouped(fleet.seenBySome()) + " seen by only some load balancers")
                + "; longest " + Durations.textOrDash(fleet.longestMs()) + "; "
                + (fleet.recoveries() == 0
                        ? "none ended with UP"
                        : Counts.grouped(fleet.recoveries()) + " ended with UP, after "
                                + Durations.textOrDash(fleet.mttrMs()) + " on average");
    }

    /** What is different from the period before; empty where there is none. */
    public String before() {
        return report.comparison() == null ? "" : report.comparison().sentence();
    }

    /** How many were without a server. */
    public String backends() {
        long without = report.backends().stream()
                .filter(backend -> backend.withoutServerMs() > 0)
                .count();
        return Counts.plural(report.backends().size(), "backend") + ", "
                + (without == 0
                        ? "none was without a server"
                        : Counts.grouped(without) + (without == 1 ? " was" : " were") + " without a server, for "
                                + Durations.text(report.backends().stream()
                                        .mapToLong(BackendPeriod::withoutServerMs)
                                        .sum())
                                + (without == 1 ? "" : " in all"));
    }
}
