package io.risefall.query.warehouse;

import static io.risefall.query.warehouse.Warehouses.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.state.Evidence;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Provenance;
import io.risefall.schemas.state.StateInterval;
import io.risefall.schemas.suite.Slow;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The warehouse on a real DuckDB file. */
@Slow
public class WarehouseTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    /** The contract: view, then its columns; more may follow. */
    private static final List<String> CONTRACT = List.of(
            "servers: node, proxy, server, backup, state, since, last_reason, last_seen, flapping, pid",
            "states: node, proxy, server, state, from_at, to_at, cause",
            "outages: outage_id, node, proxy, server, backup, started_at, ended_at, duration_ms, ended_by, reason, "
                    + "reason_text, code, info, via, agent, joined, first_failure_at, backend_emptied, certain",
            "outage_evidence: outage_id, nth, role, rule, at, source, position, copy, message, left_out",
            "checks: at, node, proxy, server, agent, outcome, reason, code, info, duration_ms, health, threshold, "
                    + "state, pid",
            "events: at, received_at, node, pid, severity, kind, proxy, server, message, source, position",
            "reasons_hour: hour, node, proxy, server, reason, code, failures, downs, max_duration_ms",
            "server_day: day, node, proxy, server, up_ms, down_ms, maint_ms, drain_ms, unknown_ms, availability, "
                    + "availability_low, availability_high, outages, flaps, flapping_ms, longest_ms, mttr_ms, mtbf_ms",
            "flapping: node, proxy, server, started_at, ended_at, downs, peak_penalty",
            "incidents: incident_id, started_at, ended_at, servers, backends, nodes, reason, label, outage_ids, kind, "
                    + "duration_ms, outages, emptied, worst_node, worst_backend, active_before, active_left, backup_left, "
                    + "sessions_active, requeued",
            "budget: kind, node, proxy, server, servers, from_at, to_at, as_of, slo, allowed_ms, spent_ms, spent_low_ms, "
                    + "spent_high_ms, left_ms, left, left_low, left_high, for_some_ms, maint_ms, burn_1h, burn_6h, gone_at",
            "changes: at, node, kind, subject, what, proxy, server, pid, source, position",
            "alerts: alert_id, state, problem, severity, started_at, opened_at, closed_at, ended_at, title, servers, backends, "
                    + "nodes, flapping, messages, last_message_at, incident_id",
            "alert_silences: silence_id, proxy, server, node, from_at, until_at, why, author",
            "notifications: id, alert_id, sequence, at, transition, title, route, channel, kind, target, state, why, attempts, "
                    + "sent_at, answer, last_error, due_at",
            "reasons_day: day, proxy, reason, failures, downs, failures_before, change",
            "reasons_week: week, proxy, reason, failures, downs, failures_before, change",
            "failure_hours: proxy, server, reason, weekday, hour, failures, downs, days",
            "check_days: day, node, proxy, server, agent, checks, median_ms, slowest_ms, usual_ms, ratio",
            "flappers: week, proxy, server, flaps, outages, down_ms, nodes, reason",
            "maintenance: node, proxy, server, state, from_at, to_at, duration_ms, cause, forgotten",
            "capacity: node, proxy, from_at, to_at, duration_ms, servers, active_up, backup_up, unknown, level",
            "capacity_day: day, node, proxy, one_ms, backup_ms, none_ms, unknown_ms",
            "backend_outages: node, proxy, started_at, ended_at, duration_ms, backend_outage_id",
            "losses: node, proxy, pid, from_at, to_at, missing, expected_active, expected_backup, seen_active, seen_backup",
            "rejected: received_at, source, position, why, line",
            "ingest: source, lines, events, traffic, repeats, rejected, first_at, last_at");

    @TempDir
    Path folder;

    @Test
    void aFileThatASourceLeftIsNoSource() throws Exception {
        ReadPosition left =
                ReadPosition.left("file:/a.log", "file:/a.log#0", "base=0", 9, Instant.parse("2026-11-23T12:00:00Z"));
        try (Warehouse warehouse = Warehouse.open(folder.resolve("w.duckdb"), UTC)) {
            warehouse.write(new Records("2026-03-02", 0)
                    .readUntil("12:00:00")
                    .add(
                            Topics.POSITIONS,
                            left.source(),
                            JsonSerde.of(ReadPosition.class).serialize("", left))
                    .add(Topics.POSITIONS, left.source(), null)
                    .batch());
            assertThat(table(warehouse, "select source from ingest")).containsExactly("file:/var/log/haproxy.log");
        }
    }

    @Test
    void theViewsAreTheContract() throws SQLException {
        try (Warehouse warehouse = Warehouse.open(folder.resolve("w.duckdb"), UTC)) {
            for (String contract : CONTRACT) {
                String view = contract.substring(0, contract.indexOf(':'));
                List<String> columns = table(
                        warehouse,
                        "select column_name from information_schema.columns where table_schema = 'main' and table_name = '"
                                + view + "' order by ordinal_position");
                assertThat(String.join(", ", columns)).startsWith(contract.substring(view.length() + 2));
                assertThat(table(warehouse, "select * from " + view)).isEmpty();
            }
        }
    }

    @Test
    void everyViewAndColumnHasAComment() throws SQLException {
        try (Warehouse warehouse = Warehouse.open(folder.resolve("w.duckdb"), UTC)) {
            assertThat(
                            table(
                                    warehouse,
                                    "select view_name from duckdb_views() where schema_name = 'main' and not internal and comment is null"))
                    .isEmpty();
            assertThat(
                            table(
                                    warehouse,
                                    "select table_name, column_name from duckdb_columns() where schema_name = 'main' and not internal and comment is null"))
                    .isEmpty();
        }
    }

    @Test
    void theDayAddsUpToTheMillisecond() throws SQLException {
        Records records = new Records("2026-03-02", 0)
                .state("web/s1", "up", "06:00:00.000400", "07:00:00.000900")
                .state("web/s1", "down", "07:00:00.000900", "07:30:00.001100")
                .state("web/s1", "maint", "07:30:00.001100", "08:00:00")
                .state("web/s1", "drain", "08:00:00", "09:00:00")
                .state("web/s1", "up", "09:00:00", null)
                .outage("web/s1", "07:00:00.000900", "07:30:00.001100", Outage.EndedBy.MAINTENANCE, "L7STS", null)
                .readUntil("12:00:00");
        try (Warehouse warehouse = Warehouse.open(folder.resolve("w.duckdb"), UTC)) {
            warehouse.write(records.batch());
            assertThat(table(warehouse, """
                    select day, up_ms, down_ms, maint_ms, drain_ms, unknown_ms,
                        up_ms + down_ms + maint_ms + drain_ms + unknown_ms, outages, flaps, longest_ms
                    from server_day"""))
                    .containsExactly(
                            "2026-03-02, 14400001, 1800000, 1799999, 3600000, 64800000, 86400000, 1, 0, 1800000");
        }
    }

    @Test
    void lostLinesWidenTheBoundsOfTheirBackend() throws SQLException {
        Records records = new Records("2026-03-02", 0)
                .state("web/s1", "up", "00:00:00", "06:00:00")
                .state("web/s1", "down", "06:00:00", "10:00:00")
                .state("web/s1", "up", "10:00:00", "24:00:00")
                .state("web/s2", "drain", "00:00:00", "09:00:00")
                .state("web/s2", "maint", "09:00:00", "24:00:00")
                .state("api/s1", "up", "00:00:00", "24:00:00")
                .loss("web", 1, "05:00:00", "08:00:00", 2)
                .loss("web", 2, "07:00:00", "09:00:00", 1)
                .loss("web", 1, "2026-03-01T20:00:00Z", "01:00:00", 1)
                .readUntil("2026-03-03T00:00:00Z");
        try (Warehouse warehouse = Warehouse.open(folder.resolve("w.duckdb"), UTC)) {
            warehouse.write(records.batch());
            assertThat(table(warehouse, """
                    select proxy, server, doubted_up_ms // 3600000, doubted_down_ms // 3600000, round(availability, 4),
                        round(availability_low, 4), round(availability_high, 4)
                    from server_day where day = '2026-03-02' order by proxy, server"""))
                    .containsExactly(
                            "api, s1, 0, 0, 1.0, 1.0, 1.0",
                            // of 24 h: 20 up, of these 1 and 1 doubted; 4 down, of these 3
                            "web, s1, 2, 3, 0.8333, 0.75, 0.9583",
                            // of 9 h: all in drain, of these 1 and 4 doubted
                            "web, s2, 5, 0, 1.0, 0.4444, 1.0");
            assertThat(table(warehouse, "select node, lost from nodes")).containsExactly("lb1, 4");
        }
    }

    @Test
    void aSourceKnowsWhatItsNodesLack() throws SQLException {
        Records records = new Records("2026-03-02", 0)
                .loss("web", 1, "05:00:00", "08:00:00", 2)
                .loss("web", 1, "08:00:00", "11:00:00", 3)
                .lines("file:/a.log", "04:00:00", "09:00:00")
                .lines("udp:b", "09:00:00", "12:00:00")
                .lines("udp:c", "12:00:00", "13:00:00");
        try (Warehouse warehouse = Warehouse.open(folder.resolve("w.duckdb"), UTC)) {
            warehouse.write(records.batch());
            assertThat(table(warehouse, "select source, lost from ingest order by source"))
                    .containsExactly("file:/a.log, 2", "udp:b, 3", "udp:c, 0");
        }
    }

    @Test
    void aLossIsTakenBack() throws SQLException {
        try (Warehouse warehouse = Warehouse.open(folder.resolve("w.duckdb"), UTC)) {
            warehouse.write(new Records("2026-03-02", 0)
                    .loss("web", 1, "05:00:00", "08:00:00", 2)
                    .batch());
            assertThat(table(
                            warehouse,
                            "select node, proxy, pid, missing, expected_active, expected_backup, seen_active, seen_backup"
                                    + " from losses"))
                    .containsExactly("lb1, web, 1, 2, 9, 1, 7, 1");
            Records records = new Records("2026-03-02", 1);
            warehouse.write(records.takeBack(records.lossOf("web", 1, "05:00:00", "08:00:00", 2))
                    .batch());
            assertThat(table(warehouse, "select * from losses")).isEmpty();
        }
    }

    @Test
    void daysOfTwentyThreeAndTwentyFiveHours() throws SQLException {
        Records records = new Records("2026-03-28", 0)
                .state("web/s1", "up", "2026-03-27T12:00:00Z", "2026-10-26T12:00:00Z")
                .readUntil("2026-10-26T12:00:00Z");
        try (Warehouse warehouse = Warehouse.open(folder.resolve("w.duckdb"), UTC)) {
            warehouse.write(records.batch());
            assertThat(table(warehouse, """
                    select day, up_ms // 3600000, unknown_ms // 3600000 from server_day_in('Europe/Berlin')
                    where day in ('2026-03-27', '2026-03-29', '2026-10-25', '2026-10-26') order by day"""))
                    .containsExactly(
                            "2026-03-27, 11, 13", "2026-03-29, 23, 0", "2026-10-25, 25, 0", "2026-10-26, 13, 11");
        }
    }

    @Test
    void trackedServersTakeTheReasonAlongTheChain() throws SQLException {
        Records records = new Records("2026-03-02", 0)
                .outage("b/x", "10:00:00", "10:05:00", Outage.EndedBy.UP, "L7STS", null)
                .outage("c/y", "10:00:00.1", "10:05:00.1", Outage.EndedBy.UP, null, "b/x")
                .outage("d/z", "10:00:00.2", "10:05:00.2", Outage.EndedBy.UP, null, "c/y")
                .outage("d/z", "11:00:00", "11:05:00", Outage.EndedBy.UP, null, "c/y")
                .readUntil("12:00:00");
        try (Warehouse warehouse = Warehouse.open(folder.resolve("w.duckdb"), UTC)) {
            warehouse.write(records.batch());
            assertThat(table(
                            warehouse,
                            "select proxy, reason, code, joined, duration_ms from outages order by started_at"))
                    .containsExactly(
                            "b, L7STS, 503, false, 300000",
                            "c, L7STS, 503, true, 300000",
                            "d, L7STS, 503, true, 300000",
                            "d, null, null, false, 300000");
        }
    }

    @Test
    void laterRecordsReplaceAndTombstonesTakeBack() throws SQLException {
        StateInterval unknown = new StateInterval(
                "lb1",
                ServerName.parse("web/s1"),
                false,
                Health.UNKNOWN,
                Instant.parse("2026-03-02T10:00:00Z"),
                null,
                "reload",
                1L);
        try (Warehouse warehouse = Warehouse.open(folder.resolve("w.duckdb"), UTC)) {
            warehouse.write(new Records("2026-03-02", 0)
                    .state("web/s1", "down", "09:00:00", "10:00:00")
                    .put(unknown)
                    .batch());
            warehouse.write(new Records("2026-03-02", 2)
                    .takeBack(unknown)
                    .state("web/s1", "down", "09:00:00", "11:00:00")
                    .state("web/s1", "up", "11:00:00", null)
                    .batch());
            assertThat(table(
                            warehouse,
                            "select state, epoch_ms(to_at) - epoch_ms(from_at) from states order by from_at"))
                    .containsExactly("down, 7200000", "up, null");
            assertThat(warehouse.nextOffsets()).containsEntry(new TopicPartition(Topics.STATES.topic(), 0), 5L);
        }
    }

    @Test
    void anOutageHasTheLinesOfItsLastRecord() throws SQLException {
        Evidence opened = Evidence.of(Evidence.Role.OPENED, new LinePosition(Records.SOURCE, 1, 0), Instant.EPOCH);
        Evidence closed = Evidence.of(Evidence.Role.CLOSED, new LinePosition("file:/gone.log", 7, 2), Instant.EPOCH);
        String evidence =
                "select outage_evidence.role || coalesce(' by ' || rule, '') || ' ' || epoch_ms(\"at\") || ' ' || source || ':'"
                        + " || position || '.' || copy || ' ' || coalesce(message, 'none') || ' ' || left_out"
                        + " from outages join outage_evidence using (outage_id) order by nth";
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), UTC)) {
            Records records = new Records("2026-03-02", 0);
            warehouse.write(records.check("lb1", "web/s1", "01:00:00", 1, false, false, 0, 2, "down")
                    .check("lb1", "web/s1", "02:00:00", 1, false, false, 0, 2, "down")
                    .outage("web/s1", "02:00:00", null, new Provenance(List.of(opened), 3))
                    .batch());
            assertThat(table(warehouse, evidence))
                    .containsExactly("opened " + records.at("02:00:00").toEpochMilli() + " " + Records.SOURCE
                            + ":1.0 Health check for server web/s1 failed, reason: Layer7 timeout, check duration: 1ms,"
                            + " status: 0/2 DOWN. 3");
            Evidence began = Evidence.processBegan(records.at("03:00:00"));
            Evidence inferred =
                    Evidence.inferred(Evidence.Rule.DOWN_AT_ONCE, new LinePosition("x", 0, 0), Instant.EPOCH);
            Records more = new Records("2026-03-02", 10);
            warehouse.write(
                    more.outage("web/s1", "02:00:00", "04:00:00", Provenance.of(opened, began, inferred, closed))
                            .batch());
            assertThat(table(
                            warehouse,
                            "select role || ' ' || coalesce(rule, '') || ' ' || coalesce(source, '') || ' '"
                                    + " || coalesce(position::varchar, '') || ' ' || (\"at\" is null) || ' ' || left_out"
                                    + " from outage_evidence order by nth"))
                    .containsExactly(
                            "opened  " + Records.SOURCE + " 1 false 0",
                            "process_began    false 0",
                            "inferred down_at_once x 0 true 0",
                            "closed  file:/gone.log 7 true 0");
            Records last = new Records("2026-03-02", 20);
            warehouse.write(last.takeBack(last.outageOf("web/s1", "02:00:00", null, Provenance.NONE))
                    .batch());
            assertThat(table(warehouse, "select * from outage_evidence")).isEmpty();
        }
    }

    @Test
    void whatWasWrittenIsThereAfterReopening() throws SQLException {
        Path file = folder.resolve("w.duckdb");
        try (Warehouse warehouse = Warehouse.open(file, UTC)) {
            warehouse.write(new Records("2026-03-02", 0)
                    .backendOutage("web", "10:00:00", "10:01:00")
                    .batch());
        }
        try (Warehouse warehouse = Warehouse.open(file, ZoneId.of("Asia/Kolkata"))) {
            assertThat(table(warehouse, "select proxy, duration_ms from backend_outages"))
                    .containsExactly("web, 60000");
        }
    }

    @Test
    void viewsAreMadeAgainOnlyWhereOtherFilesMadeThem() throws SQLException {
        Path file = folder.resolve("w.duckdb");
        try (Warehouse warehouse = Warehouse.open(file, UTC)) {
            execute(warehouse, "create or replace view rejected as select 1 as one");
        }
        try (Warehouse warehouse = Warehouse.open(file, UTC)) {
            execute(warehouse, "select one from rejected");
            execute(warehouse, "update store.made_from set digest = 'of another build'");
        }
        try (Warehouse warehouse = Warehouse.open(file, UTC)) {
            execute(warehouse, "select received_at, source, position, why, line from rejected");
        }
    }

    private static void execute(Warehouse warehouse, String sql) throws SQLException {
        try (Connection connection = warehouse.read();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void aRecordThatIsNotJsonIsSkippedAndCounted() {
        Batch batch = new Batch();
        batch.add(Topics.EVENTS, 0, 0, new byte[0], "nonsense".getBytes(StandardCharsets.UTF_8));
        batch.add(
                Topics.STATES,
                0,
                0,
                "no/such/key".getBytes(StandardCharsets.UTF_8),
                "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(batch.skipped()).isEqualTo(2);
        assertThat(batch.nextOffsets()).hasSize(2);
    }

    @Test
    void aFileThatIsNoDatabaseIsRefusedWithARemedy() throws Exception {
        Path file = folder.resolve("w.duckdb");
        Files.writeString(file, "x".repeat(100_000));
        assertThatThrownBy(() -> Warehouse.open(file, UTC))
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining("move it away")
                .extracting(e -> ((WarehouseException) e).problem())
                .isEqualTo(DuckDbProblem.NOT_A_DATABASE);
    }

    @Test
    void aNewerVersionIsRefusedWithARemedy() throws Exception {
        Path file = folder.resolve("w.duckdb");
        try (Warehouse warehouse = Warehouse.open(file, UTC);
                Connection connection = warehouse.read();
                Statement statement = connection.createStatement()) {
            statement.execute("update store.version set version = 99");
        }
        assertThatThrownBy(() -> Warehouse.open(file, UTC))
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining("version 99");
    }
}
