package io.risefall.app;

import io.risefall.ingest.IngestSettings;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.network.NetworkSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is read while it is written: what the options say, and what the configuration file says.
 *
 * @param files files to follow
 * @param network where to listen
 */
record Sources(List<FileSource> files, List<NetworkSource> network) {

    static Sources of(LiveOptions live, SourceOptions lines, List<ConfiguredSource> configured) {
        List<FileSource> files = new ArrayList<>(live.files(lines));
        List<NetworkSource> network = new ArrayList<>(live.network(lines));
        for (ConfiguredSource one : configured) {
            files.addAll(one.live.files(one.source.or(lines)));
            network.addAll(one.live.network(one.source.or(lines)));
        }
        return new Sources(files, network);
    }

    boolean isEmpty() {
        return files.isEmpty() && network.isEmpty();
    }

    IngestSettings settings(String bootstrapServers, Path dataDir) {
        return IngestSettings.of(bootstrapServers, dataDir).withSources(files, network);
    }

    /** The files that are followed. */
    List<Path> tails() {
        return files.stream().map(FileSource::path).toList();
    }
}
