package io.risefall.query.warehouse.table;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.duckdb.DuckDBAppender;

/**
 * The columns of a private table, in their order, and the rows that one record makes.
 *
 * @param <V> the record
 * @param <T> a row of it
 */
final class Layout<V, T> {
    private final Class<V> record;
    private final Function<V, List<T>> rows;
    private final List<Column<T>> columns;

    private Layout(Class<V> record, Function<V, List<T>> rows, List<Column<T>> columns) {
        this.record = record;
        this.rows = rows;
        this.columns = columns;
    }

    /** One row a record. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    static <V> Layout<V, V> of(Class<V> record, Column<V>... columns) {
        return new Layout<>(record, List::of, List.of(columns));
    }

    /** Some rows a record, or none. */
    @SafeVarargs
    @SuppressWarnings("varargs") // only read
    static <V, T> Layout<V, T> each(Class<V> record, Function<V, List<T>> rows, Column<T>... columns) {
        return new Layout<>(record, rows, List.of(columns));
    }

    /** The columns as {@code tables.sql} makes them. */
    List<String> definitions(boolean keyed) {
        List<String> definitions = new ArrayList<>();
        if (keyed) {
            definitions.add("record_key VARCHAR NOT NULL");
        }
        columns.forEach(column -> definitions.add(column.definition()));
        return definitions;
    }

    /** Appends the rows of one record. */
    void put(DuckDBAppender appender, boolean keyed, String key, Object value) throws SQLException {
        for (T of : rows.apply(record.cast(value))) {
            Row row = new Row(appender);
            if (keyed) {
                row.text(key);
            }
            for (Column<T> column : columns) {
                column.write(row, of);
            }
            row.end();
        }
    }
}
