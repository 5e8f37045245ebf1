package io.risefall.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTailTruncationTest {
    @TempDir
    Path directory;

    @Test
    void copytruncateIsReadOnFromTheCopyAndThenFromTheStart() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            file.append("two\n");
            Files.copy(file.path, file.sibling("haproxy.log.1"));
            Files.writeString(file.path, "3\n");
            assertThat(file.read()).containsExactly("two", "3");
            assertThat(file.positions).containsExactly(0L, 4L, 8L);
        }
    }

    @Test
    void aFileThatShrankAndGrewAgainIsReadFromTheStart() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\ntwo\n");
            file.read();
            Files.writeString(file.path, "something longer than before\n");
            assertThat(file.read()).containsExactly("something longer than before");
            assertThat(file.positions).containsExactly(0L, 4L, 8L);
        }
    }

    @Test
    void anEmptiedFileIsReadFromTheStart() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\nha");
            file.read();
            Files.writeString(file.path, "");
            assertThat(file.read()).as("the half line is over").containsExactly("ha");
            file.append("two\n");
            assertThat(file.read()).containsExactly("two");
        }
    }

    @Test
    void anotherContentOfTheSameLengthIsReadFromTheStart() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\ntwo\n");
            TailedFile.touch(file.path, 1);
            file.read();
            Files.writeString(file.path, "uno\ndos\n");
            TailedFile.touch(file.path, 2);
            assertThat(file.read()).containsExactly("uno", "dos");
            assertThat(file.read()).isEmpty();
        }
    }

    @Test
    void aWriterThatIsFasterThanTheTailIsSeenByTheBytesBeforeThePlaceRead() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n".repeat(5000));
            file.read();
            file.append("rest\n");
            Files.copy(file.path, file.sibling("haproxy.log.1"));
            Files.writeString(file.path, "two\n".repeat(9000));
            assertThat(file.read()).hasSize(9001).startsWith("rest").endsWith("two");
        }
    }

    @Test
    void twoCopiesBetweenTwoLooksAreReadInOrder() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            file.append("two\n");
            Files.copy(file.path, file.sibling("haproxy.log.2"));
            TailedFile.touch(file.sibling("haproxy.log.2"), 1);
            Files.writeString(file.path, "three\n");
            Files.copy(file.path, file.sibling("haproxy.log.1"));
            TailedFile.touch(file.sibling("haproxy.log.1"), 2);
            Files.writeString(file.path, "four\n");
            assertThat(file.read()).containsExactly("two", "three", "four");
        }
    }

    @Test
    void theCopyIsFoundWhereItIsPackedAlready() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            file.append("two\n");
            CompressedFiles.zstd(file.path, file.sibling("haproxy.log-20261123.zst"));
            Files.writeString(file.path, "");
            file.append("three\n");
            assertThat(file.read()).containsExactly("two", "three");
        }
    }
}
