package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.risefall.ingest.line.LineOutcome;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.network.syslog.SyslogUnix;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real HAProxy that logs to a unix datagram socket. */
@RealParts
class HaproxyUnixSocketTest {
    private static final Path HAPROXY = Path.of("/usr/sbin/haproxy");
    private static final List<String> FORMATS =
            List.of("rfc3164", "rfc5424", "local", "priority", "short", "timed", "iso", "raw");

    @TempDir
    Path folder;

    @BeforeEach
    void installed() {
        Assumptions.assumeTrue(
                Files.isExecutable(HAPROXY) && Epoll.isAvailable(),
                "no haproxy on this machine: apt-get install haproxy");
    }

    @Test
    void everyFormatIsReadAndIsOfThisMachine() throws Exception {
        Path socket = folder.resolve("log");
        String logs = FORMATS.stream()
                .map(format -> "log " + socket + " format " + format + " local0\n")
                .collect(Collectors.joining());
        List<HealthEvent> events = downs(socket, logs, FORMATS.size());
        assertThat(events).hasSize(FORMATS.size()).allSatisfy(event -> {
            assertThat(event.text()).startsWith("Server app/srv1 is DOWN, reason: Layer4 connection problem");
            assertThat(event.node()).isEqualTo(HostName.get());
            assertThat(event.at())
                    .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
        });
    }

    @Test
    void theHostThatHaproxyNamesIsTheNode() throws Exception {
        Path socket = folder.resolve("log");
        List<HealthEvent> events = downs(socket, "log-send-hostname lb7\nlog " + socket + " local0\n", 1);
        assertThat(events).extracting(HealthEvent::node).containsOnly("lb7");
    }

    @Test
    void afterChrootThePathBeginsThere() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "chroot needs root");
        Path jail = Files.createDirectories(folder.resolve("jail/dev"));
        List<HealthEvent> events =
                downs(jail.resolve("log"), "chroot " + jail.getParent() + "\nlog /dev/log local0\n", 1);
        assertThat(events).extracting(HealthEvent::node).containsOnly(HostName.get());
    }

    /** What HAProxy says when the one server of a backend is not running. */
    private List<HealthEvent> downs(Path socket, String global, int count) throws Exception {
        SyslogUnix source = new SyslogUnix(socket, OpenListener.UTC);
        try (OpenListener open = new OpenListener(folder.resolve("journal"), source)) {
            Process haproxy = haproxy(global);
            try {
                Awaitility.await("DOWN")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> events(open.received()).size() == count);
            } finally {
                haproxy.destroyForcibly().waitFor();
            }
            return events(open.received());
        }
    }

    private static List<HealthEvent> events(List<String> received) {
        LineReader reader = new LineReader(new LineContext("unix", OpenListener.UTC, Instant.now()));
        List<HealthEvent> events = new ArrayList<>();
        for (String one : received) {
            String[] senderAndLine = one.split(" ", 2);
            byte[] line = senderAndLine[1].getBytes(StandardCharsets.UTF_8);
            if (reader.read(line, 0, line.length, 0, Instant.now(), senderAndLine[0])
                    instanceof LineOutcome.Events found) {
                found.events().stream()
                        .filter(event -> event.text().startsWith("Server "))
                        .forEach(events::add);
            }
        }
        return events;
    }

    private Process haproxy(String global) throws IOException {
        String configuration = Stream.of(
                        "global",
                        global.strip(),
                        "defaults",
                        "mode tcp",
                        "log global",
                        "timeout connect 1s",
                        "timeout client 1s",
                        "timeout server 1s",
                        // Without one HAProxy does not start.
                        "frontend any",
                        "bind " + folder.resolve("any"),
                        "backend app",
                        "server srv1 127.0.0.1:" + closedPort() + " check inter 100ms fall 1")
                .collect(Collectors.joining("\n", "", "\n"));
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), configuration);
        return new ProcessBuilder(HAPROXY.toString(), "-db", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.out").toFile())
                .start();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
