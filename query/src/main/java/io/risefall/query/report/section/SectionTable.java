package io.risefall.query.report.section;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.text.DayText;
import io.risefall.query.report.text.ReportTable;

/** Prints a section, or a part of it, as a table for text and Markdown. */
interface SectionTable {
    /** The table; without rows where there is nothing to tell. */
    ReportTable table(DayReport report, DayText text);
}
