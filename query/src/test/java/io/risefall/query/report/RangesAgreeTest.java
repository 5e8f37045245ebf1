package io.risefall.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.sql.SqlQuery;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.Slow;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked for a range of time is what the whole view has of that range. */
@Slow
class RangesAgreeTest {
    private static final LocalDate DAY = LocalDate.of(2025, 11, 12);
    private static final String CUT = "(select distinct proxy, server from store.states where server in ('s0', 's3'))";

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Length.of(1, 40));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void agrees(long seed) throws Exception {
        Random random = new Random(seed);
        History[] nodes = new History[1 + random.nextInt(3)];
        for (int n = 0; n < nodes.length; n++) {
            nodes[n] = new History("lb" + n, DAY, ZoneOffset.UTC).readUntil(n == 1 ? "1 02:00" : "2 08:00");
            for (int s = 0; s < 6; s++) {
                story(nodes[n], "be_%d/s%d".formatted(s % 2, s), new Random(seed * 31 + s), random);
            }
            nodes[n].flaps("be_0/s0", "-1 23:00", "0 02:00", 7, 9.5);
            nodes[n].flaps("be_1/s1", "1 11:00", "4 02:00", 8, 9.5);
        }
        try (TestWarehouse warehouse = TestWarehouse.of(nodes);
                Connection views = warehouse.views()) {
            int rows = 0;
            for (int i = 0; i < 4; i++) {
                Instant from = nodes[0].at("-1 12:00").plusMillis(random.nextInt(120_000_000));
                Instant to = from.plusMillis(1 + random.nextInt(random.nextBoolean() ? 3_000_000 : 90_000_000));
                rows += agrees(views, "timestamptz '" + from + "'", "timestamptz '" + to + "'");
            }
            rows += same(
                    views,
                    "select * from server_day_in('Europe/Berlin') where day between '2025-11-12' and '2025-11-13'",
                    "select * from server_day_between('Europe/Berlin', date '2025-11-12', date '2025-11-13')");
            assertThat(rows).isPositive();
            daysAgree(views);
            same(
                    views,
                    "select * from sightings where (proxy, server) in " + CUT,
                    "with chosen as (select * from store.own_states where (proxy, server) in " + CUT
                            + ") select * from store.sightings_of('chosen')");
        }
    }

    private static int agrees(Connection views, String from, String to) throws SQLException {
        budgetAgrees(views, from, to);
        String touching = " where %s <= " + to + " and (%s is null or %s >= " + from + ")";
        return same(
                        views,
                        "select * from store.told_outages" + touching.formatted("started_at", "ended_at", "ended_at"),
                        "select * from store.told_outages_between(" + from + ", " + to + ")")
                + same(
                        views,
                        "select * from states" + touching.formatted("from_at", "to_at", "to_at"),
                        "select node, proxy, server, state, from_at, to_at, cause from store.state_times_between("
                                + from + ", " + to + ")" + touching.formatted("from_at", "to_at", "to_at"))
                + same(
                        views,
                        "select * replace (greatest(from_at, " + from + ") as from_at, case when to_at < " + to
                                + " then to_at else " + to + " end as to_at) from sightings where from_at < " + to
                                + " and (to_at is null or to_at > " + from + ")",
                        "select * from sightings_between(" + from + ", " + to + ")")
                + same(
                        views,
                        "select * from near_misses where \"at\" >= " + from + " and \"at\" < " + to,
                        "select * from near_misses_between(" + from + ", " + to + ")")
                + same(
                        views,
                        "select * from incidents where started_at < " + to + " and (ended_at is null or ended_at > "
                                + from + ")",
                        "select * from incidents_between(" + from + ", " + to + ")");
    }

    /** What budgets of a range read of the states gives what all sightings give. */
    private static void budgetAgrees(Connection views, String from, String to) throws SQLException {
        same(
                views,
                """
                with told as (
                    select least(%2$s, max(until_at)) as now_at from store.node_known
                ), seen as (
                    select proxy, server, min(epoch_ms(from_at)) filter (where nodes > nodes_unknown) as first_ms from sightings group by all
                ), cut as (
                    select proxy, server, nodes_down > 0 as down, nodes_down + nodes_up + nodes_drain = 0 and nodes_maint > 0 as maint,
                        nodes = nodes_unknown as unknown,
                        greatest(epoch_ms(from_at), epoch_ms(%1$s), first_ms) as from_ms,
                        least(coalesce(epoch_ms(to_at), epoch_ms(now_at)), epoch_ms(now_at)) as to_ms
                    from sightings join seen using (proxy, server), told
                    where from_at < now_at and (to_at is null or to_at > %1$s)
                )
                select proxy, server, min(from_ms) as from_ms, max(to_ms) as until_ms,
                    coalesce(sum(to_ms - from_ms) filter (where down), 0) as spent_ms, coalesce(sum(to_ms - from_ms) filter (where maint), 0) as maint_ms,
                    coalesce(sum(to_ms - from_ms) filter (where down or unknown), 0) as most_ms
                from cut where from_ms < to_ms group by proxy, server""".formatted(from, to),
                "select proxy, server, epoch_ms(from_at) as from_ms, epoch_ms(least(to_at, as_of)) as until_ms, spent_ms, maint_ms,"
                        + " spent_high_ms as most_ms from budget_in(99.9, " + from + ", " + to
                        + ") where kind = 'server'");
    }

    /** What the report asks of days gives what the whole view gives. */
    private static void daysAgree(Connection views) throws SQLException {
        String first = DAY.minusDays(1).toString();
        String last = DAY.plusDays(1).toString();
        List<String> held = new SqlQuery("report/server_day.sql")
                .query(
                        views,
                        row -> Stream.of("node", "proxy", "server", "flaps", "flapping_ms", "mttr_ms")
                                .map(column -> text(row, column))
                                .collect(Collectors.joining(", ")),
                        "Europe/Berlin",
                        first,
                        last);
        assertThat(held)
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(Warehouses.table(
                        views,
                        "select node, proxy, server, sum(flaps)::bigint as flaps, sum(flapping_ms)::bigint as flapping_ms,"
                                + " round(sum(mttr_ms * flaps) / nullif(sum(flaps), 0))::bigint as mttr_ms"
                                + " from server_day_in('Europe/Berlin') where day between '" + first + "' and '" + last
                                + "' group by all having sum(flaps) + sum(flapping_ms) > 0"));
    }

    private static String text(SqlQuery.Row row, String column) {
        try {
            return String.valueOf(row.textOrNull(column));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** How many rows both have. */
    private static int same(Connection views, String whole, String part) throws SQLException {
        List<String> expected = rows(views, whole);
        assertThat(rows(views, part)).as(part).isEqualTo(expected);
        return expected.size();
    }

    private static List<String> rows(Connection views, String sql) throws SQLException {
        return Warehouses.table(views, "select r::varchar from (" + sql + ") r order by 1");
    }

    /** One server as one node sees it: {@code common} is the same for all nodes, {@code own} is not. */
    private static void story(History history, String name, Random common, Random own) {
        boolean late = common.nextInt(3) == 0;
        History.Line line = history.server(name).up(late ? "-1 20:00" : "-2 00:00");
        Instant at = history.at(late ? "-1 21:00" : "-2 06:00");
        Instant end = history.at("1 18:00");
        while (true) {
            at = at.plusMillis(common.nextInt(common.nextInt(3) == 0 ? 900_000 : 30_000_000));
            int lives = 3;
            for (int i = own.nextInt(4); i > 0; i--) {
                at = at.plusMillis(1_000 + own.nextInt(own.nextInt(5) == 0 ? 5_000_000 : 4_000));
                lives = own.nextInt(3) == 0 ? 3 : Math.max(1, lives - 1);
                history.lives(name, at, lives, History.reason(CheckStatus.L4TOUT, null, null, 2001));
            }
            Instant down = at.plusMillis(5_000 + own.nextInt(4_000));
            Instant up = down.plusMillis(1 + common.nextInt(common.nextInt(4) == 0 ? 30_000_000 : 60_000));
            at = up.plusSeconds(12);
            if (!up.isBefore(end)) {
                break;
            }
            if (common.nextInt(3) > 0 && own.nextInt(6) > 0) {
                line.down(down, ExampleDays.REFUSED).up(up);
            }
        }
        line.open();
    }
}
