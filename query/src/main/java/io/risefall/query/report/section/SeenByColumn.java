package io.risefall.query.report.section;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.SeenBy;
import io.risefall.query.report.text.ReportTable;
import java.util.ArrayList;
import java.util.List;

/** Who saw something, as the second column of a table; only where several nodes watch. */
final class SeenByColumn {
    private SeenByColumn() {}

    /** The columns of a table. */
    static List<ReportTable.Column> of(
            DayReport report, ReportTable.Column first, int width, ReportTable.Column... others) {
        List<ReportTable.Column> columns = new ArrayList<>(List.of(first));
        if (report.hasManyNodes()) {
            columns.add(ReportTable.left("seen by", width));
        }
        columns.addAll(List.of(others));
        return columns;
    }

    /** The cells of a row. */
    static List<String> row(DayReport report, String first, SeenBy seenBy, String... others) {
        List<String> cells = new ArrayList<>(List.of(first));
        if (report.hasManyNodes()) {
            cells.add(seenBy.words());
        }
        cells.addAll(List.of(others));
        return cells;
    }
}
