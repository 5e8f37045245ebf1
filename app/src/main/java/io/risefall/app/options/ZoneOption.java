package io.risefall.app.options;

import java.time.ZoneId;
import picocli.CommandLine.Option;

/** The zone of a command that has days. */
public final class ZoneOption {
    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            description = "time zone of days, such as Europe/Berlin (default: this machine's zone)")
    private ZoneId zone = ZoneId.systemDefault();

    public ZoneId zone() {
        return zone;
    }
}
