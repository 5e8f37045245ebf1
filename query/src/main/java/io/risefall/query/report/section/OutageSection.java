package io.risefall.query.report.section;

import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.SectionKey;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import java.util.List;
import java.util.stream.Stream;

/** The outages that touch the day. */
final class OutageSection implements Section<DayOutage>, SectionTable {
    @Override
    public SectionKey<DayOutage> key() {
        return DayOutage.SECTION;
    }

    @Override
    public List<DayOutage> read(FleetOfDay day) {
        return day.outages();
    }

    @Override
    public ReportTable table(DayReport report, DayText text) {
        boolean many = report.hasManyNodes();
        return new ReportTable(
                "Outages",
                many
                        ? List.of(
                                ReportTable.left("began, id", 12),
                                ReportTable.left("server", 15),
                                ReportTable.left("seen by", 10),
                                ReportTable.right("lasted", 11),
                                ReportTable.left("ended", 10),
                                ReportTable.left("reason", 14),
                                ReportTable.left("cause", 14))
                        : List.of(
                                ReportTable.left("began, id", 12),
                                ReportTable.left("server", 18),
                                ReportTable.right("lasted", 11),
                                ReportTable.left("ended", 11),
                                ReportTable.left("reason", 17),
                                ReportTable.left("cause", 19)),
                report.ownOutages().stream()
                        .flatMap(outage -> Stream.concat(
                                Stream.of(row(report, text, outage)),
                                text.ofOutage().differing(outage).stream()
                                        .map(seen -> seenByOne(report, text, seen, outage))))
                        .toList(),
                DayText.explain("ID", "the lines behind an outage"));
    }

    private static List<String> row(DayReport report, DayText text, DayOutage outage) {
        return cells(
                report,
                text.times().at(outage.startedAt()) + " " + outage.id(),
                outage.name() + (outage.backup() ? " (backup)" : ""),
                outage.seenBy().words(),
                text.ofOutage().lasted(outage),
                text.ofOutage().ended(outage),
                text.ofOutage().reason(outage),
                outage.diagnosis().words());
    }

    /** What one node saw otherwise, under the outage. */
    private static List<String> seenByOne(DayReport report, DayText text, DayOutage seen, DayOutage outage) {
        return cells(
                report,
                text.times().at(seen.startedAt()) + " " + seen.id(),
                "  on " + seen.node(),
                "",
                text.ofOutage().lasted(seen),
                text.ofOutage().ended(seen, outage),
                text.ofOutage().reason(seen),
                "");
    }

    private static List<String> cells(
            DayReport report,
            String began,
            String server,
            String seenBy,
            String lasted,
            String ended,
            String reason,
            String cause) {
        return report.hasManyNodes()
                ? List.of(began, server, seenBy, lasted, ended, reason, cause)
                : List.of(began, server, lasted, ended, reason, cause);
    }
}
