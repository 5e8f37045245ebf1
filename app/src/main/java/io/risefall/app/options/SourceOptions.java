package io.risefall.app.options;

import io.risefall.ingest.line.context.LineDefaults;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What lines do not contain and the user knows. */
public final class SourceOptions {
    @Option(
            names = "--node",
            paramLabel = "NAME",
            description = "HAProxy host of these lines (default: the host in each line, else the sender's address)")
    private @Nullable String node;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description =
                    "time zone of timestamps without one, such as Europe/Berlin (default: that of other timestamps of the"
                            + " same host, else this machine's)")
    private @Nullable ZoneId zone;

    @Option(
            names = "--tag",
            paramLabel = "TAG",
            description = "syslog tag of HAProxy (log-tag); repeatable (default: haproxy)")
    private List<String> tags = new ArrayList<>();

    /** The zone of days, and of timestamps without one. */
    public ZoneId zone() {
        return zone == null ? ZoneId.systemDefault() : zone;
    }

    public LineDefaults lines() {
        LineDefaults given = new LineDefaults(node, zone(), null, Set.copyOf(tags));
        return zone == null ? given.withAssumedZone(zone()) : given;
    }

    /** These, completed by {@code others}. */
    SourceOptions or(SourceOptions others) {
        SourceOptions both = new SourceOptions();
        both.node = node == null ? others.node : node;
        both.zone = zone == null ? others.zone : zone;
        both.tags = tags.isEmpty() ? others.tags : tags;
        return both;
    }
}
