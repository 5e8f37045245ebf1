package io.risefall.ingest.line;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a line does not say and its source knows.
 *
 * @param source the source's name, for {@link io.risefall.schemas.Origin}
 * @param defaults what was set for the source
 * @param yearNear stamps without a year take the year that brings them nearest to this moment: a file's
 *     last change; a reader that follows its source for months moves on with the lines that it reads; null: to the
 *     receipt of each line
 */
public record LineContext(
        String source, LineDefaults defaults, @Nullable Instant yearNear) {}
