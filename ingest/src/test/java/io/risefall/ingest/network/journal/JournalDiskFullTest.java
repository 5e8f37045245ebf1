package io.risefall.ingest.network.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.ingest.network.OpenJournal;
import io.risefall.ingest.network.OpenListener;
import io.risefall.ingest.network.RelpSender;
import io.risefall.ingest.network.relp.Relp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full long before the journal is: a real file system of one megabyte, which only root can make. */
class JournalDiskFullTest {
    private static final long MIB = 1024 * 1024;
    private static final String MESSAGE = "x".repeat(1000);

    private static final String NOT_WRITTEN = "times the journal could not be written; retried with the next message";

    @TempDir
    Path disk;

    @BeforeEach
    void mount() throws Exception {
        Assumptions.assumeTrue("root".equals(System.getProperty("user.name")), "a small disk needs root");
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0, "mount is not allowed");
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void theJournalGoesOnWhenThereIsRoomAgainAndLosesNothing() throws Exception {
        Path filler = Files.write(disk.resolve("filler"), new byte[(int) MIB / 2]);
        try (OpenJournal journal = open()) {
            int taken = 0;
            IOException full = null;
            while (full == null) {
                try {
                    assertThat(journal.append(taken + " " + MESSAGE)).isTrue();
                    taken++;
                    journal.journal.flush();
                } catch (IOException e) {
                    full = e;
                }
            }
            assertThat(taken).isBetween(300, 530);
            assertThatThrownBy(journal.journal::flush).isInstanceOf(IOException.class);
            Files.delete(filler);
            journal.journal.flush();
            assertThat(journal.append(taken + " " + MESSAGE)).isTrue();
            assertThat(journal.readFrom(0)).isEqualTo(records(taken + 1));
        }
        try (OpenJournal journal = open()) {
            assertThat(journal.readFrom(0)).hasSizeGreaterThan(300);
        }
    }

    @Test
    void aSenderOfRelpWaitsAndNothingIsLost() throws Exception {
        Path filler = Files.write(disk.resolve("filler"), new byte[(int) MIB / 2]);
        int count = 700;
        List<String> sent = new ArrayList<>();
        Relp relp = new Relp(OpenListener.FREE, OpenListener.UTC);
        try (OpenListener open = new OpenListener(disk.resolve("journal"), relp);
                RelpSender sender = new RelpSender(open)) {
            sender.open();
            for (int i = 0; i < count; i++) {
                sent.add("127.0.0.1 " + i + " " + MESSAGE);
                sender.syslog(i + 2, i + " " + MESSAGE);
            }
            Awaitility.await("a full disk")
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> open.arrivals().interruptions().containsKey(NOT_WRITTEN));
            int acknowledged = 0;
            while (!sender.isSilent()) {
                assertThat(sender.read()).isEqualTo((acknowledged++ + 2) + " rsp 200 OK");
            }
            assertThat(acknowledged).isLessThan(530);
            Files.delete(filler);
            while (acknowledged < count) {
                assertThat(sender.read()).isEqualTo((acknowledged++ + 2) + " rsp 200 OK");
            }
            assertThat(open.received()).isEqualTo(sent);
        }
    }

    private static List<String> records(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "10.0.0.9 1000 " + i + " " + MESSAGE)
                .toList();
    }

    private OpenJournal open() throws IOException {
        return new OpenJournal(disk.resolve("journal"), 100 * MIB, 128 * 1024);
    }

    private static int run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertThat(process.waitFor(Duration.ofSeconds(10).toSeconds(), TimeUnit.SECONDS))
                .isTrue();
        return process.exitValue();
    }
}
