package io.risefall.app.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The HAProxy host of a command that can be asked about one of them. */
public final class NodeOption {
    @Option(
            names = "--node",
            paramLabel = "NODE",
            description = "only what this HAProxy host logged (default: all hosts)")
    private @Nullable String node;

    /** Null: all. */
    public @Nullable String node() {
        return node;
    }
}
