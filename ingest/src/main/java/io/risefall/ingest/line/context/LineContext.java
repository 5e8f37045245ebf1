package io.risefall.ingest.line.context;

import io.risefall.schemas.event.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a line does not say and its source knows.
 *
 * @param source the source's name, for {@link Origin}
 * @param defaults what was set for the source
 * @param yearNear timestamps without a year take the year that brings them nearest to this moment: a file's
 *     last change; a reader that follows its source for months moves on with the lines that it reads; null: to the
 *     receipt of each line
 * @param late whether its lines are read after the fact, so that their receipt says nothing of when they were printed
 */
public record LineContext(
        String source, LineDefaults defaults, @Nullable Instant yearNear, boolean late) {
    /** Of a source that is read as its lines are printed. */
    public LineContext(String source, LineDefaults defaults, @Nullable Instant yearNear) {
        this(source, defaults, yearNear, false);
    }

    /** The same, read after the fact. */
    public LineContext readLate() {
        return new LineContext(source, defaults, yearNear, true);
    }
}
