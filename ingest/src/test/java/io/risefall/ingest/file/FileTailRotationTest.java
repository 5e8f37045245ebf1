package io.risefall.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.risefall.schemas.source.ReadPosition;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
            assertThat(file.readAll()).containsExactly("two");
            file.clock.advance(Duration.ofSeconds(10));
            assertThat(file.read()).containsExactly("hal", "three");
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

    /** Before the first look Kafka is waited for, and that can take long. */
    @Test
    void whatIsRotatedAwayBeforeTheFirstLookIsReadAndWhatWasBeforeIsNot() throws Exception {
        Path old = directory.resolve("haproxy.log.1");
        TailedFile.append(old, "long ago\n");
        try (TailedFile file = new TailedFile(directory)) {
            Files.move(old, file.sibling("haproxy.log.3"));
            TailedFile.touch(file.sibling("haproxy.log.3"), 0);
            TailedFile.append(file.sibling("haproxy.log.2"), "one\n");
            TailedFile.touch(file.sibling("haproxy.log.2"), 1);
            assertThat(file.read()).isEmpty();
            TailedFile.append(file.sibling("haproxy.log.1"), "two\n");
            TailedFile.touch(file.sibling("haproxy.log.1"), 2);
            file.append("three\n");
            assertThat(file.readAll()).containsExactly("one", "two", "three");
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

    @Test
    void theFilesBetweenAreFoundAlsoWhereTheOldOneIsPackedAlready() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            CompressedFiles.gzip(file.path, file.sibling("haproxy.log.2.gz"));
            TailedFile.touch(file.sibling("haproxy.log.2.gz"), 1);
            Files.delete(file.path);
            TailedFile.append(file.sibling("haproxy.log.1"), "two\n");
            TailedFile.touch(file.sibling("haproxy.log.1"), 2);
            file.append("three\n");
            assertThat(file.readAll()).containsExactly("two", "three");
        }
    }

    @Test
    void aPartThatIsRenamedAndPackedBeforeItsTurnIsFoundAgain() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            ReadPosition saved = file.position();
            file.append("two\n");
            Files.move(file.path, file.sibling("haproxy.log.2"));
            TailedFile.touch(file.sibling("haproxy.log.2"), 1);
            TailedFile.append(file.sibling("haproxy.log.1"), "three\n");
            TailedFile.touch(file.sibling("haproxy.log.1"), 2);
            file.append("four\n");
            file.resume(saved);
            CompressedFiles.zstd(file.sibling("haproxy.log.2"), file.sibling("haproxy.log.3.zst"));
            Files.delete(file.sibling("haproxy.log.2"));
            Files.move(file.sibling("haproxy.log.1"), file.sibling("haproxy.log.2"));
            // Each look that finds a part gone looks for it, and the next one reads it.
            for (int look = 0; look < 3; look++) {
                file.read();
            }
            assertThat(file.lines).containsExactly("one", "two", "three", "four");
        }
    }

    @Test
    void aFileThatIsJustBeingPackedIsReadWhenItIsDone() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            ReadPosition saved = file.position();
            String lines = IntStream.range(0, 100_000)
                    .mapToObj(n -> "line " + n + "\n")
                    .collect(Collectors.joining());
            file.append(lines);
            Path compressed = file.sibling("haproxy.log.1.gz");
            CompressedFiles.gzip(file.path, compressed);
            Files.delete(file.path);
            byte[] whole = Files.readAllBytes(compressed);
            Files.write(compressed, Arrays.copyOf(whole, whole.length / 2));
            file.append("new\n");
            file.resume(saved);
            assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining("being written");
            Files.write(compressed, whole);
            file.read();
            assertThat(file.lines).hasSize(100_002).doesNotHaveDuplicates().endsWith("line 99999", "new");
        }
    }

    @Test
    void aPackedFileThatStaysDamagedIsLeftAtLast() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            ReadPosition saved = file.position();
            file.append("line\n".repeat(100_000));
            Path compressed = file.sibling("haproxy.log.1.zst");
            CompressedFiles.zstd(file.path, compressed);
            Files.delete(file.path);
            byte[] whole = Files.readAllBytes(compressed);
            Files.write(compressed, Arrays.copyOf(whole, whole.length - 10));
            file.append("new\n");
            file.resume(saved);
            assertThatThrownBy(file::read).isInstanceOf(IOException.class).hasMessageContaining("being written");
            file.clock.advance(Duration.ofSeconds(31));
            assertThat(file.read()).endsWith("new");
        }
    }

    @Test
    void aDiskThatComesLateIsWaitedFor() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            ReadPosition saved = file.position();
            file.tail.close();
            Files.move(file.path, file.sibling("away"));
            file.resume(saved);
            assertThat(file.read()).isEmpty();
            Files.move(file.sibling("away"), file.path);
            file.append("two\n");
            assertThat(file.read()).as("nothing twice").containsExactly("two");
        }
    }

    @Test
    void aFileThatMayNotBeReadIsTold() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            Files.setPosixFilePermissions(file.path, PosixFilePermissions.fromString("---------"));
            assumeTrue(!Files.isReadable(file.path), "root may read everything");
            assertThatThrownBy(file::read)
                    .isInstanceOf(AccessDeniedException.class)
                    .hasMessageContaining("group adm");
        }
    }
}
