package io.risefall.query.report.section;

import io.risefall.query.report.cause.Causes;
import io.risefall.query.report.fleet.FleetEpisodes;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.MaintenanceWindow;
import io.risefall.query.report.model.Period;
import io.risefall.query.report.model.SectionKey;
import io.risefall.query.report.model.SeenBy;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.time.Durations;
import io.risefall.query.time.Millis;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.Health;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Maintenance and drain that touch the day: planned, and no outages. */
final class MaintenanceSection implements Section<MaintenanceWindow>, SectionTable {
    @Override
    public SectionKey<MaintenanceWindow> key() {
        return MaintenanceWindow.SECTION;
    }

    @Override
    public List<MaintenanceWindow> read(FleetOfDay day) {
        List<MaintenanceWindow> ofNodes = day.states().stream()
                .filter(state ->
                        state.span().state() == Health.MAINT || state.span().state() == Health.DRAIN)
                .map(state -> window(day, state))
                .sorted(Comparator.comparing(MaintenanceWindow::from).thenComparing(MaintenanceWindow::name))
                .toList();
        return new FleetEpisodes(day.period()).maintenance(ofNodes, day::nodesOfServer);
    }

    private static MaintenanceWindow window(FleetOfDay day, NodeState state) {
        Period period = day.period();
        Instant until = state.until() == null ? period.validUntil(state.span().to()) : state.until();
        boolean lasts = state.until() == null || !state.until().isBefore(period.to());
        Instant end = until.isBefore(period.end()) || !lasts ? until : period.end();
        return new MaintenanceWindow(
                state.key().node(),
                state.key().proxy(),
                state.key().server(),
                SeenBy.one(state.key().node()),
                state.span().state(),
                state.since(),
                state.until(),
                Math.max(0, Millis.between(state.since(), until)),
                period.inside(state.span().from(), state.span().to()),
                lasts
                        && Duration.between(state.since(), end)
                                        .compareTo(day.request().forgottenAfter())
                                >= 0,
                state.span().cause(),
                Causes.ofMaintenance(
                        new ServerName(state.key().proxy(), state.key().server()),
                        state.span().cause()),
                day.explain(state.key()) + (state.span().state() == Health.MAINT ? " maint_ms" : " drain_ms"));
    }

    @Override
    public ReportTable table(DayReport report, DayText text) {
        return new ReportTable(
                "Maintenance and drain (not outages)",
                SeenByColumn.of(
                        report,
                        ReportTable.left("server", 22),
                        14,
                        ReportTable.left("state", 11),
                        ReportTable.left("from", 10),
                        ReportTable.left("to", 10),
                        ReportTable.right("this day", 10),
                        ReportTable.left("who", 20)),
                report.rows(MaintenanceWindow.SECTION).stream()
                        .map(planned -> SeenByColumn.row(
                                report,
                                planned.name(),
                                planned.seenBy(),
                                text.state(planned.state()),
                                text.times().at(planned.from()),
                                text.times().atOrDash(planned.to()),
                                Durations.text(planned.inDayMs()),
                                text.who(planned)))
                        .toList(),
                "");
    }

    /** Those that may be forgotten. */
    static ReportTable forgotten(DayReport report, DayText text) {
        return new ReportTable(
                "Out of service for a long time: forgotten?",
                SeenByColumn.of(
                        report,
                        ReportTable.left("server", 28),
                        16,
                        ReportTable.left("state", 11),
                        ReportTable.left("since", 19),
                        ReportTable.right("for", 10),
                        ReportTable.left("who", 22)),
                report.forgotten().stream()
                        .map(planned -> SeenByColumn.row(
                                report,
                                planned.name(),
                                planned.seenBy(),
                                text.state(planned.state()),
                                text.times().at(planned.from()),
                                Durations.text(planned.lastsMs()),
                                text.who(planned)))
                        .toList(),
                "--forgotten-maintenance sets from which age on. The HTML page (--format html) tells how to end"
                        + " it, under maintenance and drain.");
    }
}
