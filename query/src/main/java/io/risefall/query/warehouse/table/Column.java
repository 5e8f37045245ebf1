package io.risefall.query.warehouse.table;

import java.sql.SQLException;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A column of a private table, as {@code tables.sql} makes it, and its value in a row of {@code T}. */
final class Column<T> {
    private final String definition;
    private final Writer<T> writer;

    private Column(String definition, Writer<T> writer) {
        this.definition = definition;
        this.writer = writer;
    }

    private interface Writer<T> {
        void write(Row row, T value) throws SQLException;
    }

    /** A column that always has a value. */
    static <T, V> Column<T> column(String name, ColumnType<V> type, Function<T, V> value) {
        return new Column<>(
                name + " " + type.name() + " NOT NULL",
                (row, of) -> type.writing().write(row, value.apply(of)));
    }

    /** A column that may be null. */
    static <T, V> Column<T> optional(String name, ColumnType<V> type, Function<T, @Nullable V> value) {
        return new Column<>(
                name + " " + type.name(), (row, of) -> type.writing().write(row, value.apply(of)));
    }

    /** An enum's name in lower case, or null. */
    static <T> Column<T> word(String name, Function<T, @Nullable Enum<?>> value) {
        return optional(name, ColumnType.VARCHAR, of -> {
            Enum<?> word = value.apply(of);
            return word == null ? null : word.name().toLowerCase(Locale.ROOT);
        });
    }

    /** Name, type and whether it may be null, as {@code node VARCHAR NOT NULL}. */
    String definition() {
        return definition;
    }

    void write(Row row, T value) throws SQLException {
        writer.write(row, value);
    }
}
