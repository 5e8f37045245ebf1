package io.risefall.query.warehouse.table;

import io.risefall.schemas.key.EpochMicros;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import org.duckdb.DuckDBAppender;
import org.jspecify.annotations.Nullable;

/**
 * One row on its way into a table, column by column, in the table's order. The appender's types are strict; it looks twice for the
 * column of a number that comes as an object.
 */
public final class Row {
    private final DuckDBAppender appender;

    public Row(DuckDBAppender appender) throws SQLException {
        this.appender = appender;
        appender.beginRow();
    }

    public Row text(@Nullable String value) throws SQLException {
        appender.append(value);
        return this;
    }

    public Row time(@Nullable Instant value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else {
            appender.appendEpochMicros(EpochMicros.of(value));
        }
        return this;
    }

    public Row whole(@Nullable Long value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else {
            appender.append((long) value);
        }
        return this;
    }

    public Row small(@Nullable Integer value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else {
            appender.append((int) value);
        }
        return this;
    }

    public Row real(@Nullable Double value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else {
            appender.append((double) value);
        }
        return this;
    }

    public Row flag(@Nullable Boolean value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else {
            appender.append((boolean) value);
        }
        return this;
    }

    public Row day(LocalDate value) throws SQLException {
        appender.append(value);
        return this;
    }

    public void end() throws SQLException {
        appender.endRow();
    }
}
