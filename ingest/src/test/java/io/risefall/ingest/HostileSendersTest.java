package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.network.AllowedSenders;
import io.risefall.ingest.network.NetworkLimits;
import io.risefall.ingest.network.relp.Relp;
import io.risefall.ingest.network.syslog.SyslogTcp;
import io.risefall.ingest.network.syslog.SyslogUdp;
import io.risefall.schemas.suite.Slow;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a careless or hostile sender can do to listeners: there is no event that HAProxy did not print, a good sender
 * beside it loses nothing, and what was refused is counted with its reason.
 */
@Slow
@Timeout(120)
class HostileSendersTest {
    private static final LineDefaults UTC = LineDefaults.of(ZoneOffset.UTC);
    private static final InetSocketAddress FREE = new InetSocketAddress("127.0.0.1", 0);
    private static final int LONGEST = 64 * 1024;
    private static final String DOWN =
            "Server app/evil is DOWN, reason: Layer4 timeout. 0 active and 0 backup servers left."
                    + " 0 sessions active, 0 requeued, 0 remaining in queue.";
    private static final String TOO_LONG = "messages longer than " + LONGEST + " bytes; the rest was dropped";

    @TempDir
    Path directory;

    private final RecordingSink sink = new RecordingSink();
    private Ingest ingest;
    private int good;

    @BeforeEach
    void start() {
        IngestLimits limits = IngestLimits.DEFAULT.withNetwork(NetworkLimits.DEFAULT.withConnections(1024));
        ingest = new Ingest(
                IngestSettings.of("nowhere:9092", directory)
                        .withLimits(limits)
                        .withSources(
                                List.of(),
                                List.of(
                                        new SyslogTcp(FREE, UTC),
                                        new SyslogUdp(FREE, AllowedSenders.EVERYBODY, UTC),
                                        new Relp(FREE, UTC))),
                Clock.systemUTC(),
                sink);
        ingest.start();
    }

    @AfterEach
    void stop() {
        ingest.close();
    }

    @Test
    void noLineEndEver() throws Exception {
        try (Socket endless = connect(0)) {
            byte[] block = "<129>1 2026-11-23T00:00:00Z lb1 haproxy 1 - - x"
                    .repeat(1000)
                    .getBytes(StandardCharsets.US_ASCII);
            for (int sent = 0; sent < 8 * 1024 * 1024; sent += block.length) {
                endless.getOutputStream().write(block);
            }
            goodOverTcp();
            assertOnlyGood();
        }
        assertDropped("tcp", "connections closed in the middle of a message; the partial message was dropped");
    }

    @Test
    void linesOfAMegabyte() throws Exception {
        try (Socket socket = connect(0)) {
            String line =
                    "<129>1 2026-11-23T00:00:00Z lb1 haproxy 1 - - GET /" + "x".repeat(1024 * 1024) + " " + DOWN + "\n";
            for (int i = 0; i < 8; i++) {
                socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
            }
        }
        goodOverTcp();
        assertOnlyGood();
        assertDropped("tcp", TOO_LONG);
    }

    @Test
    void countsThatAreTooLargeOrBreakOff() throws Exception {
        for (String bytes : new String[] {
            "9999999 <129>1 2026-11-23T00:00:00Z lb1 haproxy 1 - - " + DOWN,
            "99999999999999999999 <129>1 - lb1 haproxy 1 - - " + DOWN,
            "400 <129>1 2026-11-23T00:00:00Z lb1 haproxy 1 - - " + DOWN.substring(0, 40),
            "-5 <129>1 2026-11-23T00:00:00Z lb1 haproxy 1 - -",
            "0 0 0 0 0",
            "5 <129>1 2026"
        }) {
            try (Socket socket = connect(0)) {
                socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
            }
        }
        goodOverTcp();
        awaitGood();
        assertThat(sink.texts().stream().filter(text -> text.contains("evil")))
                .as("a count that promises more than comes is no message")
                .isEmpty();
    }

