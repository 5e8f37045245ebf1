package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.message.CheckStatus;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Views that compare, add up and find habits; days are those of Berlin, an hour ahead of the lines. */
class TrendViewsTest {
    @TempDir
    Path folder;

    private final Records records = new Records("2026-03-03", 0);
    private Warehouse warehouse;

    @BeforeEach
    void open() {
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneId.of("Europe/Berlin"));
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void failuresAreComparedWithTheDayAndTheWeekBefore() throws SQLException {
        failures("web/s1", "2026-03-01T12:00:00Z", CheckStatus.L4CON, 5, 1);
        failures("web/s1", "2026-03-02T12:00:00Z", CheckStatus.L4CON, 3, 0);
        failures("web/s2", "2026-03-02T12:00:00Z", CheckStatus.L4CON, 4, 1);
        failures("web/s1", "2026-03-02T23:30:00Z", CheckStatus.L7STS, 2, 0);
        write();
        assertThat(rows("select day, reason, failures, downs, failures_before, change from reasons_day order by all"))
                .containsExactly(
                        "2026-03-01, L4CON, 5, 1, 0, 5",
                        "2026-03-02, L4CON, 7, 1, 5, 2",
                        "2026-03-03, L4CON, 0, 0, 7, -7",
                        "2026-03-03, L7STS, 2, 0, 0, 2",
                        "2026-03-04, L7STS, 0, 0, 2, -2");
        assertThat(
                        rows(
                                "select week, reason, failures, failures_before, change from reasons_week order by all limit 3"))
                .containsExactly(
                        "2026-02-23, L4CON, 5, 0, 5", "2026-03-02, L4CON, 7, 5, 2", "2026-03-02, L7STS, 2, 0, 2");
    }

    @Test
    void whatFailsAtTheSameHourHasManyDays() throws SQLException {
        for (String day : List.of("2026-03-01", "2026-03-02", "2026-03-09")) {
            failures("web/s1", day + "T01:10:00Z", CheckStatus.L7TOUT, 2, 1);
            failures("web/s1", day + "T01:50:00Z", CheckStatus.L7TOUT, 1, 0);
        }
        write();
        assertThat(rows("select weekday, hour, failures, downs, days from failure_hours order by all"))
                .containsExactly("1, 2, 6, 2, 2", "7, 2, 3, 1, 1");
    }

    @Test
    void checksAreComparedWithTheWeekBefore() throws SQLException {
        records.check("lb1", "web/s1", "2026-03-01T12:00:00Z", 1, false, true, 3, 3, "up", 10)
                .check("lb1", "web/s1", "2026-03-02T12:00:00Z", 1, false, true, 3, 3, "up", 20)
                .check("lb1", "web/s1", "2026-03-03T12:00:00Z", 1, false, true, 3, 3, "up", 60)
                .check("lb1", "web/s1", "2026-03-03T13:00:00Z", 1, false, false, 2, 3, "up", 120);
        write();
        assertThat(rows("select day, checks, median_ms, slowest_ms, usual_ms, ratio from check_days order by all"))
                .containsExactly(
                        "2026-03-01, 1, 10.0, 10, null, null",
                        "2026-03-02, 1, 20.0, 20, 10.0, 2.0",
                        "2026-03-03, 2, 90.0, 120, 15.0, 6.0");
    }

    @Test
    void ofSeveralNodesTheOneThatSawAServerFlapMostCounts() throws SQLException {
        records.outage("web/s1", "10:00:00", "10:01:00", io.risefall.schemas.state.Outage.EndedBy.UP, "L4CON", null)
                .outage("web/s1", "11:00:00", "11:01:00", io.risefall.schemas.state.Outage.EndedBy.UP, "L4CON", null)
                .outage(
                        "web/s1",
                        "12:00:00",
                        "12:01:00",
                        io.risefall.schemas.state.Outage.EndedBy.MAINTENANCE,
                        "L7STS",
                        null)
                .outage("lb2", "web/s1", "10:00:00", "10:03:00", null, null)
                .readUntil("13:00:00");
        write();
        assertThat(rows("from flappers")).containsExactly("2026-03-02, web, s1, 2, 3, 180000, 2, L4CON");
    }

