package io.risefall.app.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.alert.model.AlertLog;
import io.risefall.query.schedule.NotificationConfig;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.WarehouseWriter;
import io.risefall.query.worker.EndedWorkerException;
import io.risefall.schemas.cluster.KafkaAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who can tell nobody any more ends its process, which is started again. */
class DutiesTest {
    @TempDir
    Path folder;

    @Test
    void anErrorInOnePartIsSeenAndEndsTheProcessForAnotherOne() throws SQLException {
        AlertLog broken = new AlertLog() {
            @Override
            public void inTransaction(Connection connection, Changes changes) {
                throw new LinkageError("replaced");
            }

            @Override
            public void confirm() {
                throw new LinkageError("replaced");
            }
        };
        try (Warehouse warehouse = Warehouse.open(folder.resolve("w.duckdb"), ZoneOffset.UTC, null)) {
            decide(warehouse);
            Duties duties = new Duties(
                    warehouse,
                    new WarehouseWriter(warehouse, KafkaAddress.of("localhost:9092")),
                    NotificationConfig.NONE,
                    ZoneOffset.UTC);
            Runnable end = duties.begin(broken);
            try {
                assertThatThrownBy(() -> duties.ended().get(100, TimeUnit.SECONDS))
                        .cause()
                        .isInstanceOf(EndedWorkerException.class)
                        .hasMessageContaining("LinkageError: replaced")
                        .satisfies(failure ->
                                assertThat(ServingMain.exitCode(failure)).isEqualTo(ServingMain.NEEDS_RESTART));
            } finally {
                end.run();
            }
        }
        assertThat(ServingMain.exitCode(new IllegalStateException("another Kafka")))
                .isEqualTo(ServingMain.FAILED);
    }

    /** Something that is to be sent. */
    private static void decide(Warehouse warehouse) throws SQLException {
        try (Connection connection = warehouse.read();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into store.notifications (delivery_id, alert_id, sequence, \"at\", transition, title,"
                            + " channel, state, attempts, due_at) values"
                            + " ('a-1', 'a', 1, now(), 'opened', 'web/s1 is DOWN', 'gone', 'due', 0, now())");
        }
    }
}
