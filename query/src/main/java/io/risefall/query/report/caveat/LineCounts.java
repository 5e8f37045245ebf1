package io.risefall.query.report.caveat;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The health lines of the period. */
public record LineCounts(
        long events,
        @Nullable Instant firstAt,
        @Nullable Instant lastAt,
        long withoutPid,
        long downs,
        long ups,
        boolean everUp) {}
