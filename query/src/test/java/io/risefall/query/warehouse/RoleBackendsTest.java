package io.risefall.query.warehouse;

import static io.risefall.query.warehouse.Warehouses.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.StateInterval;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backends in which exactly one server is up by design: which are, who leads, who took over. */
@Slow
class RoleBackendsTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final String ROLES =
            "select proxy, how, leader, since::varchar, failovers from role_backends order by 1";

    @TempDir
    Path folder;

    private final Records records = new Records("2026-03-02", 0);

    @Test
    void patroniIsLearntFromItsFirstFailover() throws Exception {
        patroni();
        try (Warehouse warehouse = filled(null)) {
            assertThat(table(warehouse, ROLES)).containsExactly("pg, learnt, pg2, 2026-03-02 10:00:09+00, 1");
            assertThat(
                            table(
                                    warehouse,
                                    "select servers, known_ms, one_up_ms, leaderless_ms, several_ms, down_ms, answered_ms from role_backends"))
                    .containsExactly("3, 14400000, 14389000, 9000, 2000, 28806000, 21606000");
            assertThat(table(warehouse, "select \"at\"::varchar, from_server, to_server, leaderless_ms from failovers"))
                    .containsExactly("2026-03-02 10:00:09+00, pg1, pg2, 9000");
            assertThat(table(warehouse, "select from_at::varchar, to_at::varchar, duration_ms from leaderless"))
                    .containsExactly("2026-03-02 10:00:00+00, 2026-03-02 10:00:09+00, 9000");
            assertThat(table(warehouse, "select server, role from outages order by server"))
                    .containsExactly("pg1, true", "pg2, true", "pg3, true");
        }
    }

    @Test
    void aFailoverInWhichBothWereUpForAMomentLeavesNobodyWithoutLeader() throws Exception {
        startup();
        change("pg1", "10:00:05", "L7STS", "pg2", "10:00:00");
        try (Warehouse warehouse = filled(null)) {
            assertThat(table(warehouse, ROLES)).containsExactly("pg, learnt, pg2, 2026-03-02 10:00:05+00, 1");
            assertThat(table(warehouse, "select \"at\"::varchar, leaderless_ms from failovers"))
                    .containsExactly("2026-03-02 10:00:00+00, 0");
            assertThat(table(warehouse, "from leaderless")).isEmpty();
        }
    }

    @Test
    void aServerThatIsDeadForAWeekIsNoStandby() throws Exception {
        records.state("web/s1", "up", "08:00:00", null)
                .state("web/s2", "up", "08:00:00", "08:00:05")
                .state("web/s2", "down", "08:00:05", "2026-03-09T08:00:05Z")
                .state("web/s2", "up", "2026-03-09T08:00:05Z", null)
                .outage("web/s2", "08:00:05", "2026-03-09T08:00:05Z", Outage.EndedBy.UP, "L4CON", null)
                .readUntil("2026-03-09T08:00:30Z");
        assertThatNothingIsLearnt();
    }

    @Test
    void norIfItAnswers503AndNobodyEverTookOver() throws Exception {
        records.state("web/s1", "up", "08:00:00", null)
                .state("web/s2", "down", "08:00:05", null)
                .outage("web/s2", "08:00:05", null, null, "L7STS", null)
                .readUntil("2026-03-09T08:00:00Z");
        assertThatNothingIsLearnt();
    }

    @Test
    void norIfAnUnreachableOneComesWhenTheOtherGoes() throws Exception {
        records.state("web/s1", "up", "08:00:00", "10:00:00")
                .state("web/s1", "down", "10:00:00", null)
                .state("web/s2", "down", "08:00:00", "10:00:10")
                .state("web/s2", "up", "10:00:10", null)
                .outage("web/s1", "10:00:00", null, null, "L4CON", null)
                .outage("web/s2", "08:00:00", "10:00:10", Outage.EndedBy.UP, "L4CON", null)
                .readUntil("12:00:00");
        assertThatNothingIsLearnt();
    }

    @Test
    void twoThatAreUpTogetherForLongerThanAFailoverAreNoRoles() throws Exception {
        startup();
        change("pg1", "10:01:01", "L7STS", "pg2", "10:00:00");
        assertThatNothingIsLearnt();
    }

    @Test
    void tenMinutesAreTheLeast() throws Exception {
        startup();
        change("pg1", "08:05:00", "L7STS", "pg2", "08:05:09");
        records.readUntil("08:09:59");
        assertThatNothingIsLearnt();
        records.readUntil("08:11:00");
        try (Warehouse warehouse = filled(null)) {
            assertThat(table(warehouse, ROLES)).hasSize(1);
        }
    }

    @Test
    void aWishGoesBeforeHistoryAndStaysInTheFile() throws Exception {
        patroni();
        records.state("web/w1", "up", "08:00:00", null);
        try (Warehouse warehouse = filled(new RolePatterns(List.of("w*", "!pg")))) {
            assertThat(table(warehouse, ROLES)).containsExactly("web, set, w1, 2026-03-02 08:00:00+00, 0");
            assertThat(table(warehouse, "select distinct role from outages")).containsExactly("false");
            assertThat(table(warehouse, "select how from role_backends_in('pg')"))
                    .containsExactly("set");
        }
        try (Warehouse again = Warehouses.open(folder.resolve("w.duckdb"), UTC)) {
            assertThat(table(again, "select proxy from role_backends")).containsExactly("web");
        }
        try (Warehouse other = Warehouses.open(folder.resolve("w.duckdb"), UTC, RolePatterns.NONE)) {
            assertThat(table(other, "select proxy, how from role_backends")).containsExactly("pg, learnt");
        }
    }

    @Test
    void aLeaderThatNoLineNamesIsNotALackOfOne() throws Exception {
        records.state("pg/pg2", "down", "08:00:01", null)
                .outage("pg/pg2", "08:00:01", null, null, "L7STS", null)
                .readUntil("12:00:00");
        try (Warehouse warehouse = filled(new RolePatterns(List.of("pg")))) {
            assertThat(table(warehouse, ROLES)).containsExactly("pg, set, null, null, 0");
            assertThat(table(warehouse, "from leaderless")).isEmpty();
        }
    }

    @Test
    void theLastLineOfALogCanTakeTheLeader() throws Exception {
        patroni();
        records.takeBack(new StateInterval(
                        "lb1", ServerName.parse("pg/pg2"), false, Health.UP, records.at("10:00:09"), null, "test", 1L))
                .state("pg/pg2", "up", "10:00:09", "12:00:00")
                .state("pg/pg2", "down", "12:00:00", null)
                .outage("pg/pg2", "12:00:00", null, null, "L4CON", null)
                .backendOutage("pg", "12:00:00", null);
        try (Warehouse warehouse = filled(null)) {
            assertThat(table(warehouse, ROLES)).containsExactly("pg, learnt, null, null, 1");
            assertThat(table(warehouse, "select from_at::varchar, to_at, duration_ms from leaderless order by 1"))
                    .endsWith("2026-03-02 12:00:00+00, null, 0");
        }
    }

    @Test
    void whatIsNotKnownIsNeitherWithNorWithoutLeader() throws Exception {
        records.state("pg/pg1", "up", "08:00:00", "09:00:00")
                .state("pg/pg1", "unknown", "09:00:00", "10:00:00")
                .state("pg/pg1", "up", "10:00:00", null)
                .state("pg/pg2", "down", "08:00:00", null)
                .readUntil("12:00:00");
        try (Warehouse warehouse = filled(new RolePatterns(List.of("pg")))) {
            assertThat(table(warehouse, "select known_ms, one_up_ms, leaderless_ms, failovers from role_backends"))
                    .containsExactly("10800000, 10800000, 0, 0");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "!", "pg;drop", "'"})
    void aPatternThatCanMatchNoBackendIsRefused(String pattern) {
        assertThatThrownBy(() -> new RolePatterns(List.of(pattern)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + pattern + "' is not a backend name or pattern");
    }

    /** Three servers at the start of HAProxy: all count as up until their first check. */
    private void startup() {
        records.state("pg/pg2", "up", "08:00:00", "08:00:01")
                .state("pg/pg3", "up", "08:00:00", "08:00:02")
                .state("pg/pg3", "down", "08:00:02", null)
                .outage("pg/pg3", "08:00:02", null, null, "L7STS", null);
    }

    private void change(String from, String gone, String reason, String to, String came) {
        records.state("pg/" + from, "up", "08:00:00", gone)
                .state("pg/" + from, "down", gone, null)
                .outage("pg/" + from, gone, null, null, reason, null)
                .state("pg/" + to, "down", "08:00:01", came)
                .outage("pg/" + to, "08:00:01", came, Outage.EndedBy.UP, "L7STS", null)
                .state("pg/" + to, "up", came, null)
                .readUntil("12:00:00");
        if (gone.compareTo(came) < 0) {
            records.backendOutage("pg", gone, came);
        }
    }

    private void patroni() {
        startup();
        change("pg1", "10:00:00", "L4CON", "pg2", "10:00:09");
    }

    private void assertThatNothingIsLearnt() throws SQLException {
        try (Warehouse warehouse = filled(null)) {
            assertThat(table(warehouse, ROLES)).isEmpty();
        }
    }

    private Warehouse filled(RolePatterns roles) {
        Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), UTC, roles);
        warehouse.write(records.batch());
        return warehouse;
    }
}
