package io.risefall.streams;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose the local state is. It is a copy of changelogs with the place in them: beside another Kafka that place would be
 * taken for one in the other's changelogs. So the state folder keeps the cluster's id, and what is of another cluster is
 * deleted; its own changelogs have it still.
 */
final class ClusterStateDir {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterStateDir.class);

    private static final String FILE = "kafka-cluster";

    private ClusterStateDir() {}

    /** From now on the state of this cluster; what is there without a word whose it is, as of an older build, counts as its. */
    static void claim(Path stateDir, String cluster) throws IOException {
        Files.createDirectories(stateDir);
        Path file = stateDir.resolve(FILE);
        if (Files.exists(file)) {
            String before = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (before.equals(cluster)) {
                return;
            }
            LOG.warn(
                    "{} holds the state of another Kafka (cluster {}, now it is {}): deleting it; it is built again from the"
                            + " topics of this one",
                    stateDir,
                    before,
                    cluster);
            clear(stateDir);
        }
        Files.writeString(file, cluster + "\n", StandardCharsets.UTF_8);
    }

    /** The file goes last: a crash in between leaves it, and all is done again. */
    private static void clear(Path stateDir) throws IOException {
        List<Path> all;
        try (Stream<Path> paths = Files.walk(stateDir)) {
            all = paths.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            if (!path.equals(stateDir) && !path.equals(stateDir.resolve(FILE))) {
                Files.deleteIfExists(path);
            }
        }
        Files.delete(stateDir.resolve(FILE));
    }
}
