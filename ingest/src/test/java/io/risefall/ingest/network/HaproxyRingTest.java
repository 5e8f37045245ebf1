package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.network.journal.JournalLimits;
import io.risefall.ingest.network.ring.HaproxyRing;
import io.risefall.ingest.network.stats.StatsAddress;
import io.risefall.ingest.network.stats.StatsClient;
import io.risefall.ingest.network.syslog.SyslogUdp;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A ring of a real HAProxy, followed through what happens to one; and what listens there and is none. */
@RealParts
@Timeout(180)
class HaproxyRingTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String UNUSABLE = "times HAProxy's stats socket could not be used; trying again";
    private static final String ENDED = "times HAProxy ended the connection to its ring; connected again";

    private static final String OTHER_NAME =
            "times the lines of a ring had another host name (log-send-hostname) than HAProxy's node: its servers have"
                    + " two names";

    @TempDir
    Path folder;

    /** A line of section global. */
    private String also = "";
    /** Lines behind the section of the backend. */
    private String more = "";

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void linesAreFollowedOverReloads() throws Exception {
        Haproxy.assumeInstalled();
        try (OpenListener open = open()) {
            open.awaitInterruption(UNUSABLE, 1);
            Process first = haproxy(1_000_000);
            awaitLines(open, first, "Server app/srv1 is DOWN");
            ask("disable server app/srv1");
            awaitLines(open, first, "Server app/srv1 was DOWN and now enters maintenance");

            Process second = haproxy(1_000_000, "-sf", String.valueOf(first.pid()));
            awaitLines(open, second, "Server app/srv1 is DOWN");
            awaitLines(open, first, "Proxy app stopped");
            // Nobody keeps the old one from ending.
            Awaitility.await().atMost(PATIENCE).until(() -> !first.isAlive());

            second.destroyForcibly().waitFor();
            open.awaitInterruption(ENDED, 1);
            open.awaitInterruption(UNUSABLE, 2);
            Process third = haproxy(1_000_000);
            awaitLines(open, third, "Server app/srv1 is DOWN");
            assertThat(open.received()).doesNotHaveDuplicates().allMatch(line -> line.startsWith("lb9 <"));
            assertThat(open.arrivals().dropped()).isEmpty();
        }
    }

    /** The same lines on both ways. HAProxy stamps each of its own, some microseconds apart. */
    @Test
    void whatIsFetchedIsWhatIsSent() throws Exception {
        Haproxy.assumeInstalled();
        try (OpenListener open = open();
                OpenListener udp = new OpenListener(
                        folder.resolve("udp"),
                        new SyslogUdp(OpenListener.FREE, AllowedSenders.of(List.of()), OpenListener.UTC))) {
            also = "log 127.0.0.1:" + udp.port() + " format rfc5424 local0";
            Process first = haproxy(1_000_000);
            awaitLines(open, first, "Server app/srv1 is DOWN");
            ask("disable server app/srv1;enable server app/srv1");
            Process second = haproxy(1_000_000, "-sf", String.valueOf(first.pid()));
            awaitLines(open, first, "Proxy app stopped");
            awaitLines(open, second, "Server app/srv1 is DOWN");
            awaitLines(udp, second, "Server app/srv1 is DOWN");

            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(messages(open)).isEqualTo(messages(udp)));
        }
    }

    /** Also of a HAProxy that starts later. */
    @Test
    void anotherNameInItsLinesIsTold() throws Exception {
        Haproxy.assumeInstalled();
        also = "log-send-hostname other";
        try (OpenListener open = open()) {
            open.awaitInterruption(UNUSABLE, 1);
            Process first = haproxy(1_000_000);
            awaitLines(open, first, "Server app/srv1 is DOWN");
            open.awaitInterruption(OTHER_NAME, 1);
            Process second = haproxy(1_000_000, "-sf", String.valueOf(first.pid()));
            awaitLines(open, second, "Server app/srv1 is DOWN");
            open.awaitInterruption(OTHER_NAME, 2);
        }
    }

    /** All kinds of servers, of which no line tells; and a reload. */
    @Test
    void whatServersAreIsTold() throws Exception {
        Haproxy.assumeInstalled();
        try (ServerSocket up = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                OpenListener open = open()) {
            more = """
                backend all
                    server up 127.0.0.1:%1$d check inter 100ms
                    server tracking 127.0.0.1:%1$d track all/up backup
                    server waiting 127.0.0.1:%1$d check inter 100s
                    server unchecked 127.0.0.1:%1$d
                    server empty 127.0.0.1:1023 disabled check
                    server-template pod 2 app.invalid:80 check resolvers none init-addr none
                resolvers none
                    nameserver none 127.0.0.1:9
                """.formatted(up.getLocalPort());
            Process first = haproxy(1_000_000);
            awaitLines(open, first, "Server app/srv1 is DOWN");
            awaitTold(open, first, "all/tracking", "all/up", "app/srv1");
            assertThat(told(open, first, "app/srv1"))
                    .matches("observed: app/srv1 is DOWN, reason: Layer4 connection problem, check duration: \\d+ms,"
                            + " address: 127\\.0\\.0\\.1:\\d+");
            assertThat(told(open, first, "all/up"))
                    .isEqualTo("observed: all/up is UP, address: 127.0.0.1:" + up.getLocalPort());
            assertThat(open.observed()).allMatch(told -> told.node().equals("lb9"));
            assertThat(open.observed())
                    .filteredOn(told -> told.observed().backup())
                    .extracting(told -> told.observed().server().server())
                    .containsExactly("tracking");

            ask("disable server all/up");
            Process second = haproxy(1_000_000, "-sf", String.valueOf(first.pid()));
            // What was UP and is UP needs no word.
            awaitTold(open, second, "app/srv1");
        }
    }

    private static void awaitTold(OpenListener open, Process by, String... servers) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(open.observed())
                        .filteredOn(told -> told.pid() == by.pid())
                        .extracting(told -> told.observed().server().toString())
                        .containsOnly(servers));
    }

    private static String told(OpenListener open, Process by, String server) throws IOException {
        return open.observed().stream()
                .filter(told -> told.pid() == by.pid()
                        && told.observed().server().toString().equals(server))
                .map(told -> told.observed().text())
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    /** HAProxy ends what is idle, and the ring begins anew for who comes again. */
    @Test
    void afterAnInterruptionNothingIsReadTwice() throws Exception {
        Haproxy.assumeInstalled();
        Process haproxy = haproxy(1_000_000);
        awaitSocket();
        try (OpenListener open = open()) {
            awaitLines(open, haproxy, "Server app/srv1 is DOWN");
            interrupt(1);
            open.awaitInterruption(ENDED, 1);
            ask("disable server app/srv1");
            awaitLines(open, haproxy, "now enters maintenance");
            assertThat(open.received()).doesNotHaveDuplicates();
            assertThat(open.arrivals().interruptions()).containsOnlyKeys(ENDED);
        }
    }

    /** Also after a restart of Risefall: what came meanwhile is in the ring, unless that was overrun or is of another process. */
    @Test
    void whatTheRingHasKeptIsNotMissed() throws Exception {
        Haproxy.assumeInstalled();
        Process haproxy = haproxy(16_384);
        awaitSocket();
        try (OpenListener open = open()) {
            awaitLines(open, haproxy, "Server app/srv1 is DOWN");
            awaitKept(open, Listener.Kept.NOT_ALL);
            awaitMark(haproxy, 3);
        }
        ask("disable server app/srv1");
        try (OpenListener open = open()) {
            awaitLines(open, haproxy, "now enters maintenance");
            awaitKept(open, Listener.Kept.ALL);
        }
        ask("enable server app/srv1;disable server app/srv1;".repeat(100));
        try (OpenListener open = open()) {
            awaitKept(open, Listener.Kept.NOT_ALL);
            awaitLines(open, haproxy, "going DOWN for maintenance");
            awaitMark(haproxy, 4);
        }
        haproxy.destroyForcibly().waitFor();
        haproxy(16_384);
        try (OpenListener open = open()) {
            awaitKept(open, Listener.Kept.NOT_ALL);
        }
    }

    private void awaitMark(Process of, int lines) {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> Files.readString(folder.resolve("journal/last-read"))
                        .strip()
                        .matches(of.pid() + " \\d+( [0-9a-f]+){" + lines + "}"));
    }

    private static void awaitKept(OpenListener open, Listener.Kept kept) {
        Awaitility.await().atMost(PATIENCE).until(() -> open.kept() == kept);
    }

    @Test
    void whatTheRingHasLostIsCounted() throws Exception {
        Haproxy.assumeInstalled();
        Process haproxy = haproxy(16_384);
        awaitSocket();
        // A journal with little room: the ring waits for its reader. With less, what waits in the socket would take
        // long to read.
        try (OpenListener open = new OpenListener(
                folder.resolve("journal"), source(), NetworkLimits.DEFAULT, JournalLimits.DEFAULT.withBytes(8_192))) {
            awaitLines(open, haproxy, "Health check for server app/srv1 failed");
            for (int i = 0; i < 400; i++) {
                ask("disable server app/srv1;enable server app/srv1;".repeat(20));
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(open.arrivals().interruptions())
                            .containsKey("times reading waited because the journal was full"));
            // It says so with the next line.
            Awaitility.await().atMost(PATIENCE).until(() -> {
                ask("disable server app/srv1;enable server app/srv1");
                open.received();
                open.published();
                return open.arrivals().dropped().getOrDefault("messages lost: HAProxy's ring was full", 0L) > 0;
            });
        }
    }

    @Test
    void aMissingRingIsSaidAndAwaited() throws Exception {
        Haproxy.assumeInstalled();
        try (OpenListener open = new OpenListener(
                folder.resolve("journal"),
                new HaproxyRing(StatsAddress.parse(socket().toString()), "other", OpenListener.UTC))) {
            haproxy(1_000_000);
            open.awaitInterruption(
                    "times HAProxy had no such ring, or did not hand it over; risefall ingest --help shows what to add",
                    1);
            assertThat(open.received()).isEmpty();
        }
    }

    @Test
    void whatIsNoHaproxyIsNotRead() throws Exception {
        try (OpenListener open = open();
                ServerSocketChannel garbage = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            open.awaitInterruption(UNUSABLE, 1);
            garbage.bind(UnixDomainSocketAddress.of(socket()));
            for (int i = 0; i < 2; i++) {
                try (SocketChannel asked = garbage.accept()) {
                    asked.write(ByteBuffer.wrap("\0\1garbage\n\n<133>1 a b c\n".getBytes(StandardCharsets.ISO_8859_1)));
                }
            }
            // The third is never answered: closing does not wait for it.
            try (SocketChannel silent = garbage.accept()) {
                assertThat(silent.isConnected()).isTrue();
                assertThat(open.received()).isEmpty();
            }
        }
    }

    /** Without the sender and the time, sorted. */
    private static List<String> messages(OpenListener open) throws IOException {
        return open.received().stream()
                .map(line -> line.substring(line.indexOf('<')).replaceFirst(" \\S+ ", " "))
                .sorted()
                .toList();
    }

    private OpenListener open() throws IOException {
        return new OpenListener(folder.resolve("journal"), source());
    }

    private HaproxyRing source() {
        return new HaproxyRing(StatsAddress.parse(socket().toString()), HaproxyRing.USUAL, OpenListener.UTC);
    }

    private Path socket() {
        return folder.resolve("admin.sock");
    }

    private void awaitSocket() {
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> !ask("show info").isEmpty());
    }

    private String ask(String command) {
        return new StatsClient(StatsAddress.parse(socket().toString()), PATIENCE).ask(command);
    }

    /** Ends every session of the stats socket that has waited. */
    private void interrupt(int least) {
        Awaitility.await().atMost(PATIENCE).until(() -> {
            long ended = ask("show sess")
                    .lines()
                    .filter(line -> line.startsWith("0x") && line.contains("GLOBAL") && !line.contains("age=0s"))
                    .map(line -> ask("shutdown session " + line.substring(0, line.indexOf(':'))))
                    .count();
            return ended >= least;
        });
    }

    private void awaitLines(OpenListener open, Process of, String text) {
        Awaitility.await(text)
                .atMost(PATIENCE)
                .until(() -> open.received().stream()
                        .anyMatch(line -> line.contains(" haproxy " + of.pid() + " ") && line.contains(text)));
    }

    private Process haproxy(int ring, String... arguments) throws IOException {
        Process process = Haproxy.start(
                Haproxy.PROGRAM,
                folder,
                Haproxy.configuration(
                        socket(),
                        Haproxy.ring(ring),
                        "node lb9\n    log ring@risefall local0\n    " + also,
                        "option log-health-checks",
                        more),
                arguments);
        started.add(process);
        return process;
    }
}
