package io.risefall.query.warehouse;

import static io.risefall.query.warehouse.Warehouses.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.message.Health;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who sees what: how many nodes had a server of the fleet in which state. */
@Slow
class SightingsTest {
    private static final String ALL = """
            select strftime(from_at, '%H:%M:%S'), coalesce(strftime(to_at, '%H:%M:%S'), '-'), nodes, nodes_up, nodes_down,
                nodes_drain, nodes_maint, nodes_unknown, array_to_string(down_on, ' ')
            from sightings order by proxy, server, from_at""";

    @TempDir
    Path folder;

    private final Records records = new Records("2026-03-02", 0);

    @Test
    void threeNodesOfWhichOneSeesItDownLonger() throws Exception {
        for (String node : List.of("n1", "n2", "n3")) {
            records.state(node, "web/a", Health.UP, "08:00:00", "10:00:00")
                    .state(node, "web/a", Health.DOWN, "10:00:00", node.equals("n2") ? "10:05:00" : "10:01:00")
                    .state(node, "web/a", Health.UP, node.equals("n2") ? "10:05:00" : "10:01:00", null);
        }
        assertThat(rows(ALL))
                .containsExactly(
                        "08:00:00, 10:00:00, 3, 3, 0, 0, 0, 0, ",
                        "10:00:00, 10:01:00, 3, 0, 3, 0, 0, 0, n1 n2 n3",
                        "10:01:00, 10:05:00, 3, 2, 1, 0, 0, 0, n2",
                        "10:05:00, -, 3, 3, 0, 0, 0, 0, ");
    }

    @Test
    void asManyButOthers() throws Exception {
        records.state("n1", "web/a", Health.DOWN, "10:00:00", "10:01:00")
                .state("n1", "web/a", Health.UP, "10:01:00", null)
                .state("n2", "web/a", Health.UP, "10:00:00", "10:01:00")
                .state("n2", "web/a", Health.DOWN, "10:01:00", null);
        assertThat(rows(ALL))
                .containsExactly("10:00:00, 10:01:00, 2, 1, 1, 0, 0, 0, n1", "10:01:00, -, 2, 1, 1, 0, 0, 0, n2");
    }

    @Test
    void whatOnlyTheStatesOfOthersChangeIsOneStretch() throws Exception {
        records.state("n1", "web/a", Health.UP, "10:00:00", null)
                .state("n2", "web/a", Health.UP, "10:00:00", "10:01:00")
                .state("n2", "web/a", Health.UP, "10:01:00", null)
                .state("n2", "web/b", Health.MAINT, "10:00:00", "10:00:30");
        assertThat(rows(ALL))
                .as("web/a, then web/b, which is gone afterwards")
                .containsExactly("10:00:00, -, 2, 2, 0, 0, 0, 0, ", "10:00:00, 10:00:30, 1, 0, 0, 0, 1, 0, ");
    }

    @Test
    void statesThatFollowEachOtherAreOneStretch() throws Exception {
        records.state("n1", "web/a", Health.DOWN, "10:00:00", "10:01:00")
                .state("n1", "web/a", Health.DOWN, "10:01:00", "10:02:00")
                .state("n2", "web/a", Health.UP, "10:00:00", "10:02:00");
        assertThat(rows(ALL)).containsExactly("10:00:00, 10:02:00, 2, 1, 1, 0, 0, 0, n1");
    }

