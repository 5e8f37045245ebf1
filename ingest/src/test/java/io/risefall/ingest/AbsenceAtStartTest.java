package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.heartbeat.ListeningHeartbeat;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.message.HealthLines;
import io.risefall.ingest.network.AllowedSenders;
import io.risefall.ingest.network.NetworkSource;
import io.risefall.ingest.network.StandardInput;
import io.risefall.ingest.network.journal.Journal;
import io.risefall.ingest.network.relp.Relp;
import io.risefall.ingest.network.syslog.SyslogTcp;
import io.risefall.ingest.network.syslog.SyslogUdp;
import io.risefall.ingest.network.syslog.SyslogUnix;
import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.state.Absence;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayInputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The time between two starts, in which nobody listened, is told once for each node that was heard. */
@Slow
class AbsenceAtStartTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final InetSocketAddress FREE = new InetSocketAddress("127.0.0.1", 0);
    private static final LineDefaults UTC = LineDefaults.of(ZoneOffset.UTC);
    private static final SyslogUdp UDP = new SyslogUdp(FREE, AllowedSenders.EVERYBODY, UTC);
    private static final String UDP_NAME = "udp:127.0.0.1:0";

    @TempDir
    Path directory;

    private final RecordingSink sink = new RecordingSink();
    private final RunningClock clock = new RunningClock();

    @Test
    void theFirstStartEverIsNone() throws Exception {
        try (Ingest ingest = start(UDP)) {
            awaitTally(ingest);
        }
        assertThat(sink.absences()).isEmpty();
    }

    @Test
    void aStopAndAStartLeaveOneForEachNode() throws Exception {
        Instant listened;
        try (Ingest ingest = start(UDP)) {
            udp(ingest, line("lb1", 1));
            udp(ingest, line("lb2", 2));
            awaitEvents(2);
            listened = now();
        }
        clock.advance(Duration.ofHours(1));
        Instant back = now();
        sink.loseCommits(2);
        try (Ingest ingest = start(UDP)) {
            awaitTally(ingest);
            udp(ingest, line("lb1", 3));
            awaitEvents(3);
        }
        assertThat(sink.absences())
                .extracting(Absence::node)
                .as("each once, though two commits were lost")
                .containsExactlyInAnyOrder("lb1", "lb2");
        assertThat(sink.absences()).allSatisfy(absence -> {
            assertThat(absence.source()).isEqualTo(UDP_NAME);
            assertThat(absence.fromAt()).isBetween(listened, back.minus(Duration.ofHours(1)));
            assertThat(absence.toAt()).isBetween(back, clock.instant());
            assertThat(absence.why()).isEqualTo("Risefall was stopped");
        });
        ReadPosition position = sink.position(UDP_NAME);
        assertThat(position.lines()).as("a note of our own is no line").isEqualTo(3);
        assertThat(Arrivals.of(position).waiting()).isZero();
    }

    @Test
    void aKillLeavesTheLastWordOfTheKilledOne() throws Exception {
        try (Ingest ingest = start(UDP)) {
            udp(ingest, line("lb1", 1));
            awaitEvents(1);
        }
        Instant killed = now().minusSeconds(40);
        Files.writeString(word(UDP), killed + "  \n");
        Instant back = now();
        try (Ingest ingest = start(UDP)) {
            awaitTally(ingest);
        }
        assertThat(sink.absences()).singleElement().satisfies(absence -> {
            assertThat(absence.fromAt()).isEqualTo(killed);
            assertThat(absence.toAt()).isBetween(back, clock.instant());
            assertThat(absence.why()).contains("killed");
        });
    }

    @Test
    void aRestoredOneSaysSo() throws Exception {
        try (Ingest ingest = start(UDP)) {
            udp(ingest, line("lb1", 1));
            awaitEvents(1);
        }
        List<Path> journals = Journal.directories(settings().dataDir());
        assertThat(journals).containsExactly(word(UDP).getParent());
        ListeningHeartbeat.restored(journals.get(0));
        try (Ingest ingest = start(UDP)) {
            awaitTally(ingest);
        }
        assertThat(sink.absences())
                .extracting(Absence::why)
                .containsExactly("the data directory was restored from a backup");
    }

    @Test
    void whileItListensItsWordIsNew() throws Exception {
        try (Ingest ingest = start(UDP)) {
            awaitTally(ingest);
            clock.advance(Duration.ofHours(1));
            Instant now = clock.instant();
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            Instant.parse(Files.readString(word(UDP)).strip()).isAfter(now));
        }
        assertThat(Files.readString(word(UDP)).strip()).endsWith("stopped");
    }

    @Test
    void aSourceThatIsTakenUpAgainAfterAWeekHasOne() throws Exception {
        try (Ingest ingest = start(UDP)) {
            udp(ingest, line("lb1", 1));
            awaitEvents(1);
        }
        try (Ingest ingest = start(new SyslogTcp(FREE, UTC))) {
            assertThat(ingest.failed()).isNotDone();
            clock.advance(Duration.ofDays(7));
        }
        try (Ingest ingest = start(UDP)) {
            awaitTally(ingest);
        }
        assertThat(sink.absences())
                .singleElement()
                .satisfies(absence -> assertThat(Duration.between(absence.fromAt(), absence.toAt()))
                        .isBetween(Duration.ofDays(7), Duration.ofDays(8)));
    }

    @Test
    void whereTheWordIsLostTheLastPositionTells() throws Exception {
        try (Ingest ingest = start(UDP)) {
            udp(ingest, line("lb1", 1));
            awaitEvents(1);
        }
        Instant asOf = sink.position(UDP_NAME).asOf();
        Files.delete(word(UDP));
        clock.advance(Duration.ofSeconds(90));
        try (Ingest ingest = start(UDP)) {
            awaitTally(ingest);
        }
        assertThat(sink.absences()).singleElement().satisfies(absence -> {
            assertThat(absence.fromAt()).isEqualTo(asOf);
            assertThat(absence.toAt()).isAfter(asOf.plusSeconds(89));
        });
    }

    @Test
    void aWordThatNobodyCanReadAndAClockThatWentBackMakeNoNonsense() throws Exception {
        try (Ingest ingest = start(UDP)) {
            udp(ingest, line("lb1", 1));
            awaitEvents(1);
        }
        Files.writeString(word(UDP), "\0\0\0\0\0\0\0");
        try (Ingest ingest = start(UDP)) {
            awaitTally(ingest);
        }
        Files.writeString(word(UDP), clock.instant().plusSeconds(3600) + " \n");
        try (Ingest ingest = start(UDP)) {
            awaitTally(ingest);
        }
        assertThat(sink.absences())
                .hasSize(2)
                .allSatisfy(absence -> assertThat(absence.toAt()).isBetween(absence.fromAt(), clock.instant()));
    }

    @Test
    void aSourceOfWhichNobodySpokeHasOneOfNoNode() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (Ingest ingest = start(UDP)) {
                awaitTally(ingest);
            }
            clock.advance(Duration.ofSeconds(5));
        }
        assertThat(sink.absences()).extracting(Absence::node).containsExactly("");
    }

    @Test
    void whoeverSendsAgainAndFilesHaveNone() throws Exception {
        Path log = Files.writeString(directory.resolve("haproxy.log"), HealthLines.downs(1, 2));
        IngestSettings settings =
                settings().withSources(List.of(new FileSource(log, ZoneOffset.UTC)), List.of(new Relp(FREE, UTC)));
        for (int i = 0; i < 2; i++) {
            try (Ingest ingest = start(settings)) {
                awaitEvents(2);
                assertThat(ingest.failed()).isNotDone();
            }
            clock.advance(Duration.ofSeconds(5));
        }
        assertThat(sink.absences()).isEmpty();
    }

    @Test
    void unixSocketsAndConnectionsHaveThem() throws Exception {
        IngestSettings settings = settings()
                .withSources(
                        List.of(), List.of(new SyslogTcp(FREE, UTC), new SyslogUnix(directory.resolve("socket"), UTC)));
        for (int i = 0; i < 2; i++) {
            try (Ingest ingest = start(settings)) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> ingest.tallies().size() == 2);
            }
            clock.advance(Duration.ofSeconds(5));
        }
        await().atMost(PATIENCE).until(() -> sink.absences().size() == 2);
        assertThat(sink.absences())
                .extracting(Absence::source)
                .containsExactlyInAnyOrder("tcp:127.0.0.1:0", "unix:" + directory.resolve("socket"));
    }

    @Test
    void aPipeIsAwayFromItsEndOn() throws Exception {
        readPipe(HealthLines.downs(1, 5), 5);
        Instant ended = clock.instant();
        clock.advance(Duration.ofHours(1));
        readPipe(HealthLines.downs(6, 9), 9);
        assertThat(sink.absences()).singleElement().satisfies(absence -> {
            assertThat(absence.source()).isEqualTo("stdin");
            assertThat(absence.fromAt()).isBefore(ended);
            assertThat(absence.toAt()).isAfter(ended.plus(Duration.ofHours(1)));
            assertThat(absence.why()).isEqualTo("standard input had ended");
        });
    }

    private void readPipe(String lines, int events) throws Exception {
        StandardInput input = new StandardInput(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), UTC);
        try (Ingest ingest = start(settings().withSources(List.of(), List.of(input)))) {
            input.ended().get(60, TimeUnit.SECONDS);
            awaitEvents(events);
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> Files.readString(word(input)).contains("ended"));
            assertThat(ingest.failed()).isNotDone();
        }
    }

    /** The machine's, and so much more. */
    private static final class RunningClock extends Clock {
        private volatile Duration ahead = Duration.ZERO;

        void advance(Duration by) {
            ahead = ahead.plus(by);
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(ahead);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private Path word(NetworkSource source) {
        return Journal.directory(settings().dataDir(), source.name()).resolve("last-listened");
    }

    private IngestSettings settings() {
        return IngestSettings.of("nowhere:9092", directory.resolve("data"));
    }

    private Ingest start(NetworkSource source) {
        return start(settings().withSources(List.of(), List.of(source)));
    }

    private Ingest start(IngestSettings settings) {
        Ingest ingest = new Ingest(settings, clock, sink);
        ingest.start();
        return ingest;
    }

    private void awaitEvents(int count) {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(sink.texts()).hasSize(count));
    }

    private static void awaitTally(Ingest ingest) {
        await().atMost(Duration.ofSeconds(60)).until(() -> !ingest.tallies().isEmpty());
    }

    private static String line(String node, int n) {
        return "<129>1 2026-11-23T01:00:00.000000+00:00 " + node + " haproxy 4043 - - Server app/srv" + n + " is DOWN.";
    }

    private static void udp(Ingest ingest, String text) throws Exception {
        InetSocketAddress to = (InetSocketAddress) ingest.listening().get(0).address();
        try (DatagramSocket socket = new DatagramSocket()) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, to));
        }
    }
}
