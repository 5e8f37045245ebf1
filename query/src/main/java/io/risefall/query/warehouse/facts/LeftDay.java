package io.risefall.query.warehouse.facts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The rows of one table and day that have left the warehouse, as its table {@code left_days} records them.
 *
 * @param rows how many
 * @param bytes of the file that has them
 * @param sha256 of that file
 */
record LeftDay(LocalDate day, String table, long rows, long bytes, String sha256, State state) {
    /** Where they are now. */
    enum State {
        /** In the file, and in the second file of DuckDB. */
        LEFT,
        /** Nowhere: deleted for their age. */
        DELETED,
        /** In a file that is missing or damaged. */
        UNREADABLE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What the second file has, by table and day. */
    static final String MAKE_HELD =
            "create table if not exists past.store.held (day date not null, table_name varchar not null,"
                    + " row_count bigint not null, bytes bigint not null, sha256 varchar not null)";

    private static final String COLUMNS = "day, table_name, row_count, bytes, sha256, ";

    /** What leaves with this file. */
    static LeftDay of(LocalDate day, SealedFile file) {
        return new LeftDay(day, file.table(), file.rows(), file.bytes(), file.sha256(), State.LEFT);
    }

    static LeftDay deleted(LocalDate day, FactTable table) {
        return new LeftDay(day, table.table(), 0, 0, "", State.DELETED);
    }

    FactTable facts() {
        return FactTables.v1().of(table);
    }

    /** The file that has the rows; nobody knows their fingerprint. */
    SealedFile file() {
        return new SealedFile(table, SealedFolder.path(facts(), day), rows, bytes, sha256, "");
    }

    static List<LocalDate> days(List<LeftDay> left) {
        return left.stream().map(LeftDay::day).distinct().toList();
    }

    boolean isVisible() {
        return state == State.LEFT;
    }

    /** All that have left, the oldest first. */
    static List<LeftDay> all(Connection warehouse) throws SQLException {
        return query(warehouse, "select " + COLUMNS + "state from store.left_days order by day, table_name");
    }

    /** Those that are read. */
    static List<LeftDay> visible(Connection warehouse) throws SQLException {
        return all(warehouse).stream().filter(LeftDay::isVisible).toList();
    }

    /** What the second file has. */
    static List<LeftDay> held(Connection warehouse) throws SQLException {
        return query(warehouse, "select " + COLUMNS + "'left' from past.store.held");
    }

    private static List<LeftDay> query(Connection warehouse, String sql) throws SQLException {
        List<LeftDay> days = new ArrayList<>();
        try (Statement statement = warehouse.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                days.add(new LeftDay(
                        rows.getObject(1, LocalDate.class),
                        rows.getString(2),
                        rows.getLong(3),
                        rows.getLong(4),
                        rows.getString(5),
                        State.valueOf(rows.getString(6).toUpperCase(Locale.ROOT))));
            }
        }
        return days;
    }

    /** Records it in the warehouse, instead of what was recorded before. */
    void record(Connection warehouse) throws SQLException {
        update(warehouse, "delete from store.left_days where day = ? and table_name = ?", day, table);
        update(
                warehouse,
                "insert into store.left_days (" + COLUMNS + "state) values (?, ?, ?, ?, ?, ?)",
                day,
                table,
                rows,
                bytes,
                sha256,
                state.word());
    }

    void become(Connection warehouse, State now) throws SQLException {
        update(
                warehouse,
                "update store.left_days set state = ? where day = ? and table_name = ?",
                now.word(),
                day,
                table);
    }

    /** Notes that the second file has it. */
    void hold(Connection warehouse) throws SQLException {
        release(warehouse);
        update(warehouse, "insert into past.store.held values (?, ?, ?, ?, ?)", day, table, rows, bytes, sha256);
    }

    void release(Connection warehouse) throws SQLException {
        update(warehouse, "delete from past.store.held where day = ? and table_name = ?", day, table);
    }

    private static void update(Connection warehouse, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = warehouse.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.execute();
        }
    }
}
