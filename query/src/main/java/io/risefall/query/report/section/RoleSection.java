package io.risefall.query.report.section;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.RoleDay;
import io.risefall.query.report.model.SectionKey;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.report.text.RoleText;
import io.risefall.query.time.Durations;
import java.util.List;

/** Role backends: those in which one server is up by design. */
final class RoleSection implements Section<RoleDay> {
    @Override
    public SectionKey<RoleDay> key() {
        return RoleDay.SECTION;
    }

    @Override
    public List<RoleDay> read(FleetOfDay day) {
        return day.roleDays();
    }

    static ReportTable backends(DayReport report, DayText text) {
        RoleText roles = new RoleText(report.roles());
        return new ReportTable(
                "Backends with a leader",
                List.of(
                        ReportTable.left("backend", 16),
                        ReportTable.left("leader", 14),
                        ReportTable.left("since", 10),
                        ReportTable.right("failovers", 9),
                        ReportTable.right("no leader", 11),
                        ReportTable.right("availability", 12),
                        ReportTable.left("standbys", 16)),
                report.roles().stream()
                        .map(role -> List.of(
                                text.server(role.nodes(), role.proxy()),
                                roles.leader(role),
                                text.times().atOrDash(role.since()),
                                String.valueOf(role.failovers().size()),
                                Durations.text(role.leaderlessMs()),
                                role.time().availabilityText(),
                                roles.standbys(role)))
                        .toList(),
                report.roles().isEmpty() ? "" : roles.note());
    }

    static ReportTable failovers(DayReport report, DayText text) {
        return new ReportTable(
                "Failovers",
                List.of(
                        ReportTable.left("at", 19),
                        ReportTable.left("backend", 22),
                        ReportTable.left("from", 16),
                        ReportTable.left("to", 16),
                        ReportTable.right("no leader for", 13)),
                report.roles().stream()
                        .flatMap(role -> role.failovers().stream()
                                .map(failover -> List.of(
                                        text.times().at(failover.at()),
                                        text.server(role.nodes(), role.proxy()),
                                        failover.fromServer(),
                                        failover.toServer(),
                                        Durations.text(failover.leaderlessMs()))))
                        .toList(),
                "");
    }

    static ReportTable leaderless(DayReport report, DayText text) {
        return new ReportTable(
                "Times without a leader",
                List.of(
                        ReportTable.left("backend", 30),
                        ReportTable.left("from", 19),
                        ReportTable.left("to", 19),
                        ReportTable.right("lasted", 14)),
                report.roles().stream()
                        .flatMap(role -> role.leaderless().stream()
                                .map(span -> List.of(
                                        text.server(role.nodes(), role.proxy()),
                                        text.times().at(span.from()),
                                        text.times().atOrDash(span.to()),
                                        Durations.text(span.durationMs()))))
                        .toList(),
                "");
    }
}
