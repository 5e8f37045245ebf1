package io.risefall.query.warehouse.facts;

import io.risefall.query.sql.SqlTransaction;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the rows of a sealed day leave the warehouse, and how they come back. While nobody else writes. */
final class LeavingDay {
    private static final Logger LOG = LoggerFactory.getLogger(LeavingDay.class);

    private final Connection warehouse;
    private final SealedDay day;

    LeavingDay(Connection warehouse, SealedDay day) {
        this.warehouse = warehouse;
        this.day = day;
    }

    /** Whether the warehouse has some, and they are those of the day's files. */
    boolean isReady() throws SQLException {
        boolean any = false;
        for (FactTable table : FactTables.LEAVING) {
            Fingerprint rows = fingerprint(FactSql.PARTED.fingerprint(table, day.day()));
            if (!isDeleted(table) && !isOf(rows, day.of(table))) {
                return false;
            }
            any |= rows.rows() > 0;
        }
        return any;
    }

    /** First they go to the second file, where they do not count; then, in one transaction, they are deleted and the day counts there. */
    void leave() throws SQLException {
        SqlTransaction.run(warehouse, this::copy);
        SqlTransaction.run(warehouse, this::drop);
    }

    private boolean isDeleted(FactTable table) {
        return day.deleted().contains(table.table());
    }

    private Fingerprint fingerprint(String sql) throws SQLException {
        try (Statement statement = warehouse.createStatement();
                ResultSet found = statement.executeQuery(sql)) {
            found.next();
            return new Fingerprint(found.getLong(1), String.valueOf(found.getString(2)));
        }
    }

    private static boolean isOf(Fingerprint rows, Optional<SealedFile> sealed) {
        return sealed.map(rows::isOf).orElse(rows.rows() == 0);
    }

    /** The first transaction. */
    void copy() throws SQLException {
        try (Statement statement = warehouse.createStatement()) {
            for (FactTable table : FactTables.LEAVING) {
                statement.execute(PastSql.forget(table, day.day()));
                LeftDay.deleted(day.day(), table).release(warehouse);
                Optional<SealedFile> sealed = day.of(table);
                if (sealed.isPresent()) {
                    statement.execute(PastSql.take(table, day.day()));
                    if (!isOf(fingerprint(PastSql.fingerprint(table, day.day())), sealed)) {
                        throw new SQLException("the rows of " + table.table() + " on " + day.day()
                                + " are others in the file of the past");
                    }
                    LeftDay.of(day.day(), sealed.get()).hold(warehouse);
                }
            }
        }
    }

    private void drop() throws SQLException {
        // What belongs to records of the day goes before these.
        List<FactTable> tables = new ArrayList<>(FactTables.LEAVING);
        tables.sort((one, other) -> Boolean.compare(one.day() != null, other.day() != null));
        try (Statement statement = warehouse.createStatement()) {
            for (FactTable table : tables) {
                int rows = statement.executeUpdate(FactSql.PARTED.delete(table, day.day()));
                Optional<SealedFile> sealed = day.of(table);
                if (!isDeleted(table) && rows != sealed.map(SealedFile::rows).orElse(0L)) {
                    throw new SQLException(
                            "of " + table.table() + " on " + day.day() + ", " + rows + " rows would leave");
                }
                if (sealed.isPresent()) {
                    LeftDay.of(day.day(), sealed.get()).record(warehouse);
                } else if (isDeleted(table)) {
                    LeftDay.deleted(day.day(), table).record(warehouse);
                }
            }
        }
    }

    /** Rows of days come back. Within a transaction of the caller's. */
    static void bringBack(Connection warehouse, List<LocalDate> days) throws SQLException {
        if (days.isEmpty()) {
            return;
        }
        try (Statement statement = warehouse.createStatement()) {
            for (FactTable table : FactTables.LEAVING) {
                statement.execute(PastSql.bringBack(table, days));
            }
            statement.execute(PastSql.stay(days));
        }
        LOG.info("the rows of {} come back to the warehouse: some of them are replaced, or new", days);
    }
}
