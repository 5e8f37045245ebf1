package io.risefall.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTailRotationTest {
    @TempDir
    Path directory;

    @Test
    void whatTheWriterStillWritesToTheRenamedFileIsRead() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            Files.move(file.path, file.sibling("haproxy.log.1"));
            TailedFile.append(file.sibling("haproxy.log.1"), "two\n");
            assertThat(file.read()).containsExactly("two");

            file.append("");
            file.clock.advance(Duration.ofMillis(500));
            TailedFile.append(file.sibling("haproxy.log.1"), "three\n");
            assertThat(file.read()).containsExactly("three");

            file.append("four\n");
            assertThat(file.readAll()).containsExactly("four");
            assertThat(file.positions).containsExactly(0L, 4L, 8L, 14L);
        }
    }

    @Test
    void theOldFileComesFirstAndItsHalfLineCounts() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            Files.move(file.path, file.sibling("haproxy.log.1"));
            file.append("three\n");
            file.read();
            TailedFile.append(file.sibling("haproxy.log.1"), "two\nhal");
            assertThat(file.readAll()).containsExactly("two", "hal", "three");
        }
    }

    @Test
    void aDeletedFileIsReadToItsEndAndTheNewOneFromItsStart() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            file.append("two\n");
            Files.delete(file.path);
            assertThat(file.read()).containsExactly("two");
            file.clock.advance(Duration.ofSeconds(11));
            file.read();
            file.clock.advance(Duration.ofSeconds(11));
            file.read();
            assertThat(file.tail.atEnd()).as("a log that is gone").isFalse();
            file.append("three\n");
            assertThat(file.readAll()).containsExactly("three");
        }
    }

    @Test
    void twoRotationsBetweenTwoLooksLoseNothing() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            Files.move(file.path, file.sibling("haproxy.log.2"));
            TailedFile.touch(file.sibling("haproxy.log.2"), 1);
            TailedFile.append(file.sibling("haproxy.log.1"), "two\n");
            TailedFile.touch(file.sibling("haproxy.log.1"), 2);
            file.append("three\n");
            assertThat(file.readAll()).containsExactly("two", "three");
        }
    }

    @Test
    void aWriterThatNeverLetsGoOfTheOldFileIsLeft() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            Files.move(file.path, file.sibling("haproxy.log.1"));
            file.append("new\n");
            for (int half = 0; half < 70; half++) {
                TailedFile.append(file.sibling("haproxy.log.1"), "still " + half + "\n");
                file.read();
                file.clock.advance(Duration.ofMillis(500));
            }
            assertThat(file.lines).contains("new");
        }
    }
}
