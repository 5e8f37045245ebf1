package io.risefall.query.warehouse;

import static io.risefall.query.warehouse.Warehouses.table;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which outages belong together, and what is constant in them. */
@Slow
class IncidentsTest {
    private static final String LABELS = "select label from incidents order by started_at, label";

    @TempDir
    Path folder;

    private final Records records = new Records("2026-03-02", 0);
    /** Until when the states of {@code NODE SERVER} are told. */
    private final Map<String, String> told = new TreeMap<>();

    @Test
    void oneServerThatAllNodesSeeDown() throws Exception {
        down("n1", "web/a", "10:00:00", "10:05:00", "L4CON");
        down("n2", "web/a", "10:00:09", "10:05:01", "L4CON");
        assertThat(
                        incidents(
                                "select label, kind, servers, backends, nodes, outages, reason, duration_ms, started_at::varchar, ended_at::varchar from incidents"))
                .containsExactly("server web/a: seen DOWN by all 2 nodes, server, 1, 1, 2, 2, L4CON, 301000, 2026-03-02"
                        + " 10:00:00+00, 2026-03-02 10:05:01+00");
    }

    @Test
    void oneServerThatOneNodeOfThreeSeesDown() throws Exception {
        up("n1", "web/a");
        up("n3", "web/a");
        down("n2", "web/a", "10:00:00", "10:05:00", "L4TOUT");
        assertThat(incidents("select label, kind from incidents"))
                .containsExactly("server web/a: seen DOWN by 1 of 3 nodes: the path from n2, path");
    }

