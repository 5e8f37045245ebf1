package io.risefall.app.endtoend;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.FinalViews;
import io.risefall.app.driver.Programs;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.app.runtime.Snippets;
import io.risefall.ingest.network.stats.StatsAddress;
import io.risefall.ingest.network.stats.StatsClient;
import io.risefall.schemas.suite.RealParts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real HAProxy that logs to a ring and over UDP, with an outage, maintenance and a reload; one Risefall fetches, another is sent to. Both
 * know the same, but what no line tells: the backend quiet logs nothing, and only who asks knows its server.
 */
@RealParts
@Timeout(300)
class HaproxyRingEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Without places and times: each way has its own, and HAProxy stamps each line for each way, some microseconds apart. */
    private static final Map<String, String> VIEWS = Map.of(
            "(FROM events WHERE kind <> 'observed')", "node, pid, severity, kind, proxy, server, message",
            "checks",
                    "node, proxy, server, agent, outcome, reason, code, info, duration_ms, health, threshold, state, pid",
            "(FROM states WHERE proxy <> 'quiet')", "node, proxy, server, state, cause",
            "outages",
                    "node, proxy, server, ended_by, reason, reason_text, code, info, agent, joined, backend_emptied, certain",
            "(FROM servers WHERE proxy <> 'quiet')", "node, proxy, server, state, last_reason, flapping, pid, certain",
            "backend_outages", "node, proxy, ended_at is null",
            "incidents", "servers, backends, nodes, reason, label",
            "changes", "node, kind, subject, what, pid",
            "processes", "node, pid, master",
            "losses", "node, proxy");

    @TempDir
    Path temp;

    @Test
    void theSameIsKnownOnBothWays() throws Exception {
        Programs.find("haproxy");
        int udp = Programs.freeUdp();
        int closed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = free.getLocalPort();
        }
        Path socket = temp.resolve("admin.sock");
        Path sent = temp.resolve("sent");
        Path fetched = temp.resolve("fetched");
        StatsClient haproxy = new StatsClient(StatsAddress.parse(socket.toString()), Duration.ofSeconds(10));
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Programs programs = new Programs(temp);
                RunningRisefall pushed = RunningRisefall.start(sent, "--syslog-udp", "127.0.0.1:" + udp);
                RunningRisefall pulling = RunningRisefall.start(fetched, "--haproxy", socket.toString())) {
            assertThat(pulling.err()).contains(socket + " (ring risefall of HAProxy, over its stats socket)");

            Process before = programs.haproxy("haproxy", configuration(socket, udp, server.getLocalPort(), closed));
            awaitRows(
                    fetched,
                    "SELECT count(*) = 1 FROM servers WHERE proxy = 'quiet' AND server = 'up' AND state = 'up' AND certain");
            awaitRows(fetched, "SELECT count(*) = 1 FROM outages WHERE server = 'closed' AND reason = 'L4CON'");
            haproxy.ask("disable server web/open");
            awaitRows(fetched, "SELECT count(*) = 1 FROM servers WHERE server = 'open' AND state = 'maint'");
            haproxy.ask("enable server web/open");
            haproxy.ask("set server web/forced health down");
            awaitRows(fetched, "SELECT count(*) = 1 FROM outages WHERE server = 'forced' AND ended_at IS NOT NULL");

            programs.start(
                    "after",
                    Programs.find("haproxy"),
                    "-db",
                    "-f",
                    temp.resolve("haproxy.cfg").toString(),
                    "-sf",
                    String.valueOf(before.pid()));
            String stopped =
                    "SELECT count(*) > 0 AND (SELECT count(DISTINCT pid) = 2 FROM checks WHERE server = 'closed')"
                            + " FROM events WHERE message LIKE 'Proxy web stopped%'";
            awaitRows(fetched, stopped);
            awaitRows(sent, stopped);
            await("nobody keeps the process of before the reload")
                    .atMost(PATIENCE)
                    .until(() -> !before.isAlive());

            awaitAnswer("the same views")
                    .untilAsserted(() -> assertThat(FinalViews.difference(views(sent), views(fetched)))
                            .isEmpty());
            assertThat(rows(sent, "SELECT count(*) FROM servers WHERE proxy = 'quiet'"))
                    .containsExactly("0");
            assertThat(rows(fetched, "SELECT server, state, cause, to_at IS NULL FROM states WHERE proxy = 'quiet'"))
                    .containsExactly("up,up,observed,true");
            assertThat(rows(fetched, "SELECT count(*) FROM rejected")).containsExactly("0");
            assertThat(rows(fetched, "SELECT count(*) FROM drops")).containsExactly("0");
            assertThat(new CommandRunner()
                            .run("reconcile", "--data", fetched.toString(), "--socket", socket.toString()))
                    .isZero();
            assertThat(pulling.stop()).isZero();
            assertThat(pushed.stop()).isZero();

            haproxy.ask("disable server web/open");
            try (RunningRisefall again = RunningRisefall.start(fetched, "--haproxy", socket.toString())) {
                awaitRows(fetched, "SELECT count(*) = 1 FROM servers WHERE server = 'open' AND state = 'maint'");
                assertThat(rows(fetched, "FROM absences WHERE source LIKE 'ring:%'"))
                        .as("the ring has kept all of that time")
                        .isEmpty();
                assertThat(again.stop()).isZero();
            }
        }
    }

    private Map<String, String> views(Path data) {
        Map<String, String> views = new TreeMap<>();
        VIEWS.forEach((view, columns) -> views.put(
                view, String.join("\n", rows(data, "SELECT " + columns + " FROM " + view + " ORDER BY ALL"))));
        return views;
    }

    private static void awaitRows(Path data, String question) {
        awaitAnswer(question).until(() -> rows(data, question).equals(List.of("true")));
    }

    private static List<String> rows(Path data, String question) {
        return new CommandRunner()
                .must(data, "query", "--format", "csv", question)
                .lines()
                .skip(1)
                .toList();
    }

    private static String configuration(Path socket, int udp, int open, int closed) {
        return Snippets.text("haproxy-ring.cfg")
                        .replace("/run/haproxy/admin.sock mode 660 level operator", socket + " level admin")
                        .replace(
                                "    log-send-hostname",
                                "    log 127.0.0.1:" + udp + " format rfc5424 local0\n    log-send-hostname")
                + """
                    mode tcp
                    timeout connect 1s
                    timeout client 5s
                    timeout server 5s
                    default-server inter 200ms fall 2 rise 2
                backend web
                    server open 127.0.0.1:%d check
                    server forced 127.0.0.1:%d check
                    server closed 127.0.0.1:%d check
                backend quiet
                    no log
                    no option log-health-checks
                    server up 127.0.0.1:%d check
                    server slot 127.0.0.1:%d check disabled
                """.formatted(open, open, closed, open, open);
    }
}
