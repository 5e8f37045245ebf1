package io.risefall.query.warehouse.table;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A type of DuckDB, and how a value of it goes into a row.
 *
 * @param name as DuckDB's catalogue has it
 */
record ColumnType<V>(String name, Writing<V> writing) {
    static final ColumnType<String> VARCHAR = new ColumnType<>("VARCHAR", Row::text);
    static final ColumnType<Instant> TIMESTAMPTZ = new ColumnType<>("TIMESTAMP WITH TIME ZONE", Row::time);
    static final ColumnType<Long> BIGINT = new ColumnType<>("BIGINT", Row::whole);
    static final ColumnType<Integer> INTEGER = new ColumnType<>("INTEGER", Row::small);
    static final ColumnType<Double> DOUBLE = new ColumnType<>("DOUBLE", Row::real);
    static final ColumnType<Boolean> BOOLEAN = new ColumnType<>("BOOLEAN", Row::flag);

    /** Writes a value as the next column. */
    interface Writing<V> {
        Row write(Row row, @Nullable V value) throws SQLException;
    }
}
