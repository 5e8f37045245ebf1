package io.risefall.app.options;

import io.risefall.ingest.line.context.LineDefaults;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What lines do not say and the user knows. */
public final class SourceOptions {
    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "the HAProxy host of these lines (default: as each line says, else the sender's address)")
    @Nullable String node;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description =
                    "time zone of stamps that have none, such as Europe/Berlin (default: that of the same host's stamps"
                            + " that have one, else this machine's)")
    @Nullable ZoneId zone;

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "the syslog tag of HAProxy (log-tag); several times for several (default: haproxy)")
    List<String> tags = new ArrayList<>();

    /** Where days begin, and the zone of stamps that have none. */
    public ZoneId zone() {
        return zone == null ? ZoneId.systemDefault() : zone;
    }

    public LineDefaults lines() {
        LineDefaults said = new LineDefaults(node, zone(), null, Set.copyOf(tags));
        return zone == null ? said.withAssumedZone(zone()) : said;
    }

    /** What these do not say, {@code others} say. */
    SourceOptions or(SourceOptions others) {
        SourceOptions both = new SourceOptions();
        both.node = node == null ? others.node : node;
        both.zone = zone == null ? others.zone : zone;
        both.tags = tags.isEmpty() ? others.tags : tags;
        return both;
    }
}
