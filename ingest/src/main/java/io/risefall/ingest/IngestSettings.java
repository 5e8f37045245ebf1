package io.risefall.ingest;

import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.network.NetworkSource;
import java.nio.file.Path;
import java.util.List;

/**
 * What to read and where to publish it.
 *
 * @param bootstrapServers Kafka, as {@code host:port[,host:port]}
 * @param instance the ingester's identity: two with the same one cannot publish at the same time
 * @param dataDir below it lie the journals of network input
 * @param files files to follow
 * @param network where to listen
 * @param limits how much, how long and how often
 */
public record IngestSettings(
        String bootstrapServers,
        String instance,
        Path dataDir,
        List<FileSource> files,
        List<NetworkSource> network,
        IngestLimits limits) {

    public static final String DEFAULT_INSTANCE = "ingest-1";

    public IngestSettings {
        files = List.copyOf(files);
        network = List.copyOf(network);
    }

    /** Nothing to read yet, everything else by default. */
    public static IngestSettings of(String bootstrapServers, Path dataDir) {
        return new IngestSettings(
                bootstrapServers, DEFAULT_INSTANCE, dataDir, List.of(), List.of(), IngestLimits.DEFAULT);
    }

    /** The same with other sources. */
    public IngestSettings withSources(List<FileSource> files, List<? extends NetworkSource> network) {
        return new IngestSettings(bootstrapServers, instance, dataDir, files, List.copyOf(network), limits);
    }

    /** The same with another identity. */
    public IngestSettings withInstance(String instance) {
        return new IngestSettings(bootstrapServers, instance, dataDir, files, network, limits);
    }

    /** The same with other limits. */
    public IngestSettings withLimits(IngestLimits limits) {
        return new IngestSettings(bootstrapServers, instance, dataDir, files, network, limits);
    }
}