    @Test
    void afterTheLastLineOfANodeNothingIsKnownOfIt() throws Exception {
        records.state("n1", "web/a", Health.UP, "10:00:00", null)
                .state("n2", "web/a", Health.UP, "10:00:00", "11:00:00")
                .state("n2", "web/a", Health.DOWN, "11:00:00", null)
                .state("n3", "web/a", Health.UP, "10:00:00", null)
                .check("n1", "web/a", "10:30:00", 1, false, true, 3, 3, "up")
                .check("n2", "web/a", "12:00:00", 1, false, false, 0, 2, "down")
                .check("n3", "web/a", "11:59:30", 1, false, true, 3, 3, "up");
        assertThat(rows(ALL))
                .as("the log of n3 ends with that of n2, as near as lines come")
                .containsExactly(
                        "10:00:00, 10:30:00, 3, 3, 0, 0, 0, 0, ",
                        "10:30:00, 11:00:00, 3, 2, 0, 0, 0, 1, ",
                        "11:00:00, -, 3, 1, 1, 0, 0, 1, n2");
    }

    @Test
    void agreesWithACountAtAnyMoment() throws Exception {
        Random random = new Random(4);
        record Told(String node, String server, Health state, Instant from, Instant to) {}
        List<Told> told = new ArrayList<>();
        Instant midnight = records.at("00:00:00");
        for (int node = 0; node < 5; node++) {
            for (String server : List.of("web/a", "web/b", "app/a")) {
                Instant at = midnight.plusSeconds(random.nextInt(20));
                for (int i = 0; i < 20; i++) {
                    Instant next = at.plusSeconds(1 + random.nextInt(9));
                    Told one =
                            new Told("n" + node, server, Health.values()[random.nextInt(5)], at, i == 19 ? null : next);
                    told.add(one);
                    records.state(
                            one.node, server, one.state, at.toString(), one.to == null ? null : one.to.toString());
                    at = next;
                }
            }
        }
        List<String> found = rows("""
                select epoch_ms(from_at), epoch_ms(coalesce(to_at, '2026-03-03')), proxy || '/' || server, nodes, nodes_up, nodes_down,
                    nodes_drain, nodes_maint, nodes_unknown, array_to_string(down_on, ' ')
                from sightings order by 1""");
        assertThat(rows("""
                select * from (
                    select (nodes_up, nodes_down, nodes_drain, nodes_maint, nodes_unknown, down_on) as seen, to_at,
                        lead(seen) over fleet as next_seen, lead(from_at) over fleet as next_at
                    from sightings window fleet as (partition by proxy, server order by from_at))
                where seen = next_seen and to_at = next_at""")).as("neighbours that are alike").isEmpty();
        for (int second = 0; second < 240; second++) {
            Instant moment = midnight.plusSeconds(second);
            for (String server : List.of("web/a", "web/b", "app/a")) {
                List<Told> now = told.stream()
                        .filter(one -> one.server.equals(server)
                                && !one.from.isAfter(moment)
                                && (one.to == null || one.to.isAfter(moment)))
                        .toList();
                StringBuilder expected = new StringBuilder(server + ", " + now.size());
                for (Health state : List.of(Health.UP, Health.DOWN, Health.DRAIN, Health.MAINT, Health.UNKNOWN)) {
                    expected.append(", ")
                            .append(now.stream()
                                    .filter(one -> one.state == state)
                                    .count());
                }
                TreeSet<String> downOn = new TreeSet<>();
                now.stream().filter(one -> one.state == Health.DOWN).forEach(one -> downOn.add(one.node));
                expected.append(", ").append(String.join(" ", downOn));
                assertThat(found.stream()
                                .filter(row -> covers(row, moment))
                                .map(row -> row.split(", ", 3)[2])
                                .filter(row -> row.startsWith(server + ", ")))
                        .as("%s at %s", server, moment)
                        .isEqualTo(now.isEmpty() ? List.of() : List.of(expected.toString()));
            }
        }
    }

    private static boolean covers(String row, Instant moment) {
        String[] bounds = row.split(", ", 3);
        return Long.parseLong(bounds[0]) <= moment.toEpochMilli() && moment.toEpochMilli() < Long.parseLong(bounds[1]);
    }

    private List<String> rows(String sql) throws Exception {
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneId.of("UTC"))) {
            warehouse.write(records.batch());
            return table(warehouse, sql);
        }
    }
}
