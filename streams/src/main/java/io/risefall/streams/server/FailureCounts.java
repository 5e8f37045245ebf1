package io.risefall.streams.server;

import io.risefall.schemas.state.Rollup;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The failures of a server's newest minute, by reason and code. */
final class FailureCounts {
    private FailureCounts() {}

    /** Adds failures. The changed sum is the last of the list; sums of earlier minutes are left out. */
    static List<Rollup> with(List<Rollup> minute, Rollup more) {
        List<Rollup> rollups = new ArrayList<>();
        Rollup counted = more;
        for (Rollup rollup : minute) {
            if (rollup.key().equals(more.key())) {
                counted = sum(rollup, more);
            } else if (rollup.minute().equals(more.minute())) {
                rollups.add(rollup);
            }
        }
        rollups.add(counted);
        return rollups;
    }

    private static Rollup sum(Rollup one, Rollup other) {
        return new Rollup(
                one.node(),
                one.server(),
                one.minute(),
                one.reason(),
                one.code(),
                one.failures() + other.failures(),
                one.downs() + other.downs(),
                slower(one.maxDurationMillis(), other.maxDurationMillis()));
    }

    private static @Nullable Long slower(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.max(one, other);
    }
}
