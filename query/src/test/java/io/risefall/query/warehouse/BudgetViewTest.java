package io.risefall.query.warehouse;

import static io.risefall.query.warehouse.Warehouses.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.state.BackendOutage;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.StateInterval;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Error budgets: what is allowed, what is spent, and between which bounds. */
class BudgetViewTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final String BEFORE = "2025-10-01T00:00:00Z";
    private static final String AFTER = "2025-12-01T00:00:00Z";
    private static final String NOVEMBER =
            "budget_in(99.9, timestamptz '2025-11-01 00:00:00+00', timestamptz '2025-12-01 00:00:00+00'";

    /** 720 hours at 99.9 %. */
    private static final long ALLOWED = 2_592_000;

    @TempDir
    Path folder;

    private final Records records = new Records("2025-11-10", 0);

    @Test
    void timeDownIsSpentAndMaintenanceIsNot() throws SQLException {
        states(
                "web/s1",
                BEFORE,
                "up",
                "10:00:00",
                "down",
                "10:30:00",
                "up",
                "12:00:00",
                "maint",
                "13:00:00",
                "drain",
                null);
        records.readUntil(AFTER);
        assertThat(november("kind, allowed_ms, spent_ms, left_ms, \"left\", maint_ms, gone_at", "kind = 'server'"))
                .containsExactly("server, 2588400, 1800000, 788400, " + 788400 / 2588400d + ", 3600000, null");
    }

    @Test
    void aBudgetIsGoneInTheMomentInWhichItsLastMillisecondIsSpent() throws SQLException {
        states(
                "web/s1",
                BEFORE,
                "up",
                "10:00:00",
                "down",
                "10:30:00",
                "up",
                "12:00:00",
                "down",
                "13:00:00",
                "up",
                null);
        records.readUntil(AFTER);
        assertThat(november("left_ms, gone_at::varchar", "kind = 'server'"))
                .containsExactly((ALLOWED - 5_400_000) + ", 2025-11-10 12:13:12+00");
    }

    @Test
    void aBudgetIsGoneAtTheRateOfTheLastSixHours() throws SQLException {
        // Half a minute of six hours, and one minute in all: 2 532 s are left, which last 21 days and into December.
        states(
                "web/s1",
                BEFORE,
                "up",
                "2025-11-05T00:00:00Z",
                "down",
                "2025-11-05T00:00:30Z",
                "up",
                "09:00:00",
                "down",
                "09:00:30",
                "up",
                null);
        states("web/s2", BEFORE, "up", "11:30:00", "down", "11:36:00", "up", null);
        records.readUntil("12:00:00");
        assertThat(november("server, burn_1h, round(burn_6h, 6), gone_at::varchar", "kind = 'server' order by server"))
                .containsExactly(
                        "s1, 0.0, 1.388889, null",
                        // 6 min of 6 h are 1/60; 37 min 12 s are left, which last 37.2 h.
                        "s2, 100.0, 16.666667, 2025-11-12 01:12:00+00");
    }

    @Test
    void aMonthIsAsLongAsItsZoneHasIt() throws SQLException {
        states("web/s1", "2025-01-01T00:00:00Z", "up", null);
        records.readUntil(AFTER);
        assertThat(ask("""
                        select allowed_ms from budget_in(99.9, timestamp '2025-03-01' at time zone 'Europe/Berlin',
                            timestamp '2025-04-01' at time zone 'Europe/Berlin') where kind = 'server'
                        union all
                        select allowed_ms from budget_in(99.9, timestamp '2025-10-01' at time zone 'Europe/Berlin',
                            timestamp '2025-11-01' at time zone 'Europe/Berlin') where kind = 'server'""")).containsExactly(String.valueOf(743 * 3600), String.valueOf(745 * 3600));
    }

    @Test
    void whatIsNotKnownIsBetweenTheBounds() throws SQLException {
        states(
                "web/s1",
                BEFORE,
                "up",
                "10:00:00",
                "unknown",
                "10:10:00",
                "down",
                "10:20:00",
                "up",
                "14:00:00",
                "down",
                "15:00:00",
                "up",
                null);
        records.doubt("web/s1", "14:30:00", "14:40:00", "15:10:00").readUntil(AFTER);
        assertThat(november(
                        "spent_low_ms, spent_ms, spent_high_ms, left_low < \"left\" and \"left\" < left_high",
                        "kind = 'server'"))
                .containsExactly("2400000, 4200000, " + (4_200_000 + 600_000 + 600_000) + ", true");
    }

    @Test
    void aServerThatAppearsLaterHasASmallerBudget() throws SQLException {
        states("web/s1", "2025-11-09T00:00:00Z", "unknown", "2025-11-11T00:00:00Z", "up", null);
        records.readUntil("2025-11-12T00:00:00Z");
        assertThat(november(
                        "from_at::varchar, to_at::varchar, as_of::varchar, allowed_ms, spent_high_ms",
                        "kind = 'server'"))
                .containsExactly("2025-11-11 00:00:00+00, 2025-12-01 00:00:00+00, 2025-11-12 00:00:00+00, "
                        + 20 * 86_400 + ", 0");
    }

    @Test
    void capacityIsAShareOfTheServersThatHaproxyCounts() throws SQLException {
        states("web/s1", BEFORE, "up", "10:00:00", "down", "11:00:00", "up", null);
        states("web/s2", BEFORE, "up", "10:30:00", "down", "11:00:00", "up", null);
        records.outage("lb1", "web/s1", "10:00:00", "11:00:00", null, new ServerCounts(3, 0, false, 0L, 0L, 0L))
                .outage("lb1", "web/s2", "10:30:00", "11:00:00", null, new ServerCounts(2, 0, false, 0L, 0L, 0L))
                .readUntil(AFTER);
        assertThat(november("servers, spent_ms", "kind = 'capacity'"))
                .containsExactly("4, " + (3_600_000 / 4 + 1_800_000 / 4));
        assertThat(november("spent_ms", "kind = 'backend'")).containsExactly("0");
    }

    @Test
    void withoutAnyServerAllOfABackendIsGone() throws SQLException {
        states("web/s1", BEFORE, "up", "10:00:00", "down", "11:00:00", "up", null);
        states("web/s2", BEFORE, "up", "10:30:00", "maint", "11:00:00", "up", null);
        backup("web/b1", BEFORE, "up", "10:40:00", "down", "10:50:00", "up");
        records.backendOutage("web", "10:40:00", "10:50:00").readUntil(AFTER);
        assertThat(november("kind, servers, spent_ms", "kind <> 'server' order by kind"))
                .containsExactly(
                        "backend, null, 600000",
                        // Half for half an hour, then the only one that is not in maintenance.
                        "capacity, 2, " + (900_000 + 1_800_000));
    }

    @Test
    void aBackendMayHaveBeenEmptyWhileNoServerIsKnownToBeUp() throws SQLException {
        states("web/s1", BEFORE, "up", "10:00:00", "unknown", "11:00:00", "up", null);
        states("web/s2", BEFORE, "up", "10:30:00", "down", "10:40:00", "up", null);
        records.readUntil(AFTER);
        assertThat(november("spent_low_ms, spent_ms, spent_high_ms", "kind = 'backend'"))
                .containsExactly("0, 0, 600000");
        assertThat(november("spent_low_ms, spent_ms, spent_high_ms", "kind = 'capacity'"))
                .containsExactly("300000, 300000, " + (300_000 + 1_800_000));
    }

    @Test
    void aRoleBackendIsAvailableWhileItHasALeader() throws SQLException {
        states("pg/pg1", BEFORE, "up", "10:00:00", "down", null);
        states("pg/pg2", BEFORE, "down", "10:00:09", "up", null);
        records.put(outage("pg/pg1", "10:00:00", null))
                .put(outage("pg/pg2", BEFORE, "10:00:09"))
                .backendOutage("pg", "10:00:00", "10:00:09")
                .readUntil(AFTER);
        assertThat(table(
                        filled(new RolePatterns(List.of("pg"))),
                        "select kind, server, spent_ms from " + NOVEMBER + ")"))
                .containsExactly("backend, null, 9000");
    }

    @Test
    void ofAFleetAServerIsDownWhileAnyNodeSeesItSo() throws SQLException {
        states("web/s1", BEFORE, "up", "10:00:00", "down", "10:10:00", "up", null);
        records.state("lb2", "web/s1", Health.UP, BEFORE, "10:05:00")
                .state("lb2", "web/s1", Health.DOWN, "10:05:00", "10:15:00")
                .state("lb2", "web/s1", Health.UP, "10:15:00", null)
                .put(new BackendOutage("lb2", "web", records.at("10:05:00"), records.at("10:15:00")))
                .backendOutage("web", "10:00:00", "10:10:00")
                .readUntil(AFTER)
                .readUntil("lb2", AFTER);
        assertThat(november("kind, node, spent_ms, for_some_ms", "true order by kind"))
                .containsExactly(
                        "backend, null, 900000, 600000",
                        "capacity, null, 900000, 600000",
                        "server, null, 900000, 600000");
        assertThat(ask("select kind, node, spent_ms, for_some_ms from " + NOVEMBER
                        + ", of_node := 'lb2') order by kind"))
                .containsExactly("backend, lb2, 600000, 0", "capacity, lb2, 600000, 0", "server, lb2, 600000, 0");
    }

    /** What a server has spent is what the days of a month add up to. */
    @Test
    void agreesWithTheDays() throws SQLException {
        Random random = new Random(7);
        for (int server = 0; server < 20; server++) {
            Instant at = Instant.parse(BEFORE);
            String name = "web/s" + server;
            while (at.isBefore(Instant.parse("2025-12-02T00:00:00Z"))) {
                Instant next = at.plus(Duration.ofSeconds(1 + random.nextInt(300_000)));
                Health state = Health.values()[random.nextInt(Health.values().length)];
                records.state(
                        "lb1",
                        name,
                        at.equals(Instant.parse(BEFORE)) ? Health.UP : state,
                        at.toString(),
                        next.toString());
                at = next;
            }
            records.doubt(
                    name,
                    "2025-11-1" + server % 10 + "T03:00:00Z",
                    "2025-11-1" + server % 10 + "T04:00:00Z",
                    "2025-11-2" + server % 10 + "T04:00:00Z");
        }
        records.readUntil("2025-12-03T00:00:00Z");
        Warehouse warehouse = filled(null);
        List<String> days = table(warehouse, """
                select server, sum(down_ms), sum(down_ms - doubted_down_ms), sum(down_ms + unknown_ms + doubted_up_ms), sum(maint_ms)
                from server_day where day between '2025-11-01' and '2025-11-30' group by server order by server""");
        assertThat(days).hasSize(20);
        for (String node : List.of(")", ", of_node := 'lb1')")) {
            assertThat(table(
                            warehouse,
                            "select server, spent_ms, spent_low_ms, spent_high_ms, maint_ms from " + NOVEMBER + node
                                    + " where kind = 'server' order by server"))
                    .isEqualTo(days);
        }
    }

    private List<String> november(String columns, String where) throws SQLException {
        return ask("select " + columns + " from " + NOVEMBER + ") where " + where);
    }

    private List<String> ask(String sql) throws SQLException {
        return table(filled(null), sql);
    }

    private Warehouse filled(RolePatterns roles) throws SQLException {
        Path file = folder.resolve("w" + System.nanoTime() + ".duckdb");
        Warehouse warehouse = Warehouses.open(file, UTC, roles);
        warehouse.write(records.batch());
        return warehouse;
    }

    /** Moments and states in turn; null: the last one lasts. */
    private void states(String server, String... story) {
        for (int i = 0; i + 1 < story.length; i += 2) {
            records.state(server, story[i + 1], story[i], i + 2 < story.length ? story[i + 2] : null);
        }
    }

    private void backup(String server, String from, String... story) {
        String at = from;
        for (int i = 0; i < story.length; i += 2) {
            String next = i + 1 < story.length ? story[i + 1] : null;
            records.put(new StateInterval(
                    "lb1",
                    ServerName.parse(server),
                    true,
                    Health.of(story[i]),
                    records.at(at),
                    records.at(next),
                    "test",
                    1L));
            at = next;
        }
    }

    private Outage outage(String server, String from, String to) {
        return new Outage(
                "lb1",
                ServerName.parse(server),
                false,
                records.at(from),
                records.at(to),
                to == null ? null : Outage.EndedBy.UP,
                null,
                null,
                null,
                false,
                false,
                null,
                false,
                true,
                1L);
    }
}
