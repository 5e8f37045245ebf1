package io.risefall.query.alert.engine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something is wrong, is wrong in another way than was said before, or is not any more.
 *
 * @param endedAt when it ended; null: it lasts
 * @param endedBy what ended it, as the view {@code outages} says, or {@link #RETRACTED}; null: it lasts
 */
public record TroubleChange(
        Trouble trouble,
        @Nullable Instant endedAt,
        @Nullable String endedBy) {
    /** Late lines show that it never was. */
    public static final String RETRACTED = "retracted";

    /** No line shows how: it follows from a reload or the end of the process. */
    public static final String UNKNOWN = "unknown";

    public static TroubleChange lasts(Trouble trouble) {
        return new TroubleChange(trouble, null, null);
    }

    public static TroubleChange over(Trouble trouble, Instant at, String by) {
        return new TroubleChange(trouble, at, by);
    }
}
