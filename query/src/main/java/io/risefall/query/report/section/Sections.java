package io.risefall.query.report.section;

import io.risefall.query.report.model.DayBackendOutage;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.SectionRows;
import io.risefall.query.report.model.SourceTally;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;
import java.sql.SQLException;
import java.util.List;

/** The sections of the day's report. A new one is entered here: where it stands in the JSON, and where in print. */
public final class Sections {
    /** Longer tables are cut, and say so; the whole is in {@code --format json} and in the views. */
    static final int MOST_ROWS = 40;

    /** In the order of the JSON. */
    private static final List<Section<?>> IN_JSON = List.of(
            new ServerSection(),
            new OutageSection(),
            new IncidentSection(),
            new SightingSection(),
            new ReasonSection(),
            new FlappingSection(),
            new MaintenanceSection(),
            new BackendSection(),
            new RoleSection(),
            new NearMissSection(),
            new ChangeSection(),
            new SourceSection());

    /** In the order of a reader's questions. */
    private static final List<SectionTable> IN_PRINT = List.of(
            new DownTable(),
            RoleSection::backends,
            RoleSection::failovers,
            RoleSection::leaderless,
            MaintenanceSection::forgotten,
            new IncidentSection(),
            new OutageSection(),
            new ChangeSection(),
            new ServerSection(),
            new SightingSection(),
            new NearMissSection(),
            new ReasonSection(),
            new FlappingSection(),
            new MaintenanceSection(),
            new BackendSection(),
            new SourceSection());

    private Sections() {}

    /** Reads the rows of all sections. */
    public static SectionRows read(FleetOfDay day) throws SQLException {
        SectionRows rows = new SectionRows();
        for (Section<?> section : IN_JSON) {
            section.addTo(rows, day);
        }
        return rows;
    }

    /** Only the backends that were without a server, for reports that have no other section. */
    public static List<DayBackendOutage> backends(FleetOfDay day) throws SQLException {
        return new BackendSection().read(day);
    }

    /** Only where the lines came from. */
    public static List<SourceTally> sources(FleetOfDay day) throws SQLException {
        return new SourceSection().read(day);
    }

    /** The tables that have rows. */
    public static List<ReportTable> tables(DayReport report, DayText text) {
        return IN_PRINT.stream()
                .map(section -> section.table(report, text))
                .filter(table -> !table.rows().isEmpty())
                .map(table -> table.cut(MOST_ROWS))
                .toList();
    }
}