    @Test
    void nulsBrokenUtf8AndEveryByteThereIs() throws Exception {
        Random random = new Random(3);
        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[random.nextInt(3000)];
            random.nextBytes(garbage);
            try (Socket socket = connect(i % 2 == 0 ? 0 : 2)) {
                socket.getOutputStream().write(garbage);
            } catch (IOException refused) {
                // The listener may close before all is written.
            }
        }
        goodOverTcp();
        assertOnlyGood();
    }

    @Test
    void datagramsOfGarbageAtFullRate() throws Exception {
        Random random = new Random(5);
        InetSocketAddress to = address(1);
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] garbage = new byte[1400];
            for (int i = 0; i < 50_000; i++) {
                random.nextBytes(garbage);
                socket.send(new DatagramPacket(garbage, random.nextInt(garbage.length), to));
            }
        }
        goodOverTcp();
        assertOnlyGood();
        assertThat(ingest.failed()).isNotDone();
    }

    @Test
    void oneByteAtATimeFromManyAtOnce() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            byte[] message = line("slow").getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 200; i++) {
                slow.add(connect(0));
            }
            int threads = Thread.activeCount();
            for (byte b : message) {
                for (Socket socket : slow) {
                    socket.getOutputStream().write(b);
                }
            }
            assertThat(Thread.activeCount()).as("a slow sender costs no thread").isLessThan(threads + 10);
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(sink.texts()).hasSize(200));
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void twoThousandConnections() throws Exception {
        List<Socket> many = new ArrayList<>();
        try {
            Socket first = connect(0);
            many.add(first);
            first.getOutputStream().write(line("srv0").getBytes(StandardCharsets.US_ASCII));
            for (int i = 1; i < 2000; i++) {
                many.add(connect(0));
            }
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> ingest.interruptions()
                                    .getOrDefault("tcp:127.0.0.1:0: connections refused: 1024 are open", 0L)
                            == 976);
            first.getOutputStream().write(line("srv1").getBytes(StandardCharsets.US_ASCII));
            good = 2;
            assertOnlyGood();
        } finally {
            for (Socket socket : many) {
                socket.close();
            }
        }
        goodOverTcp();
        assertOnlyGood();
    }

    @Test
    void reasonsAreOursAndFew() throws Exception {
        Random random = new Random(8);
        for (int i = 0; i < 300; i++) {
            try (Socket socket = connect(i % 2 == 0 ? 0 : 2)) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream()
                        .write(("1 evil" + random.nextInt() + " 5 x\n").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException refused) {
                // As above.
            }
        }
        goodOverTcp();
        assertOnlyGood();
        Set<String> reasons = new HashSet<>(ingest.dropped().keySet());
        reasons.addAll(ingest.interruptions().keySet());
        assertThat(reasons).hasSizeLessThan(10).noneMatch(reason -> reason.contains("evil"));
    }

    private void goodOverTcp() throws IOException {
        try (Socket socket = connect(0)) {
            for (int i = 0; i < 20; i++) {
                socket.getOutputStream().write(line("srv" + good++).getBytes(StandardCharsets.US_ASCII));
            }
        } catch (IOException e) {
            throw new AssertionError("a good sender was turned away", e);
        }
    }

    private void awaitGood() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(sink.texts().stream().filter(text -> text.contains("app/srv")))
                        .hasSize(good));
    }

    private void assertOnlyGood() {
        awaitGood();
        assertThat(sink.texts()).hasSize(good);
    }

    private void assertDropped(String source, String reason) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ingest.dropped().getOrDefault(source + ":127.0.0.1:0: " + reason, 0L) > 0);
    }

    private static String line(String server) {
        return "<129>1 2026-11-23T00:00:00.000000+00:00 lb1 haproxy 4043 - - Server app/" + server + " is DOWN.\n";
    }

    private InetSocketAddress address(int source) {
        return (InetSocketAddress) ingest.listening().get(source).address();
    }

    private Socket connect(int source) throws IOException {
        return new Socket(address(source).getAddress(), address(source).getPort());
    }
}
