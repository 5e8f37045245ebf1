package io.risefall.query.leader;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.alert.model.AlertLog;
import io.risefall.query.alert.model.ChangedRows;
import io.risefall.query.sql.SqlTransaction;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log without a Kafka between leader and stand-by: what a transaction says that it changes goes straight to another warehouse. Any thread. */
public final class MirroredLog implements AlertLog, AutoCloseable {
    private final Warehouse mirror;

    /** @param folder where the other warehouse is made */
    public MirroredLog(Path folder) {
        mirror = Warehouse.open(folder.resolve("mirror.duckdb"), ZoneOffset.UTC);
    }

    @Override
    public synchronized void inTransaction(Connection connection, Changes changes) throws SQLException {
        try (Connection standBy = mirror.read()) {
            SqlTransaction.run(connection, () -> {
                ChangedRows changed = new ChangedRows();
                changes.make(changed);
                Map<String, Optional<String>> told = new HashMap<>();
                for (String key : changed.keys()) {
                    told.put(key, ToldRows.rows(connection, key));
                }
                SqlTransaction.run(standBy, () -> ToldRows.put(standBy, told));
            });
        }
    }

    @Override
    public void confirm() {
        // Nobody else leads.
    }

    /** No change was forgotten. */
    public void assertEqualTo(Warehouse leading) throws Exception {
        for (String table : List.of("alerts", "alert_messages", "notifications", "schedules", "scheduled_reports")) {
            String rows = "select * from store." + table + " order by all";
            assertThat(Warehouses.table(mirror, rows)).as(table).isEqualTo(Warehouses.table(leading, rows));
        }
    }

    @Override
    public void close() {
        mirror.close();
    }
}
