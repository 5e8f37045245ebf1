package io.risefall.app.parts;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.app.driver.BrokerPart;
import io.risefall.app.driver.CommittedEvents;
import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.ingest.Ingest;
import io.risefall.ingest.IngestSettings;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.network.AllowedSenders;
import io.risefall.ingest.network.syslog.SyslogTcp;
import io.risefall.ingest.network.syslog.SyslogUdp;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.suite.RealParts;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ingest and a real broker that goes away, and two ingesters with one identity: nothing is lost, nothing comes twice. */
@RealParts
@Timeout(900)
class IngestOverKafkaTest {
    private static final InetSocketAddress FREE = new InetSocketAddress("127.0.0.1", 0);
    private static final LineDefaults UTC = LineDefaults.of(ZoneOffset.UTC);
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    @TempDir
    Path temp;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatComesWhileTheBrokerIsAwayArrivesOnceWhenItIsBack(boolean kill) throws Exception {
        EmbeddedKafka before = new EmbeddedKafka(temp);
        before.start();
        BrokerPart.createTopics(before.address(), 3);
        try (Ingest ingest = ingest(before.address(), "data", "one")) {
            send(ingest, 0, 500);
            awaitEvents(before.address(), 1);
            // In the middle of what is being published.
            send(ingest, 500, 1000);
            if (kill) {
                ProcessHandle.of(before.pid()).orElseThrow().destroyForcibly();
            }
            before.close();
            send(ingest, 1000, 2000);
            try (EmbeddedKafka kafka = new EmbeddedKafka(temp)) {
                kafka.start();
                send(ingest, 2000, 2500);
                awaitEvents(kafka.address(), 2500);
                assertThat(ingest.dropped()).isEmpty();
                ingest.close();
                assertThat(CommittedEvents.servers(kafka.address()))
                        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 2500)
                                .mapToObj(n -> "srv" + n)
                                .toList());
            }
        }
    }

    @Test
    void ofTwoIngestersWithOneIdentityOneStops() throws Exception {
        try (EmbeddedKafka kafka = new EmbeddedKafka(temp)) {
            kafka.start();
            KafkaAddress servers = kafka.address();
            BrokerPart.createTopics(servers, 3);
            try (Ingest first = ingest(servers, "first", "same")) {
                send(first, 0, 100);
                awaitEvents(servers, 100);
                try (Ingest second = ingest(servers, "second", "same")) {
                    // Usually the first: the second took its identity away. On a busy machine it can take it back.
                    await().atMost(PATIENCE)
                            .until(() ->
                                    first.failed().isDone() || second.failed().isDone());
                    Ingest stopped = first.failed().isDone() ? first : second;
                    Ingest other = stopped == first ? second : first;
                    assertThat(stopped.failed()
                                    .handle((done, e) -> e.getMessage())
                                    .join())
                            .contains("another ingester", "same");
                    send(other, 100, 200);
                    awaitEvents(servers, 200);
                    assertThat(other.failed()).isNotDone();
                }
            }
            assertThat(CommittedEvents.servers(servers))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, 200).mapToObj(n -> "srv" + n).toList());
        }
    }

    private Ingest ingest(KafkaAddress servers, String data, String instance) {
        IngestSettings settings = IngestSettings.of(servers, temp.resolve(data))
                .withInstance(instance)
                .withSources(
                        List.of(),
                        List.of(new SyslogTcp(FREE, UTC), new SyslogUdp(FREE, AllowedSenders.EVERYBODY, UTC)));
        Ingest ingest = new Ingest(settings, Clock.systemUTC());
        ingest.start();
        return ingest;
    }

    /** Half of them over TCP, half over UDP. */
    private static void send(Ingest ingest, int from, int to) throws Exception {
        InetSocketAddress tcp = (InetSocketAddress) ingest.listening().get(0).address();
        InetSocketAddress udp = (InetSocketAddress) ingest.listening().get(1).address();
        try (Socket stream = new Socket(tcp.getAddress(), tcp.getPort());
                DatagramSocket datagrams = new DatagramSocket()) {
            OutputStream out = stream.getOutputStream();
            for (int n = from; n < to; n++) {
                byte[] message = ("<129>1 2026-11-23T00:00:00.000000+00:00 lb1 haproxy 4043 - - Server app/srv" + n
                                + " is DOWN.\n")
                        .getBytes(StandardCharsets.UTF_8);
                if (n % 2 == 0) {
                    out.write(message);
                } else {
                    datagrams.send(new DatagramPacket(message, message.length, udp));
                }
            }
        }
    }

    private static void awaitEvents(KafkaAddress servers, int atLeast) {
        awaitAnswer("events")
                .atMost(PATIENCE)
                .until(() -> CommittedEvents.servers(servers).size() >= atLeast);
    }
}
