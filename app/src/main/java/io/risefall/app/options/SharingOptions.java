package io.risefall.app.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who may query besides the owner. */
public final class SharingOptions {
    @Option(
            names = "--group",
            paramLabel = "GROUP",
            description = "let members of this system group run query, report and explain from now on; - for "
                    + "nobody but the owner (default: unchanged; initially nobody)")
    private @Nullable String group;

    /** The group, {@link io.risefall.app.data.Sharing#NOBODY}, or null: unchanged. */
    public @Nullable String group() {
        return group;
    }
}
