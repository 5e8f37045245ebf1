package io.risefall.app.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who besides the owner may ask. */
public final class SharingOptions {
    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "members of this group of the system may ask (query, report, explain), from now on; - for "
                    + "nobody but the owner (default: as before, at first nobody)")
    public @Nullable String group;
}
