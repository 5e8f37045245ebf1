package io.risefall.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.source.ReadPosition;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTailResumeTest {
    @TempDir
    Path directory;

    @Test
    void goesOnAtTheSavedPosition() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\nha");
            file.read();
            ReadPosition saved = file.position();
            file.append("lf\ntwo\n");
            file.resume(saved);
            assertThat(file.read()).containsExactly("half", "two");
        }
    }

    @Test
    void readsTheRestOfTheRotatedFileAndTheFilesBetweenFirst() throws Exception {
        Path old = directory.resolve("haproxy.log.9");
        TailedFile.append(old, "old\n");
        TailedFile.touch(old, 0);
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
            assertThat(file.read()).containsExactly("two", "three", "four");
            assertThat(file.positions).containsExactly(0L, 4L, 8L, 14L);
        }
    }

    @Test
    void findsTheRestInAPackedFile() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            ReadPosition saved = file.position();
            file.append("two\n");
            CompressedFiles.gzip(file.path, file.sibling("haproxy.log-20261123.gz"));
            Files.delete(file.path);
            file.append("three\n");
            file.resume(saved);
            assertThat(file.read()).containsExactly("two", "three");

            ReadPosition after = file.position();
            file.append("four\n");
            file.resume(after);
            assertThat(file.read()).containsExactly("four");
        }
    }

    @Test
    void whereTheFileIsGoneTheNewOneIsReadFromItsStart() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            ReadPosition saved = file.position();
            Files.delete(file.path);
            file.append("two\n");
            file.resume(saved);
            assertThat(file.read()).containsExactly("two");
            assertThat(file.positions).as("positions only grow").containsExactly(0L, 4L);
        }
    }
}
