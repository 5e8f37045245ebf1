package io.risefall.app.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.app.driver.CommandRunner;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.facts.PastDays;
import io.risefall.query.warehouse.facts.Sealing;
import io.risefall.query.warehouse.facts.SealingAges;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sealed is shown, checked and deleted, and is in a backup. */
@Slow
class RetentionCommandTest {
    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();
    private Path data;

    @BeforeEach
    void seal() throws Exception {
        data = Files.createDirectory(temp.resolve("data"));
        try (Warehouse warehouse = Warehouse.open(data.resolve("warehouse.duckdb"), ZoneOffset.UTC)) {
            try (Connection connection = warehouse.read();
                    Statement statement = connection.createStatement()) {
                statement.execute("insert into store.corrections values ('lb1', 'lb1', 604800000, 0, null)");
                statement.execute(
                        "insert into store.rejected select '2025-01-01 12:00:00+00'::timestamptz + to_days(i::int),"
                                + " 'file:/a.log', i, 'no time', 'x' from range(3) r(i)");
                statement.execute("insert into store.silences values ('lb1', '2025-01-01 10:00:00+00',"
                        + " '2025-01-01 11:00:00+00', 60000)");
            }
            try (Sealing sealing = sealing(warehouse, null)) {
                sealing.start();
                await().until(() -> sealing.counts().days() == 3);
                assertThat(sealing.counts().failures()).isZero();
            }
        }
    }

    @Test
    void showsWhatGoesBeforeItGoes() {
        Path first = data.resolve("facts/v1/rejected/day=2025-01-01/rows.parquet");
        assertThat(retention("--keep", "rejected=1d")).isZero();
        assertThat(risefall.out().lines())
                .anyMatch(line -> line.matches("rejected +3 +2025-01-01 +2025-01-03 +3 +\\d +3"))
                .anyMatch(line -> line.matches("silences +1 +2025-01-01 +2025-01-01 +1 +\\d +-"));
        assertThat(first).exists();
        assertThat(retention("--keep", "rejected=1d", "--delete", "--dry-run")).isZero();
        assertThat(first).exists();

        assertThat(retention("--keep", "rejected=1d", "--delete")).isZero();
        assertThat(risefall.err()).contains("deleted 3 days of rejected");
        assertThat(first).doesNotExist();
        assertThat(retention("--verify")).isZero();
        assertThat(risefall.out()).contains("silences").doesNotContain("rejected");
    }

    /** The folder is a link: it can be on another disk. */
    @Test
    void namesFilesThatAreNotAsTheyWereWrittenAlsoInARestoredBackup() throws Exception {
        Path facts = temp.resolve("facts");
        Files.move(data.resolve("facts"), facts);
        Files.createSymbolicLink(data.resolve("facts"), facts);
        assertThat(risefall.run("backup", facts.resolve("backup").toString(), "--data", data.toString()))
                .isOne();
        assertThat(risefall.err()).contains("is in the data directory");
        Path backup = temp.resolve("backup");
        Path restored = temp.resolve("restored");
        assertThat(risefall.run("backup", backup.toString(), "--data", data.toString()))
                .as(risefall.err())
                .isZero();
        assertThat(risefall.run("restore", backup.toString(), "--data", restored.toString()))
                .as(risefall.err())
                .isZero();
        data = restored;
        assertThat(retention("--verify")).as(risefall.err()).isZero();
        assertThat(risefall.err()).contains("all files are as they were written");

        Path file = restored.resolve("facts/v1/rejected/day=2025-01-02/rows.parquet");
        Files.writeString(file, "x");
        assertThat(retention("--verify")).isOne();
        assertThat(risefall.err()).contains(file + " is not as it was written; take it from a backup, or delete ");
    }

    @Test
    void rowsThatHaveLeftTheWarehouseAreInARestoredBackup() throws Exception {
        try (Warehouse warehouse = Warehouse.open(data.resolve("warehouse.duckdb"), ZoneOffset.UTC, null, true);
                Sealing sealing = sealing(warehouse, Duration.ofDays(40))) {
            sealing.start();
            await().until(() -> count(warehouse, "store.left_days") == 3);
            assertThat(count(warehouse, "store.recent_rejected")).isZero();
            assertThat(count(warehouse, "rejected")).isEqualTo(3);
        }
        Path backup = temp.resolve("backup");
        Path restored = temp.resolve("restored");
        assertThat(risefall.run("backup", backup.toString(), "--data", data.toString()))
                .as(risefall.err())
                .isZero();
        assertThat(backup.resolve(PastDays.FILE)).doesNotExist();
        assertThat(risefall.run("restore", backup.toString(), "--data", restored.toString()))
                .as(risefall.err())
                .isZero();
        data = restored;
        assertThat(risefall.run("query", "select count(*) from rejected", "--data", data.toString()))
                .as(risefall.err())
                .isZero();
        assertThat(risefall.out()).contains("3");
        Path file = data.resolve("facts/v1/rejected/day=2025-01-02/rows.parquet");
        Files.delete(file);
        assertThat(retention()).isOne();
        assertThat(risefall.err()).contains(file + " is missing; take it from a backup, or delete ");
    }

    private static long count(Warehouse warehouse, String table) throws SQLException {
        try (Connection connection = warehouse.read();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private Sealing sealing(Warehouse warehouse, @Nullable Duration keep) {
        ReadingState allRead = new ReadingState(null, Map.of(new TopicPartition("any", 0), 0L), Map.of());
        return new Sealing(
                data,
                new SealingAges(Duration.ofDays(35), keep),
                warehouse.past(),
                warehouse::read,
                () -> allRead,
                Clock.systemUTC());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThat(retention("--keep", "event=1d")).isEqualTo(2);
        assertThat(risefall.err())
                .contains("no sealed days have a table 'event'")
                .contains("events");
        assertThat(retention("--keep", "events")).isEqualTo(2);
        assertThat(risefall.run("run", "--seal-after", "5m")).isEqualTo(2);
        assertThat(risefall.err()).contains("is less than a day");
        assertThat(risefall.run("run", "--seal-after", "35d", "--keep-rows", "34d"))
                .isEqualTo(2);
        assertThat(risefall.err()).contains("--keep-rows is less than --seal-after");
        assertThat(risefall.run("run", "--keep-rows", "90d")).isEqualTo(2);
        assertThat(risefall.err()).contains("--keep-rows needs --seal-after");
        data = temp.resolve("none");
        assertThat(retention()).isZero();
        assertThat(risefall.err()).contains("no days are sealed in ");
    }

    private int retention(String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "retention";
        System.arraycopy(more, 0, arguments, 1, more.length);
        arguments[more.length + 1] = "--data";
        arguments[more.length + 2] = data.toString();
        return risefall.run(arguments);
    }
}