    @Test
    void maintenanceThatLastsADayIsForgotten() throws SQLException {
        records.state("web/s1", "up", "2026-03-01T00:00:00Z", "2026-03-01T10:00:00Z")
                .state("web/s1", "maint", "2026-03-01T10:00:00Z", null)
                .state("web/s2", "drain", "10:00:00", "11:00:00")
                .state("web/s2", "maint", "11:00:00", "12:00:00")
                .state("web/s2", "maint", "12:00:00", "12:30:00")
                .state("web/s2", "up", "12:30:00", null)
                .state("web/s3", "maint", "12:00:00", null)
                .readUntil("13:00:00");
        write();
        assertThat(
                        rows(
                                "select server, state, to_at is null as lasts, duration_ms, forgotten from maintenance order by all"))
                .containsExactly(
                        "s1, maint, true, 183600000, true",
                        "s2, drain, false, 3600000, false",
                        "s2, maint, false, 5400000, false",
                        "s3, maint, true, 3600000, false");
    }

    @Test
    void capacityIsCutWhereItChanges() throws SQLException {
        records.state("web/s1", "up", "2026-03-02T22:00:00Z", "2026-03-02T22:50:00Z")
                .state("web/s1", "down", "2026-03-02T22:50:00Z", "2026-03-02T23:20:00Z")
                .state("web/s1", "up", "2026-03-02T23:20:00Z", null)
                .state("web/s2", "up", "2026-03-02T22:00:00Z", "2026-03-02T23:05:00Z")
                .state("web/s2", "maint", "2026-03-02T23:05:00Z", "2026-03-02T23:30:00Z")
                .state("web/s2", "unknown", "2026-03-02T23:30:00Z", "2026-03-02T23:40:00Z")
                .state("web/s2", "up", "2026-03-02T23:40:00Z", null)
                .backup("web/b", "up", "2026-03-02T22:00:00Z", "2026-03-02T23:10:00Z")
                .backup("web/b", "down", "2026-03-02T23:10:00Z", null)
                .state("solo/s1", "up", "2026-03-02T22:00:00Z", null)
                .readUntil("00:00:00");
        write();
        assertThat(rows(
                        "select proxy, strftime(from_at at time zone 'UTC', '%H:%M') as t, servers, active_up, backup_up, unknown, level"
                                + " from capacity order by proxy, from_at"))
                .containsExactly(
                        "solo, 22:00, 1, 1, 0, 0, only",
                        "web, 22:00, 3, 2, 1, 0, several",
                        "web, 22:50, 3, 1, 1, 0, one",
                        "web, 23:05, 3, 0, 1, 0, backup",
                        "web, 23:10, 3, 0, 0, 0, none",
                        "web, 23:20, 3, 1, 0, 0, one",
                        "web, 23:30, 3, 1, 0, 1, unknown",
                        "web, 23:40, 3, 2, 0, 0, several");
        assertThat(rows("select day, proxy, one_ms // 60000, backup_ms // 60000, none_ms // 60000, unknown_ms // 60000"
                        + " from capacity_day order by all"))
                .containsExactly(
                        "2026-03-02, solo, 0, 0, 0, 0",
                        "2026-03-02, web, 10, 0, 0, 0",
                        "2026-03-03, solo, 0, 0, 0, 0",
                        "2026-03-03, web, 15, 5, 10, 10");
    }

    private void failures(String server, String minute, CheckStatus reason, int failures, int downs) {
        records.failures("lb1", server, minute, reason, failures, downs);
    }

    private void write() {
        warehouse.write(records.batch());
    }

    private List<String> rows(String sql) throws SQLException {
        return Warehouses.table(warehouse, sql);
    }
}
