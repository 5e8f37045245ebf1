package io.risefall.app.options;

import io.risefall.ingest.IngestSettings;
import io.risefall.ingest.file.FilePattern;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.network.NetworkSource;
import io.risefall.schemas.cluster.KafkaAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * All live sources: those given by options and those in the configuration file.
 *
 * @param files files to follow
 * @param patterns patterns; each matching file is followed as soon as it exists
 * @param network where to listen
 */
public record Sources(List<FileSource> files, List<FilePattern> patterns, List<NetworkSource> network) {

    public static Sources of(LiveOptions live, SourceOptions lines, List<ConfiguredSource> configured) {
        List<FileSource> files = new ArrayList<>(live.files(lines));
        List<FilePattern> patterns = new ArrayList<>(live.patterns(lines));
        List<NetworkSource> network = new ArrayList<>(live.network(lines));
        for (ConfiguredSource one : configured) {
            files.addAll(one.files(lines));
            patterns.addAll(one.patterns(lines));
            network.addAll(one.network(lines));
        }
        return new Sources(files, patterns, network);
    }

    public boolean isEmpty() {
        return files.isEmpty() && patterns.isEmpty() && network.isEmpty();
    }

    public IngestSettings settings(KafkaAddress kafka, Path dataDir) {
        return IngestSettings.of(kafka, dataDir).withSources(files, network).withPatterns(patterns);
    }

    /** Checks that every address is free, before anything is started; an exception names the one that is not. */
    public void checkFree() {
        network.forEach(NetworkSource::checkFree);
    }

    /** The followed files and patterns, for people. */
    public List<String> tails() {
        return Stream.concat(
                        files.stream()
                                .map(file ->
                                        file.path().toAbsolutePath().normalize().toString()),
                        patterns.stream().map(FilePattern::glob))
                .toList();
    }
}
