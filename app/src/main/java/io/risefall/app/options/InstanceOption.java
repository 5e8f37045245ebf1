package io.risefall.app.options;

import io.risefall.ingest.network.HostName;
import picocli.CommandLine.Option;

/** The name of a part that can run in several processes. */
public final class InstanceOption {
    @Option(
            names = "--instance",
            paramLabel = "NAME",
            description = "name of this process among several; keep it across restarts (default: the host name)")
    private String instance = "";

    public String instance() {
        return instance.isEmpty() ? HostName.get() : instance;
    }
}
