package io.risefall.streams;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The local state is a copy of one Kafka's changelogs, and of no other's. */
class ClusterStateDirTest {
    @TempDir
    Path folder;

    @Test
    void ofTheSameClusterItIsKept() throws Exception {
        Path store =
                Files.createDirectories(folder.resolve("risefall/0_1/rocksdb")).resolve("CURRENT");
        Files.createFile(store);
        ClusterStateDir.claim(folder, "one");
        ClusterStateDir.claim(folder, "one");
        assertThat(store).exists();
    }

    @Test
    void ofAnotherClusterItGoes() throws Exception {
        ClusterStateDir.claim(folder, "one");
        Files.createFile(
                Files.createDirectories(folder.resolve("risefall/0_1/rocksdb")).resolve("CURRENT"));
        ClusterStateDir.claim(folder, "other");
        assertThat(folder).isDirectoryNotContaining(file -> Files.isDirectory(file));
        ClusterStateDir.claim(folder, "other");
    }
}
