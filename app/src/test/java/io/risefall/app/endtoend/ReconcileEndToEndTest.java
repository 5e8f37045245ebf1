package io.risefall.app.endtoend;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.Programs;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.ingest.network.stats.StatsAddress;
import io.risefall.ingest.network.stats.StatsClient;
import io.risefall.schemas.suite.RealParts;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Outages, maintenance and drain of a real HAProxy, counted by it and by {@code risefall run}. */
@RealParts
@Timeout(240)
class ReconcileEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();

    @Test
    void theNumbersAgreeOrAreExplained() throws Exception {
        Programs.find("haproxy");
        int udp = Programs.freeUdp();
        Path socket = temp.resolve("admin.sock");
        Path data = temp.resolve("data");
        StatsClient haproxy = new StatsClient(StatsAddress.parse(socket.toString()), Duration.ofSeconds(10));

        try (ServerSocket open = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Programs programs = new Programs(temp);
                RunningRisefall run = RunningRisefall.start(data, "--syslog-udp", "127.0.0.1:" + udp)) {
            assertThat(reconcile(data, "--socket", socket.toString())).isEqualTo(2);
            assertThat(risefall.err())
                    .contains("cannot connect to HAProxy's stats socket " + socket, "is HAProxy running");

            programs.haproxy("haproxy", configuration(socket, udp, open.getLocalPort()));
            awaitStates(data, "closed", "down");
            haproxy.ask("set server web/maintained state maint");
            haproxy.ask("set server web/drained state drain");
            haproxy.ask("set server web/forced health down");
            awaitStates(data, "maintained", "maint");
            awaitStates(data, "drained", "drain");
            // It counts in whole seconds: until the states have lasted longer than that explains.
            await().atMost(PATIENCE)
                    .until(() -> haproxy.ask("show servers state web")
                            .matches("(?s).* drained \\S+ \\d+ \\d+ \\d+ \\d+ ([7-9]|\\d\\d) .*"));
            haproxy.ask("set server web/drained state ready");
            awaitStates(data, "drained", "up");

            assertThat(reconcile(data, "--socket", socket.toString()))
                    .as(risefall.out() + risefall.err())
                    .isZero();
            assertThat(risefall.out())
                    .contains(
                            "web,steady,state,UP,up,agrees,",
                            "web,unchecked,state,no check,no line,explained,HAProxy prints nothing of a server that is UP",
                            "web,disabled,state,MAINT,no line,explained,",
                            "web,closed,state,DOWN,down,agrees,",
                            "web,closed,DOWN count,1,1,agrees,",
                            "web,forced,DOWN count,1,1,agrees,",
                            "web,maintained,DOWN count,1,0,explained,",
                            "web,maintained,state,MAINT,maint,agrees,")
                    .containsPattern("web,closed,down time,.*,agrees,")
                    .containsPattern("web,maintained,down time,.*,0 ms,explained,")
                    .containsPattern("web,drained,down time,.*,0 ms,explained,.*adds the time in drain");

            assertThat(risefall.out()).contains("quiet,silent,state,UP,no line,explained,");
            assertThat(reconcile(data, "--socket", socket.toString(), "--settle"))
                    .as(risefall.out() + risefall.err())
                    .isZero();
            assertThat(risefall.err()).contains("settled: 1 server");
            assertThat(risefall.out())
                    .contains("quiet,silent,state,UP,up,agrees,", "web,disabled,state,MAINT,no line,explained,");

            Path saved = Files.writeString(temp.resolve("stat.csv"), haproxy.counters());
            assertThat(reconcile(data, saved.toString(), "--haproxy-version", "2.6"))
                    .as(risefall.out() + risefall.err())
                    .isZero();
            Files.writeString(saved, haproxy.counters().replaceFirst("(web,closed,.*?),DOWN,", "$1,UP,"));
            assertThat(reconcile(data, saved.toString())).isOne();
            assertThat(run.stop()).isZero();
        }
    }

    private int reconcile(Path data, String first, String... more) {
        String[] arguments = new String[more.length + 6];
        System.arraycopy(
                new String[] {"reconcile", "--data", data.toString(), "--format", "csv", first}, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return risefall.run(arguments);
    }

    private void awaitStates(Path data, String server, String state) {
        String question = "SELECT state FROM servers WHERE server = '" + server + "'";
        awaitAnswer(question)
                .until(() -> risefall.must(data, "query", "--format", "csv", question)
                        .contains("\n" + state + "\n"));
    }

    private static String configuration(Path socket, int udp, int open) throws Exception {
        int closed;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = free.getLocalPort();
        }
        return """
                global
                    stats socket %s level admin
                    log-send-hostname
                defaults
                    mode tcp
                    timeout connect 1s
                    timeout client 5s
                    timeout server 5s
                    option log-health-checks
                    default-server inter 200ms fall 2 rise 2
                backend web
                    log 127.0.0.1:%d format rfc5424 local0
                    server steady 127.0.0.1:%d check
                    server unchecked 127.0.0.1:%d
                    server disabled 127.0.0.1:%d check disabled
                    server closed 127.0.0.1:%d check
                    server forced 127.0.0.1:%d check
                    server maintained 127.0.0.1:%d check
                    server drained 127.0.0.1:%d check
                backend quiet
                    server silent 127.0.0.1:%d check
                """.formatted(socket, udp, open, open, open, closed, open, open, open, open);
    }
}
