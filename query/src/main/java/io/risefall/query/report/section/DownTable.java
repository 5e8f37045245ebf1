package io.risefall.query.report.section;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.SeenBy;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.time.Durations;
import java.util.List;
import java.util.stream.Stream;

/** What is down at the end of the period. */
final class DownTable implements SectionTable {
    @Override
    public ReportTable table(DayReport report, DayText text) {
        Stream<List<String>> servers = text.open().stream()
                .map(outage -> SeenByColumn.row(
                        report,
                        outage.name() + (outage.backup() ? " (backup)" : ""),
                        text.downBy(outage),
                        text.times().at(outage.startedAt()),
                        Durations.text(outage.durationMs()),
                        outage.diagnosis().words() + (outage.certain() ? "" : "; may be up again")));
        Stream<List<String>> backends = text.leaderless().stream()
                .map(role -> SeenByColumn.row(
                        report,
                        role.asServer().name(),
                        new SeenBy(role.nodes(), role.nodes().size()),
                        text.times().atOrDash(role.asServer().since()),
                        "–",
                        "no server leads"));
        return new ReportTable(
                text.downTitle(),
                SeenByColumn.of(
                        report,
                        ReportTable.left("server", 30),
                        18,
                        ReportTable.left("since", 19),
                        ReportTable.right("for", 12),
                        ReportTable.left("cause", 34)),
                Stream.concat(servers, backends).toList(),
                "");
    }
}