    @Test
    void aNodeOfWhichTheLogHasEndedSeesNothing() throws Exception {
        records.state("lb1", "web/a", Health.UP, "08:00:00", null).readUntil("10:00:00");
        records.state("lb2", "web/a", Health.DOWN, "11:00:00", "11:30:00")
                .outage("lb2", "web/a", "11:00:00", "11:30:00", null, null)
                .readUntil("lb2", "12:00:00");
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneId.of("UTC"))) {
            warehouse.write(records.batch());
            assertThat(table(warehouse, "select label, kind from incidents")).containsExactly("server web/a, server");
        }
    }

    @Test
    void aNodeThatHasTheServerInMaintenanceSeesNothing() throws Exception {
        records.state("n1", "web/a", Health.MAINT, "08:00:00", null);
        down("n2", "web/a", "10:00:00", "10:05:00", "L4CON");
        assertThat(incidents("select label, kind from incidents")).containsExactly("server web/a, server");
    }

    @Test
    void allServersOfANodeThatHaveNothingInCommonButIt() throws Exception {
        for (String server : List.of("web/a", "web/b", "app/c", "db/d")) {
            up("n1", server);
            down("n2", server, "10:00:00", null, "L4TOUT", 0, 0);
        }
        assertThat(incidents("select label, kind, emptied from incidents"))
                .containsExactly("node n2: 4 of 4 servers: the node or its network, node, 3");
    }

    @Test
    void aBackendThatTheOtherNodesSeeUp() throws Exception {
        for (String server : List.of("web/a", "web/b", "app/c")) {
            up("n1", server);
            up("n2", server);
        }
        down("n2", "web/a", "10:00:00", null, "L4TOUT", 1, 0);
        down("n2", "web/b", "10:00:01", null, "L4TOUT", 0, 0);
        assertThat(incidents("select label, kind from incidents"))
                .containsExactly("2 servers of web: seen DOWN by 1 of 2 nodes: the path from n2, path");
    }

    @Test
    void halfOfTheServersOfANode() throws Exception {
        for (String server : List.of("web/a", "web/b", "app/c", "app/d")) {
            up("n2", server);
        }
        down("n2", "web/a", "10:00:00", null, "L4TOUT", 1, 0);
        down("n2", "app/d", "10:00:02", null, "L4TOUT", 1, 0);
        assertThat(incidents("select label, kind from incidents"))
                .containsExactly("2 servers of 2 backends on node n2, several");
    }

    @Test
    void aBackendWithOneReason() throws Exception {
        down("n1", "web/a", "10:00:00", "10:05:00", "L7STS", 2, 1);
        down("n1", "web/b", "10:00:02", "10:05:00", "L7STS", 1, 1);
        down("n1", "web/c", "10:04:00", "10:05:00", "L7STS", 0, 1);
        assertThat(
                        incidents(
                                "select label, kind, worst_node, worst_backend, active_before, active_left, backup_left, sessions_active, requeued from incidents"))
                .containsExactly(
                        "backend web: 3 servers, L7STS 503: application or deploy, backend, n1, web, 3, 0, 1, 15, 6");
    }

    @Test
    void aBackendWithSeveralReasons() throws Exception {
        down("n1", "web/a", "10:00:00", "10:05:00", "L7STS");
        down("n1", "web/b", "10:00:02", "10:05:00", "L4CON");
        assertThat(incidents("select label, reason from incidents"))
                .containsExactly("2 servers of backend web on node n1, null");
    }

    @Test
    void oneNameInSeveralBackendsIsAMachine() throws Exception {
        up("n1", "web/a2");
        down("n1", "web/a1", "10:00:00", "10:05:00", "L4CON");
        down("n1", "ftp/a1", "10:00:02", "10:05:00", "L4CON");
        assertThat(incidents("select label, kind from incidents"))
                .containsExactly("server name a1 in 2 backends: the machine, host");
    }

    @Test
    void oneAfterAnotherWithEqualGapsIsARollingRestart() throws Exception {
        down("n1", "web/a", "10:00:00", "10:00:21", "L4CON");
        down("n1", "web/b", "10:00:30", "10:00:50", "L4CON");
        down("n1", "web/c", "10:00:59", "10:01:20", "L4CON");
        down("n1", "web/d", "10:01:30", "10:01:52", "L4CON");
        assertThat(incidents("select label, kind from incidents"))
                .containsExactly("rolling restart of 4 servers of web, one every 30 s, rolling restart");
    }

    @Test
    void unequalGapsOrServersThatStayDownAreNone() throws Exception {
        down("n1", "web/a", "10:00:00", "10:00:21", "L4CON");
        down("n1", "web/b", "10:00:30", "10:00:50", "L4CON");
        down("n1", "web/c", "10:00:45", "10:01:20", "L4CON");
        down("n1", "app/a", "12:00:00", "12:10:00", "L4CON");
        down("n1", "app/b", "12:00:30", "12:10:00", "L4CON");
        down("n1", "app/c", "12:01:00", "12:10:00", "L4CON");
        assertThat(incidents("select label, kind from incidents order by started_at"))
                .containsExactly(
                        "backend web: 3 servers, L4CON 503: application or deploy, backend",
                        "backend app: 3 servers, L4CON 503: application or deploy, backend");
    }

    @Test
    void checksThatHaproxySpreadsOverTheirIntervalAreNoRollingRestart() throws Exception {
        down("n1", "web/a", "10:00:00", "10:00:01", "L4CON");
        down("n1", "web/b", "10:00:02", "10:00:03", "L4CON");
        down("n1", "web/c", "10:00:04", "10:00:05", "L4CON");
        assertThat(incidents("select kind from incidents")).containsExactly("backend");
    }

    @Test
    void nearIsTenSeconds() throws Exception {
        down("n1", "web/a", "10:00:00", "10:00:05", "L4CON");
        down("n1", "web/b", "10:00:15", "10:00:20", "L4CON");
        down("n1", "web/c", "10:00:30.001", "10:00:40", "L4CON");
        assertThat(incidents("select outages from incidents order by started_at"))
                .containsExactly("2", "1");
    }

    @Test
    void orThreeOfTheBackendsLongestIntervals() throws Exception {
        down("n1", "web/a", "10:00:00", "10:00:05", "L4CON");
        down("n1", "web/b", "10:00:50", "10:01:00", "L4CON");
        down("n1", "web/c", "10:01:51", "10:02:00", "L4CON");
        down("n1", "app/c", "10:02:00", "10:02:10", "L4CON");
        checks("web/a", "09:00:00", "09:00:15");
        checks("app/c", "09:00:00", "09:00:02");
        assertThat(incidents("select outages, servers from incidents order by started_at"))
                .as("45 s: from an end to the next begin; the last two also by node, which the longer interval reaches")
                .containsExactly("2, 2", "2, 2");
    }

    @Test
    void whatHasBeenDownForTenMinutesDoesNotSwallowWhatComesLater() throws Exception {
        down("n1", "web/a", "08:00:00", null, "L4CON");
        down("n1", "web/b", "08:09:00", "08:09:30", "L4CON");
        down("n1", "web/c", "10:00:00", "10:01:00", "L4CON");
        assertThat(incidents("select outages, ended_at is null from incidents order by started_at"))
                .containsExactly("2, true", "1, false");
    }

    @Test
    void onANodeOnlyACommonBeginTells() throws Exception {
        down("n1", "web/a", "10:00:00", "10:05:00", "L4CON");
        down("n1", "app/b", "10:00:10", "10:00:15", "L4CON");
        down("n1", "ftp/c", "10:03:00", "10:03:05", "L4CON");
        assertThat(incidents("select outages from incidents order by started_at"))
                .containsExactly("2", "1");
    }

    @Test
    void aWayOverBackendNameAndNodeIsOneIncident() throws Exception {
        down("n1", "web/a", "10:00:00", "10:00:05", "L4CON");
        down("n2", "web/b", "10:00:08", "10:00:09", "L7STS");
        down("n3", "app/b", "10:00:16", "10:00:18", "L4CON");
        down("n3", "ftp/c", "10:00:24", "10:00:25", "L4CON");
        down("n4", "irc/d", "10:00:25", "10:00:26", "L4CON");
        assertThat(incidents("select outages, label from incidents order by started_at"))
                .containsExactly("4, 4 servers of 3 backends on 3 nodes", "1, server irc/d");
    }

    @Test
    void aServerAndThoseThatTrackIt() throws Exception {
        down("lb1", "web/a", "10:00:00", "10:00:05", "L4CON");
        records.outage("app/b", "10:00:00.001", "10:00:05", Outage.EndedBy.UP, null, "web/a")
                .outage("ftp/c", "10:00:00.002", "10:00:05", Outage.EndedBy.UP, null, "app/b");
        assertThat(incidents("select label, kind, servers, reason from incidents"))
                .containsExactly("server web/a, and 2 tracking servers, server, 3, L4CON");
    }

    @Test
    void followersOfOneThatNoLineTellsOf() throws Exception {
        records.outage("app/b", "10:00:00.001", "10:00:05", Outage.EndedBy.UP, null, "web/a")
                .outage("ftp/c", "10:00:00.002", "10:00:05", Outage.EndedBy.UP, null, "web/a");
        assertThat(incidents("select label, kind from incidents"))
                .containsExactly("server web/a, and 2 tracking servers, server");
    }

    @Test
    void aServerThatFlaps() throws Exception {
        down("n1", "web/a", "10:00:00", "10:00:05", "L4CON");
        down("n1", "web/a", "10:00:10", "10:00:15", "L4CON");
        down("n1", "web/a", "10:00:20", "10:00:25", "L4CON");
        assertThat(incidents("select label, outages, servers from incidents"))
                .containsExactly("server web/a, repeatedly, 3, 1");
    }

    @Test
    void standbysAreLeftOut() throws Exception {
        down("lb1", "pg/a", "10:00:00", "10:00:05", "L7STS");
        fill();
        try (Warehouse warehouse =
                Warehouses.open(folder.resolve("w.duckdb"), ZoneId.of("UTC"), new RolePatterns(List.of("pg")))) {
            warehouse.write(records.batch());
            assertThat(table(warehouse, LABELS)).isEmpty();
        }
    }

    @Test
    void aNodeThatRisefallDidNotListenToIsNoWitness() throws Exception {
        up("n1", "web/a");
        up("n3", "web/a");
        down("n2", "web/a", "10:00:00", "10:05:00", "L4TOUT");
        records.absence("n1", "udp:127.0.0.1:5514", "09:59:58", "10:00:20");
        assertThat(incidents("select label, kind from incidents"))
                .as("of the other two, one saw it up")
                .containsExactly("server web/a: seen DOWN by 1 of 2 nodes: the path from n2, path");
    }

    @Test
    void withoutWitnessNobodyIsAccused() throws Exception {
        for (String server : List.of("web/a", "web/b")) {
            up("n1", server);
            down("n2", server, "10:00:00", "10:05:00", "L4TOUT", 1, 0);
        }
        records.absence("n1", "udp:127.0.0.1:5514", "09:59:58", "10:00:20");
        assertThat(incidents("select label, kind from incidents"))
                .containsExactly("backend web: 2 servers, L4TOUT 503, backend");
    }

    @Test
    void whatBeganAsRisefallWasAwayIsItsOwnGap() throws Exception {
        down("n1", "web/a", "10:00:12", "10:05:00", "L7STS");
        down("n1", "web/b", "10:00:13", "10:05:00", "L7STS");
        records.absence("n1", "udp:127.0.0.1:5514", "09:55:00", "10:00:10");
        assertThat(incidents("select label, kind from incidents"))
                .containsExactly("backend web: 2 servers, L7STS 503 (Risefall was away when they began), backend");
    }

    @Test
    void aNodeThatHasItDownFromBeforeHasNotSeenItUp() throws Exception {
        down("n1", "web/a", "08:00:00", null, "L4CON");
        down("n2", "web/a", "10:00:00", "10:05:00", "L4CON");
        down("n3", "web/a", "10:00:01", "10:05:00", "L4CON");
        assertThat(incidents("select label, kind from incidents order by started_at"))
                .containsExactly(
                        "server web/a: seen DOWN by 1 of 3 nodes: the path from n1, path",
                        "server web/a: seen DOWN by 2 nodes, server");
    }

    @Test
    void aReasonThatNoLineGivesOrThatIsTheNetworksIsNoDeploy() throws Exception {
        records.outage("n1", "web/a", "10:00:00", "10:05:00", null, null)
                .outage("n1", "web/b", "10:00:01", "10:05:00", null, null);
        down("n1", "app/c", "12:00:00", "12:05:00", "L4TOUT");
        down("n1", "app/d", "12:00:01", "12:05:00", "L4TOUT");
        assertThat(incidents(LABELS))
                .containsExactly("backend web: 2 servers, reason not logged", "backend app: 2 servers, L4TOUT 503");
    }

    private void up(String node, String server) {
        told.put(node + " " + server, "08:00:00");
    }

    private void down(String node, String server, String from, String to, String reason) {
        down(node, server, from, to, reason, -1, -1);
    }

    /** An outage; with counts, five sessions were on it and two waited for it. */
    private void down(String node, String server, String from, String to, String reason, int active, int backup) {
        String before = told.put(node + " " + server, to == null ? "" : to);
        records.state(node, server, Health.UP, before == null ? "07:00:00" : before, from)
                .state(node, server, Health.DOWN, from, to)
                .outage(
                        node,
                        server,
                        from,
                        to,
                        new CheckReason(CheckStatus.valueOf(reason), 503, "x", 1L),
                        active < 0 ? null : new ServerCounts(active, backup, false, 5L, 2L, 0L));
    }

    /** Two failed checks of one run. */
    private void checks(String server, String first, String second) {
        records.check("n1", server, first, 1, false, false, 2, 3, "up")
                .check("n1", server, second, 1, false, false, 1, 3, "up");
    }

    private void fill() {
        told.forEach((name, from) -> {
            if (!from.isEmpty()) {
                String[] words = name.split(" ");
                records.state(words[0], words[1], Health.UP, from, null);
            }
        });
        records.readUntil("23:00:00");
    }

    private List<String> incidents(String sql) throws Exception {
        fill();
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneId.of("UTC"))) {
            warehouse.write(records.batch());
            return table(warehouse, sql);
        }
    }
}
