package io.risefall.ingest;

import io.risefall.ingest.file.FilePattern;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.network.NetworkSource;
import io.risefall.schemas.cluster.KafkaAddress;
import java.nio.file.Path;
import java.util.List;

/**
 * The sources to read, and the Kafka to publish to.
 *
 * @param kafka where the topics are
 * @param instance the ingester's identity; two with the same identity cannot publish at the same time
 * @param dataDir the directory with the journals of network input
 * @param files files to follow
 * @param patterns patterns of files to follow; {@code files} win where both match
 * @param network sources to listen for
 * @param limits limits and intervals
 */
public record IngestSettings(
        KafkaAddress kafka,
        String instance,
        Path dataDir,
        List<FileSource> files,
        List<FilePattern> patterns,
        List<NetworkSource> network,
        IngestLimits limits) {

    static final String DEFAULT_INSTANCE = "ingest-1";

    public IngestSettings {
        files = List.copyOf(files);
        patterns = List.copyOf(patterns);
        network = List.copyOf(network);
    }

    /**
     * Prefix of the names of its sources. Ingesters on several hosts read files of the same name, and their positions
     * must not be confused.
     */
    String sourcePrefix() {
        return instance.equals(DEFAULT_INSTANCE) ? "" : instance + ":";
    }

    /** Nothing to read yet, everything else by default. */
    public static IngestSettings of(KafkaAddress kafka, Path dataDir) {
        return new IngestSettings(
                kafka, DEFAULT_INSTANCE, dataDir, List.of(), List.of(), List.of(), IngestLimits.DEFAULT);
    }

    /** The same, for a Kafka without credentials. */
    public static IngestSettings of(String servers, Path dataDir) {
        return of(KafkaAddress.of(servers), dataDir);
    }

    /** The same with other sources. */
    public IngestSettings withSources(List<FileSource> files, List<? extends NetworkSource> network) {
        return new IngestSettings(kafka, instance, dataDir, files, patterns, List.copyOf(network), limits);
    }

    /** The same with other patterns of files. */
    public IngestSettings withPatterns(List<FilePattern> patterns) {
        return new IngestSettings(kafka, instance, dataDir, files, patterns, network, limits);
    }

    /** The same with another identity. */
    public IngestSettings withInstance(String instance) {
        return new IngestSettings(kafka, instance, dataDir, files, patterns, network, limits);
    }

    /** The same with other limits. */
    public IngestSettings withLimits(IngestLimits limits) {
        return new IngestSettings(kafka, instance, dataDir, files, patterns, network, limits);
    }
}
