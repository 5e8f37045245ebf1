package io.risefall.streams.server;

import io.risefall.schemas.state.Evidence;
import io.risefall.schemas.state.Provenance;
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
                slower(one.maxDurationMillis(), other.maxDurationMillis()),
                lines(one, other));
    }

    /** Of both; if there are too many, the slowest takes the place of the last one. */
    private static @Nullable Provenance lines(Rollup one, Rollup other) {
        if (one.provenance() == null || other.provenance() == null) {
            return one.provenance() == null ? other.provenance() : one.provenance();
        }
        Provenance lines = one.provenance();
        for (Evidence line : other.provenance().evidence()) {
            Provenance more = lines.with(line);
            boolean isLeftOut = more.leftOut() > lines.leftOut();
            lines = isLeftOut && isSlower(other, one) ? more.endingWith(line) : more;
        }
        return lines;
    }

    private static boolean isSlower(Rollup more, Rollup than) {
        return more.maxDurationMillis() != null
                && (than.maxDurationMillis() == null || more.maxDurationMillis() > than.maxDurationMillis());
    }

    private static @Nullable Long slower(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.max(one, other);
    }
}
