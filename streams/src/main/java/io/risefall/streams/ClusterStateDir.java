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
 * Ties the local state to a Kafka cluster. The state is a copy of changelogs with the offset in them, which means nothing in
 * the changelogs of another cluster. So the state folder contains the cluster's id, and the state of another cluster is
 * deleted. That cluster's changelogs still have it.
 */
final class ClusterStateDir {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterStateDir.class);

    private static final String FILE = "kafka-cluster";

    private ClusterStateDir() {}

    /** Makes it the state of this cluster. State without an id, of an older build, counts as its own. */
    static void claim(Path stateDir, String cluster) throws IOException {
        Files.createDirectories(stateDir);
        Path file = stateDir.resolve(FILE);
        if (Files.exists(file)) {
            String before = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (before.equals(cluster)) {
                return;
            }
            LOG.warn(
                    "{} holds the state of another Kafka (cluster {}, now {}): deleting it; it is rebuilt from the topics of"
                            + " this one",
                    stateDir,
                    before,
                    cluster);
            clear(stateDir);
        }
        Files.writeString(file, cluster + "\n", StandardCharsets.UTF_8);
    }

    /** Deletes the id last: after a crash in between, all is deleted again. */
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
