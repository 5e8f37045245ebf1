package io.risefall.query.report.section;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.SectionKey;
import io.risefall.query.report.model.ServerDay;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.time.Durations;
import java.util.ArrayList;
import java.util.List;

/** The servers of the fleet, worst first. */
final class ServerSection implements Section<ServerDay>, SectionTable {
    @Override
    public SectionKey<ServerDay> key() {
        return ServerDay.SECTION;
    }

    @Override
    public List<ServerDay> read(FleetOfDay day) {
        return day.servers();
    }

    @Override
    public ReportTable table(DayReport report, DayText text) {
        List<ServerDay> troubled = text.troubled();
        List<ServerDay> shown = troubled.stream().limit(Sections.MOST_ROWS).toList();
        boolean many = report.hasManyNodes();
        List<ReportTable.Column> columns = new ArrayList<>(List.of(
                ReportTable.left("server", many ? 24 : 22),
                ReportTable.right("availability", 12),
                ReportTable.right("down", 11),
                ReportTable.right("outages", 7),
                ReportTable.right("recoveries", 10),
                ReportTable.right("longest", 11),
                many ? ReportTable.right("down for only some", 11) : ReportTable.right("unknown", 11)));
        return new ReportTable(
                "Servers with trouble, worst first",
                columns,
                shown.stream()
                        .map(server -> List.of(
                                text.server(server.nodes(), server.name()),
                                server.time().availabilityText(),
                                Durations.text(server.time().downMs()),
                                String.valueOf(server.outages()),
                                String.valueOf(server.recoveries()),
                                Durations.textOrDash(server.longestMs()),
                                Durations.text(
                                        many
                                                ? server.time().downForSomeMs()
                                                : server.time().unknownMs())))
                        .toList(),
                ((troubled.size() > Sections.MOST_ROWS ? "" : text.rest() + " ")
                                + "Down counts this day only; longest counts the whole outage. "
                                + DayText.explain(
                                        "\"" + report.day() + " NODE PROXY/SERVER\" --zone "
                                                + report.zone().getId(),
                                        many ? "the lines behind what a node saw" : "the lines behind a row"))
                        .strip());
    }
}
