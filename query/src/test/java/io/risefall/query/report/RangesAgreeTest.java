package io.risefall.query.report;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.stream.LongStream;
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
            same(
                    views,
                    "select * from sightings where (proxy, server) in " + CUT,
                    "with chosen as (select * from store.own_states where (proxy, server) in " + CUT
                            + ") select * from store.sightings_of('chosen')");
        }
    }

    private static int agrees(Connection views, String from, String to) throws SQLException {
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
        History.Line line = history.server(name).up("-2 00:00");
        Instant at = history.at("-2 06:00");
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
