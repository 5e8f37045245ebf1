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
 * Everything that is read while it is written: what the options say, and what the configuration file says.
 *
 * @param files files to follow
 * @param patterns patterns whose files are followed as they come
 * @param network where to listen
 */
public record Sources(List<FileSource> files, List<FilePattern> patterns, List<NetworkSource> network) {

    public static Sources of(LiveOptions live, SourceOptions lines, List<ConfiguredSource> configured) {
        List<FileSource> files = new ArrayList<>(live.files(lines));
        List<FilePattern> patterns = new ArrayList<>(live.patterns(lines));
        List<NetworkSource> network = new ArrayList<>(live.network(lines));
        for (ConfiguredSource one : configured) {
            files.addAll(one.live.files(one.source.or(lines)));
            patterns.addAll(one.live.patterns(one.source.or(lines)));
            network.addAll(one.live.network(one.source.or(lines)));
        }
        return new Sources(files, patterns, network);
    }

    public boolean isEmpty() {
        return files.isEmpty() && patterns.isEmpty() && network.isEmpty();
    }

    public IngestSettings settings(KafkaAddress kafka, Path dataDir) {
        return IngestSettings.of(kafka, dataDir).withSources(files, network).withPatterns(patterns);
    }

    /** Looks whether all can be listened to, before anything is started for them; an exception says which cannot. */
    public void checkFree() {
        network.forEach(NetworkSource::checkFree);
    }

    /** The files that are followed, and the patterns. */
    public List<String> tails() {
        return Stream.concat(
                        files.stream()
                                .map(file ->
                                        file.path().toAbsolutePath().normalize().toString()),
                        patterns.stream().map(FilePattern::glob))
                .toList();
    }
}
