package io.risefall.ingest;

import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.network.SyslogTcp;
import io.risefall.ingest.network.SyslogUdp;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;

/**
 * What to read and where to publish it.
 *
 * @param bootstrapServers Kafka, as {@code host:port[,host:port]}
 * @param instance the ingester's identity: two with the same one cannot publish at the same time
 * @param dataDir below it lie the journals of network input
 * @param tails files to follow
 * @param udp where to listen for syslog over UDP
 * @param tcp where to listen for syslog over TCP
 * @param zone zone of stamps from the network that have none
 * @param tags the syslog tags that are HAProxy's in network input
 * @param limits how much, how long and how often
 */
public record IngestSettings(
        String bootstrapServers,
        String instance,
        Path dataDir,
        List<FileSource> tails,
        List<SyslogUdp> udp,
        List<SyslogTcp> tcp,
        ZoneId zone,
        Set<String> tags,
        IngestLimits limits) {

    /** HAProxy's own default of {@code log-tag}. */
    public static final Set<String> DEFAULT_TAGS = Set.of("haproxy");

    public static final String DEFAULT_INSTANCE = "ingest-1";

    public IngestSettings {
        tails = List.copyOf(tails);
        udp = List.copyOf(udp);
        tcp = List.copyOf(tcp);
        tags = tags.isEmpty() ? DEFAULT_TAGS : Set.copyOf(tags);
    }

    /** Nothing to read yet, everything else by default. */
    public static IngestSettings of(String bootstrapServers, Path dataDir, ZoneId zone) {
        return new IngestSettings(
                bootstrapServers,
                DEFAULT_INSTANCE,
                dataDir,
                List.of(),
                List.of(),
                List.of(),
                zone,
                DEFAULT_TAGS,
                IngestLimits.DEFAULT);
    }

    /** The same with other sources. */
    public IngestSettings withSources(List<FileSource> tails, List<SyslogUdp> udp, List<SyslogTcp> tcp) {
        return new IngestSettings(bootstrapServers, instance, dataDir, tails, udp, tcp, zone, tags, limits);
    }

    /** The same with another identity. */
    public IngestSettings withInstance(String instance) {
        return new IngestSettings(bootstrapServers, instance, dataDir, tails, udp, tcp, zone, tags, limits);
    }

    /** The same with other tags for network input. */
    public IngestSettings withTags(Set<String> tags) {
        return new IngestSettings(bootstrapServers, instance, dataDir, tails, udp, tcp, zone, tags, limits);
    }

    /** The same with other limits. */
    public IngestSettings withLimits(IngestLimits limits) {
        return new IngestSettings(bootstrapServers, instance, dataDir, tails, udp, tcp, zone, tags, limits);
    }
}
