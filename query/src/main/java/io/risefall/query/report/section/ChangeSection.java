package io.risefall.query.report.section;

import io.risefall.query.change.Change;
import io.risefall.query.change.ChangeBefore;
import io.risefall.query.change.Changes;
import io.risefall.query.report.model.DayOutage;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.SectionKey;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.time.Durations;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** What was done shortly before outages began. */
final class ChangeSection implements Section<ChangeBefore>, SectionTable {
    /** More is told by their number. */
    private static final int MOST_SERVERS = 3;

    @Override
    public SectionKey<ChangeBefore> key() {
        return ChangeBefore.SECTION;
    }

    /** In the order of time. */
    @Override
    public List<ChangeBefore> read(FleetOfDay day) throws SQLException {
        Instant from = day.period().from();
        List<DayOutage> outages = day.counted().stream()
                .filter(outage -> !outage.startedAt().isBefore(from))
                .toList();
        List<ChangeBefore> found = new ArrayList<>();
        for (Change change : Changes.between(
                day.views(),
                from.minus(Changes.SHORTLY),
                day.period().to(),
                new ServerTarget(null, null, day.request().node()))) {
            List<DayOutage> after =
                    outages.stream().filter(outage -> isAfter(change, outage)).toList();
            if (!after.isEmpty()) {
                found.add(told(change, after));
            }
        }
        Collections.reverse(found);
        return found;
    }

    private static boolean isAfter(Change change, DayOutage outage) {
        return outage.sightings().stream()
                .anyMatch(seen -> change.isBefore(seen.node(), seen.proxy(), seen.server(), seen.startedAt()));
    }

    private static ChangeBefore told(Change change, List<DayOutage> after) {
        return new ChangeBefore(
                change.at(),
                change.node(),
                change.kind(),
                change.subject(),
                change.what(),
                after.get(0).startedAt(),
                after.size(),
                after.stream()
                        .map(DayOutage::name)
                        .distinct()
                        .limit(MOST_SERVERS)
                        .toList());
    }

    @Override
    public ReportTable table(DayReport report, DayText text) {
        return new ReportTable(
                "Done in the ten minutes before an outage",
                List.of(
                        ReportTable.left("time", 19),
                        ReportTable.left("node", 12),
                        ReportTable.left("change", 24),
                        ReportTable.right("before", 10),
                        ReportTable.left("then DOWN", 30)),
                report.rows(ChangeBefore.SECTION).stream()
                        .map(change -> List.of(
                                text.times().at(change.at()),
                                Objects.requireNonNullElse(change.node(), "–"),
                                change.kind().equals("note") ? "note: " + change.what() : change.words(),
                                Durations.text(change.beforeMs()),
                                change.downs()))
                        .toList(),
                "A change is a fact of its time, not the cause of what follows.");
    }
}
