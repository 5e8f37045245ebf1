package io.risefall.ingest.network.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.Listener;
import io.risefall.ingest.network.NetworkLimits;
import io.risefall.ingest.network.OpenListener;
import io.risefall.ingest.network.journal.Journal;
import io.risefall.ingest.network.journal.JournalLimits;
import io.risefall.ingest.network.stats.HaproxyProcess;
import io.risefall.ingest.network.stats.StatsClient;
import io.risefall.ingest.network.stats.ToldText;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever can answer at a stats socket ends nothing, fills no memory, and names no server that cannot be. */
@RealParts
@Timeout(120)
class HostileSocketTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String LINE = "<133>1 2026-11-23T00:00:00.000000+00:00 - haproxy 7 - - Proxy app started.\n";

    @TempDir
    Path folder;

    @Test
    void namesThatCannotBe() throws Exception {
        String info = AnsweringSocket.info("\0" + "n".repeat(40_000));
        try (AnsweringSocket socket = new AnsweringSocket(
                        folder,
                        command -> command.contains("show events")
                                ? "\n" + info + LINE
                                : info + AnsweringSocket.STAT + "web,a,UP,0,,2,L4OK,,,,\nweb,\0,UP,0,,2,L4OK,,,,\n\n");
                OpenListener open = new OpenListener(folder.resolve("journal"), ring(socket))) {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() ->
                            assertThat(open.received()).containsExactly("?" + "n".repeat(254) + " " + LINE.strip()));
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(open.arrivals().dropped()).containsOnlyKeys(ToldText.UNUSABLE));
        }
    }

    @Test
    void answersThatDoNotEnd() throws Exception {
        String much = "x".repeat(50 * 1024 * 1024);
        try (AnsweringSocket socket = new AnsweringSocket(
                folder, command -> (command.equals("show stat") ? AnsweringSocket.STAT : "") + much)) {
            StatsClient client = new StatsClient(socket.address, PATIENCE);
            assertThatThrownBy(client::process)
                    .isInstanceOf(IngestException.class)
                    .hasMessageContaining("\"show info\": the answer is longer than 64 KiB");
            assertThatThrownBy(client::counters)
                    .isInstanceOf(IngestException.class)
                    .hasMessageContaining("\"show stat\": the answer is longer than 48 MiB");
            assertThatThrownBy(client::servers)
                    .isInstanceOf(IngestException.class)
                    .hasMessageContaining("the answer is longer than 48 MiB");
        }
    }

    /** A journal that is not open yet stands for what nobody thought of. */
    @Test
    void afterAnyFailureItIsTriedAgain() throws Exception {
        Journal journal = new Journal(folder.resolve("journal"), JournalLimits.DEFAULT, () -> {});
        JournalInput input = new JournalInput("ring", journal, Clock.systemUTC());
        String info = AnsweringSocket.info("lb1");
        try (AnsweringSocket socket = new AnsweringSocket(
                        folder,
                        command -> command.contains("show events")
                                ? "\n" + info
                                : info + AnsweringSocket.STAT + "web,a,UP,0,,2,L4OK,,,,\n\n");
                journal;
                Listener listener = ring(socket).listener(input, NetworkLimits.DEFAULT)) {
            listener.start();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> input.interruptions().containsKey(RingFollower.FAILED));
            journal.open();
            Awaitility.await().atMost(PATIENCE).until(() -> journal.readable() > 0);
        }
    }

    @Test
    void ofTooManyProcessesTheOldestIsLeft() throws Exception {
        Journal journal = new Journal(folder.resolve("journal"), JournalLimits.DEFAULT, () -> {});
        JournalInput input = new JournalInput("ring", journal, Clock.systemUTC());
        HaproxyProcess process = new HaproxyProcess("2.6.12", 7, "lb1", Duration.ZERO, false);
        List<RingReader> started = new ArrayList<>();
        try (AnsweringSocket socket = new AnsweringSocket(folder, command -> "\n" + AnsweringSocket.info("lb1"))) {
            RingReaders readers = new RingReaders(input.drops());
            for (int i = 0; i < RingReaders.MOST + 3; i++) {
                RingReader reader = new RingReader(
                        socket.address,
                        "risefall",
                        process,
                        new ReadLines(),
                        new RingMark(folder, Clock.systemUTC()),
                        null,
                        input,
                        NetworkLimits.DEFAULT);
                started.add(reader);
                readers.start(reader);
            }
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> started.subList(0, 3).stream().allMatch(RingReader::hasEnded));
            assertThat(readers.all()).isEqualTo(started.subList(3, started.size()));
            assertThat(readers.all()).noneMatch(RingReader::hasEnded);
            assertThat(input.interruptions()).containsEntry(RingReaders.TOO_MANY, 3L);
            readers.all().forEach(RingReader::close);
        }
    }

    private static HaproxyRing ring(AnsweringSocket socket) {
        return new HaproxyRing(socket.address, HaproxyRing.USUAL, OpenListener.UTC);
    }
}
