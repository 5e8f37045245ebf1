package io.risefall.query.report.section;

import io.risefall.query.report.model.SectionKey;
import io.risefall.query.report.model.SectionRows;
import java.sql.SQLException;
import java.util.List;

/**
 * One section of the day's report: what it asks of the views, and its rows. Its tables for text and Markdown are entered in
 * {@link Sections}; the page prints the same rows by a template.
 *
 * @param <T> a row
 */
interface Section<T> {
    SectionKey<T> key();

    /** Reads the rows of one day; has no state. */
    List<T> read(FleetOfDay day) throws SQLException;

    /** Adds its rows to those of the sections before it. */
    default void addTo(SectionRows rows, FleetOfDay day) throws SQLException {
        rows.with(key(), read(day));
    }
}
