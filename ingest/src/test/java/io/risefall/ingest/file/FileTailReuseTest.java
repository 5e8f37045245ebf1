package io.risefall.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.risefall.schemas.source.ReadPosition;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system gives the inode of a deleted file to the next one, so it says nothing of the content. */
class FileTailReuseTest {
    private static final int TRIES = 200;

    @TempDir
    Path directory;

    @Test
    void anotherFileWithTheSameInodeIsReadFromItsStart() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\ntwo\n");
            file.read();
            ReadPosition saved = file.position();
            file.tail.close();
            recreateWithTheSameInode(file, "uno\ndos\ntres\n");
            file.resume(saved);
            assertThat(file.read()).containsExactly("uno", "dos", "tres");
            assertThat(file.positions).containsExactly(0L, 4L, 8L, 12L, 16L);
        }
    }

    @Test
    void theRotatedFileIsReadOnAlsoWhereTheNewOneHasAnInodeThatWasSeenBefore() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            ReadPosition saved = file.position();
            file.tail.close();
            file.append("two\n");
            CompressedFiles.gzip(file.path, file.sibling("haproxy.log.1.gz"));
            recreateWithTheSameInode(file, "three\n");
            file.resume(saved);
            assertThat(file.read()).containsExactly("two", "three");
        }
    }

    @Test
    void aFileThatIsOpenKeepsItsInodeSoDeletionAndCreationIsSeen() throws Exception {
        try (TailedFile file = new TailedFile(directory)) {
            file.append("one\n");
            file.read();
            for (int n = 0; n < 20; n++) {
                Files.delete(file.path);
                file.append("again " + n + "\n");
                assertThat(file.readAll()).containsExactly("again " + n);
            }
        }
    }

    private static void recreateWithTheSameInode(TailedFile file, String text) throws Exception {
        String key = FileAttributes.keyOf(file.path);
        boolean same = false;
        for (int n = 0; n < TRIES && !same; n++) {
            Files.delete(file.path);
            Files.writeString(file.path, text);
            same = key.equals(FileAttributes.keyOf(file.path));
        }
        assumeTrue(same, "this file system does not give the same inode again");
    }
}
