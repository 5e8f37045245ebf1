package io.risefall.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.CommandRunner;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the log of a Patroni cluster behind HAProxy to leaders and failovers in SQL and report. */
@RealParts
class RolesEndToEndTest {
    private static final String LOG = """
            08:00:00.100 Server pg/pg2 is DOWN, reason: Layer7 wrong status, code: 503, info: "Service Unavailable", check duration: 2ms. 2 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.
            08:00:00.400 Server pg/pg3 is DOWN, reason: Layer7 wrong status, code: 503, info: "Service Unavailable", check duration: 3ms. 1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.
            09:00:00.000 Health check for server web/w1 failed, reason: Layer7 timeout, check duration: 2001ms, status: 2/3 UP.
            09:00:02.000 Health check for server web/w1 succeeded, reason: Layer7 check passed, code: 200, check duration: 3ms, status: 3/3 UP.
            10:00:00.000 Server pg/pg1 is DOWN, reason: Layer4 connection problem, info: "Connection refused", check duration: 0ms. 0 active and 0 backup servers left. 4 sessions active, 0 requeued, 0 remaining in queue.
            10:00:00.000 backend pg has no server available!
            10:00:09.250 Server pg/pg2 is UP, reason: Layer7 check passed, code: 200, check duration: 2ms. 1 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.
            12:00:00.000 Health check for server web/w1 failed, reason: Layer7 timeout, check duration: 2001ms, status: 2/3 UP.
            """;

    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();

    @Test
    void aPatroniClusterHasALeaderAndNoEndlessOutages() throws Exception {
        String data = temp.resolve("data").toString();
        Path log = temp.resolve("haproxy.log");
        Files.writeString(log, LOG.replaceAll("(?m)^(\\S+) ", "2026-03-02T$1000+00:00 lb1 haproxy[101]: "));
        assertThat(risefall.run("import", "--data", data, log.toString()))
                .as(risefall.err())
                .isZero();

        assertThat(ask(data, "SELECT proxy, how, leader, failovers FROM role_backends"))
                .isEqualTo("proxy,how,leader,failovers\npg,learnt,pg2,1\n");
        assertThat(ask(data, "SELECT from_server, to_server, leaderless_ms FROM failovers"))
                .isEqualTo("from_server,to_server,leaderless_ms\npg1,pg2,9250\n");
        assertThat(ask(data, "SELECT server, near_misses, became_outages FROM near_miss_day"))
                .isEqualTo("server,near_misses,became_outages\nw1,1,0\n");

        assertThat(risefall.must(
                                Path.of(data), "budget", "--month", "2026-03", "--zone", "UTC", "--format", "csv", "pg")
                        .lines()
                        .skip(1)
                        .map(row -> row.split(",", -1))
                        .map(row -> row[0] + " " + row[2] + row[3] + " spent " + row[9]))
                .containsExactly("backend pg spent 9250");

        String report = report(data);
        assertThat(report.replaceAll("\\s+", " "))
                .contains("pg was without a leader for 9.250 s and had 1 failover", "--role-backend '!pg'");
        assertThat(report(data, "--role-backend", "!pg")).doesNotContain("failover");
        Path config = temp.resolve("risefall.yaml");
        Files.writeString(config, "role-backend: [pg, '!pg_ro']\n");
        assertThat(report(data, "--config", config.toString()))
                .contains("1 failover")
                .doesNotContain("assumed");
    }

    private String ask(String data, String sql) {
        assertThat(risefall.run("query", "--data", data, "--format", "csv", sql))
                .as(risefall.err())
                .isZero();
        return risefall.out();
    }

    private String report(String data, String... more) {
        String[] words = {"report", "--data", data, "--date", "2026-03-02", "--zone", "UTC"};
        String[] all = Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray(String[]::new);
        assertThat(risefall.run(all)).as(risefall.err()).isZero();
        return risefall.out();
    }
}
