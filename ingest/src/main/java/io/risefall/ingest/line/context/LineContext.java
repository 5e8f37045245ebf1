package io.risefall.ingest.line.context;

import io.risefall.schemas.event.Origin;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a source knows that its lines lack.
 *
 * @param source the source's name, for {@link Origin}
 * @param defaults the user's settings for the source
 * @param yearNear timestamps without a year get the year nearest to this instant, a file's last change; over months
 *     it follows the lines that are read; null: nearest to the receive time of each line
 * @param late whether its lines are read after the fact, so that their receive time is not the time of printing
 */
public record LineContext(
        String source, LineDefaults defaults, @Nullable Instant yearNear, boolean late) {
    /** For a source that is read while its lines are printed. */
    public LineContext(String source, LineDefaults defaults, @Nullable Instant yearNear) {
        this(source, defaults, yearNear, false);
    }

    /** The same, read after the fact. */
    public LineContext readLate() {
        return new LineContext(source, defaults, yearNear, true);
    }
}
