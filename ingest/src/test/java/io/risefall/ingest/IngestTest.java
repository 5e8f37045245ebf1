package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.message.HealthLines;
import io.risefall.ingest.network.AllowedSenders;
import io.risefall.ingest.network.NetworkLimits;
import io.risefall.ingest.network.journal.JournalLimits;
import io.risefall.ingest.network.syslog.SyslogTcp;
import io.risefall.ingest.network.syslog.SyslogUdp;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.suite.Slow;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Slow
class IngestTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final InetSocketAddress FREE = new InetSocketAddress("127.0.0.1", 0);
    private static final LineDefaults UTC = LineDefaults.of(ZoneOffset.UTC);

    @TempDir
    Path directory;

    private final RecordingSink sink = new RecordingSink();

    @Test
    void udpAndTcpAndFilesArriveOnceAndSayWhereTheyCameFrom() throws Exception {
        Path log = Files.writeString(directory.resolve("haproxy.log"), HealthLines.downs(1, 2));
        IngestSettings settings = settings()
                .withSources(
                        List.of(new FileSource(log, ZoneOffset.UTC)),
                        List.of(new SyslogUdp(FREE, AllowedSenders.EVERYBODY, UTC), new SyslogTcp(FREE, UTC)));
        try (Ingest ingest = start(settings)) {
            udp(ingest, message(3));
            tcp(ingest, message(4) + "\n" + counted(message(5)));
            awaitEvents(5);
            Files.writeString(log, HealthLines.downs(6, 6), StandardOpenOption.APPEND);
            awaitEvents(6);
            assertThat(sink.events().stream()
                            .map(event -> event.origin().source() + " "
                                    + event.origin().sender()))
                    .containsExactlyInAnyOrder(
                            "file:" + log + " null",
                            "file:" + log + " null",
                            "file:" + log + " null",
                            "udp:127.0.0.1:0 127.0.0.1",
                            "tcp:127.0.0.1:0 127.0.0.1",
                            "tcp:127.0.0.1:0 127.0.0.1");
            assertThat(ingest.dropped()).isEmpty();
            await().atMost(PATIENCE).until(() -> ingest.tallies().size() == 3);
            assertThat(ingest.tallies()).allMatch(ReadPosition::live);
        }
        assertThat(sink.position("file:" + log).live())
                .as("followed after the end")
                .isFalse();
    }

    @Test
    void ingestersOfSeveralHostsHaveSourcesOfTheirOwn() throws Exception {
        Path log = Files.writeString(directory.resolve("haproxy.log"), HealthLines.downs(1, 2));
        for (String host : new String[] {"lb1", "lb2"}) {
            IngestSettings settings = IngestSettings.of("nowhere:9092", directory.resolve(host))
                    .withInstance(host)
                    .withSources(List.of(new FileSource(log, ZoneOffset.UTC)), List.of(new SyslogTcp(FREE, UTC)));
            int before = sink.events().size();
            try (Ingest ingest = start(settings)) {
                tcp(ingest, message(3 + before) + "\n");
                awaitEvents(before == 0 ? 3 : 4);
            }
        }
        assertThat(sink.events().stream().map(event -> event.origin().source()).distinct())
                .as("the same content is known whoever reads it; what comes from the network is not")
                .containsExactlyInAnyOrder("lb1:file:" + log, "lb1:tcp:127.0.0.1:0", "lb2:tcp:127.0.0.1:0");
    }

    @Test
    void aLostCommitIsReadAgainAndNothingTwice() throws Exception {
        Path log = Files.writeString(directory.resolve("haproxy.log"), HealthLines.downs(1, 100));
        sink.loseCommits(1);
        IngestSettings settings = settings()
                .withSources(
                        List.of(new FileSource(log, ZoneOffset.UTC)),
                        List.of(new SyslogUdp(FREE, AllowedSenders.EVERYBODY, UTC)));
        try (Ingest ingest = start(settings)) {
            udp(ingest, message(101));
            awaitEvents(101);
            sink.loseCommits(1);
            udp(ingest, message(102));
            Files.writeString(log, HealthLines.downs(103, 103), StandardOpenOption.APPEND);
            awaitEvents(103);
        }
        assertThat(sink.texts()).doesNotHaveDuplicates().hasSize(103);
    }

    @Test
    void aRestartGoesOnWithoutLossAndWithoutRepeat() throws Exception {
        Path log = Files.writeString(directory.resolve("haproxy.log"), HealthLines.downs(1, 10));
        IngestSettings settings =
                settings().withSources(List.of(new FileSource(log, ZoneOffset.UTC)), List.of(new SyslogTcp(FREE, UTC)));
        try (Ingest ingest = start(settings)) {
            tcp(ingest, message(11) + "\n");
            awaitEvents(11);
        }
        Files.writeString(log, HealthLines.downs(12, 12), StandardOpenOption.APPEND);
        try (Ingest ingest = start(settings)) {
            tcp(ingest, message(13) + "\n");
            awaitEvents(13);
            assertThat(ingest.failed()).isNotDone();
        }
        assertThat(sink.texts()).doesNotHaveDuplicates().hasSize(13);
    }

    @Test
    void theDoubledHourIsToldApartOverLostCommitsAndRestarts() throws Exception {
        LineDefaults berlin = LineDefaults.of(ZoneId.of("Europe/Berlin")).withYear(2026);
        Path log = Files.writeString(directory.resolve("haproxy.log"), down("02:10:00") + down("02:50:00"));
        IngestSettings settings = settings().withSources(List.of(new FileSource(log, berlin)), List.of());
        try (Ingest ingest = start(settings)) {
            awaitEvents(2);
            sink.loseCommits(1);
            Files.writeString(log, down("02:20:00"), StandardOpenOption.APPEND);
            awaitEvents(3);
            assertThat(ingest.failed()).isNotDone();
        }
        Files.writeString(log, down("02:21:00") + down("02:59:00"), StandardOpenOption.APPEND);
        try (Ingest ingest = start(settings)) {
            awaitEvents(5);
            assertThat(ingest.failed()).isNotDone();
        }
        assertThat(sink.events().stream().map(event -> event.at().toString()))
                .containsExactly(
                        "2026-10-25T00:10:00Z",
                        "2026-10-25T00:50:00Z",
                        "2026-10-25T01:20:00Z",
                        "2026-10-25T01:21:00Z",
                        "2026-10-25T01:59:00Z");
    }

    private static String down(String time) {
        return "Oct 25 " + time + " lb1 haproxy[7]: Server b/s is DOWN\n";
    }

    @Test
    void theNetworkKeepsAZoneThatItLearnt() throws Exception {
        LineDefaults assumed = UTC.withAssumedZone(ZoneOffset.UTC);
        IngestSettings settings = settings().withSources(List.of(), List.of(new SyslogTcp(FREE, assumed)));
        Instant second = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        OffsetDateTime there = second.atOffset(ZoneOffset.ofHoursMinutes(5, 45));
        try (Ingest ingest = start(settings)) {
            tcp(
                    ingest,
                    "<129>1 " + there.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                            + " lb1 haproxy 7 - - Server b/s is DOWN\n");
            awaitEvents(1);
        }
        try (Ingest ingest = start(settings)) {
            String timestamp = there.format(DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss", Locale.ENGLISH));
            tcp(ingest, "<129>" + timestamp + " lb1 haproxy[7]: Server b/s is DOWN\n");
            awaitEvents(2);
        }
        assertThat(sink.events()).allMatch(event -> event.at().equals(second));
    }

    @Test
    void silenceIsToldApartFromAbsence() throws Exception {
        Path log = Files.writeString(directory.resolve("haproxy.log"), HealthLines.downs(1, 1));
        IngestLimits often = new IngestLimits(
                1024,
                10,
                Duration.ofMillis(20),
                Duration.ofMillis(100),
                Duration.ofMillis(20),
                Duration.ofSeconds(1),
                NetworkLimits.DEFAULT,
                JournalLimits.DEFAULT);
        IngestSettings settings = settings()
                .withLimits(often)
                .withSources(
                        List.of(
                                new FileSource(log, ZoneOffset.UTC),
                                new FileSource(directory.resolve("absent.log"), ZoneOffset.UTC)),
                        List.of());
        try (Ingest ingest = start(settings)) {
            awaitEvents(1);
            Instant now = Instant.now();
            await().atMost(PATIENCE)
                    .until(() -> sink.position("file:" + log).asOf().isAfter(now));
            assertThat(sink.position("file:" + directory.resolve("absent.log"))).isNull();
            assertThat(ingest.failed()).isNotDone();
        }
    }

    @Test
    void aFatalErrorIsSurfaced() throws Exception {
        Path log = Files.writeString(directory.resolve("haproxy.log"), HealthLines.downs(1, 1));
        sink.failForGood(new IngestException("another ingester took over"));
        IngestSettings settings = settings().withSources(List.of(new FileSource(log, ZoneOffset.UTC)), List.of());
        try (Ingest ingest = start(settings)) {
            await().atMost(PATIENCE).until(() -> ingest.failed().isCompletedExceptionally());
            assertThatThrownBy(() -> ingest.failed().join()).hasMessageContaining("another ingester took over");
        }
    }

    @Test
    void closesAtOnceWhenIdle() throws Exception {
        IngestSettings settings = settings()
                .withSources(
                        List.of(new FileSource(directory.resolve("absent.log"), ZoneOffset.UTC)),
                        List.of(new SyslogUdp(FREE, AllowedSenders.EVERYBODY, UTC), new SyslogTcp(FREE, UTC)));
        Ingest ingest = start(settings);
        try (Socket open = connect(ingest)) {
            assertThat(open.isConnected()).isTrue();
            Instant before = Instant.now();
            ingest.close();
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void aTakenPortIsNamed() throws Exception {
        try (Ingest first = start(settings().withSources(List.of(), List.of(new SyslogTcp(FREE, UTC))))) {
            InetSocketAddress taken = address(first, "tcp");
            IngestSettings second = settings().withSources(List.of(), List.of(new SyslogTcp(taken, UTC)));
            assertThatThrownBy(() -> start(second))
                    .isInstanceOf(IngestException.class)
                    .hasMessageStartingWith("cannot listen on TCP 127.0.0.1:" + taken.getPort());
        }
    }

    @Test
    void aTakenUdpPortIsNamed() throws Exception {
        try (Ingest first =
                start(settings().withSources(List.of(), List.of(new SyslogUdp(FREE, AllowedSenders.EVERYBODY, UTC))))) {
            InetSocketAddress taken = address(first, "udp");
            IngestSettings second =
                    settings().withSources(List.of(), List.of(new SyslogUdp(taken, AllowedSenders.EVERYBODY, UTC)));
            assertThatThrownBy(() -> start(second))
                    .isInstanceOf(IngestException.class)
                    .hasMessageStartingWith("cannot listen on UDP 127.0.0.1:" + taken.getPort());
        }
    }

    @Test
    void moreConnectionsThanAllowedAreRefusedAndCounted() throws Exception {
        IngestLimits one = IngestLimits.DEFAULT.withNetwork(NetworkLimits.DEFAULT.withConnections(1));
        IngestSettings settings = settings().withLimits(one).withSources(List.of(), List.of(new SyslogTcp(FREE, UTC)));
        try (Ingest ingest = start(settings);
                Socket first = connect(ingest)) {
            first.getOutputStream().write((message(1) + "\n").getBytes(StandardCharsets.UTF_8));
            awaitEvents(1);
            try (Socket second = connect(ingest)) {
                assertThat(second.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(ingest.interruptions()).containsEntry("tcp:127.0.0.1:0: connections refused: 1 are open", 1L);
            first.getOutputStream().write((message(2) + "\n").getBytes(StandardCharsets.UTF_8));
            awaitEvents(2);
        }
    }

    @Test
    void aFullJournalMakesTcpWaitAndLosesNothing() throws Exception {
        IngestSettings settings = settings()
                .withLimits(IngestLimits.DEFAULT.withJournal(JournalLimits.DEFAULT.withBytes(20_000)))
                .withSources(List.of(), List.of(new SyslogTcp(FREE, UTC)));
        sink.loseCommits(1);
        try (Ingest ingest = start(settings)) {
            StringBuilder lines = new StringBuilder();
            for (int n = 0; n < 500; n++) {
                lines.append(message(n)).append('\n');
            }
            tcp(ingest, lines.toString());
            awaitEvents(500);
            assertThat(ingest.dropped()).isEmpty();
            assertThat(ingest.interruptions())
                    .containsKey("tcp:127.0.0.1:0: times reading waited because the journal was full");
        }
        assertThat(sink.texts()).doesNotHaveDuplicates().hasSize(500);
    }

    private IngestSettings settings() {
        return IngestSettings.of("nowhere:9092", directory.resolve("data"));
    }

    private Ingest start(IngestSettings settings) {
        Ingest ingest = new Ingest(settings, Clock.systemUTC(), sink);
        ingest.start();
        return ingest;
    }

    private void awaitEvents(int count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(sink.texts()).hasSize(count));
    }

    private static String message(int n) {
        return "<129>1 2026-11-23T00:00:00.000000+00:00 lb1 haproxy 4043 - - Server app/srv" + n + " is DOWN.";
    }

    private static InetSocketAddress address(Ingest ingest, String protocol) {
        return ingest.listening().stream()
                .filter(open -> open.source().name().startsWith(protocol + ":"))
                .map(open -> (InetSocketAddress) open.address())
                .findFirst()
                .orElseThrow();
    }

    private static String counted(String message) {
        return message.length() + " " + message;
    }

    private static Socket connect(Ingest ingest) throws Exception {
        InetSocketAddress to = address(ingest, "tcp");
        return new Socket(to.getAddress(), to.getPort());
    }

    private static void tcp(Ingest ingest, String text) throws Exception {
        try (Socket socket = connect(ingest);
                OutputStream out = socket.getOutputStream()) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void udp(Ingest ingest, String text) throws Exception {
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, address(ingest, "udp")));
        }
    }
}
