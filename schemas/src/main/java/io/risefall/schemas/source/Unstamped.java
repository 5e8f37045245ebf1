package io.risefall.schemas.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.event.HealthEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The health lines of a source that is read after the fact which say no time: only a line beside them that says the same
 * tells when. What a reader that starts again must know of both.
 *
 * @param lines of the lines that count as rejected, those to which no line tells the time
 * @param told the last health lines that say a time, the oldest first
 * @param waiting lines without a time of which the line that tells it may still come, the oldest first
 */
public record Unstamped(long lines, List<Told> told, List<Waiting> waiting) {
    public static final Unstamped NONE = new Unstamped(0, List.of(), List.of());

    /** So many lines near each other are remembered. */
    public static final int MOST = 32;

    public Unstamped {
        told = List.copyOf(told);
        waiting = List.copyOf(waiting);
    }

    /** That of {@code position}, or none. */
    public static Unstamped of(@Nullable ReadPosition position) {
        return position == null || position.unstamped() == null ? NONE : position.unstamped();
    }

    /**
     * A line with a time.
     *
     * @param at its time
     * @param precise whether that has fractions of a second
     * @param node whose it is
     * @param pid of which process; null where it does not say
     * @param words what makes its words: a hash
     * @param position where in the source it begins
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Told(
            Instant at,
            boolean precise,
            String node,
            @Nullable Long pid,
            long words,
            long position) {}

    /**
     * A line without one.
     *
     * @param event what it says, as of its receipt, and without its {@link HealthEvent#line}
     * @param named whether it names its host
     * @param line its bytes, each a character (ISO 8859-1), without the line end
     */
    public record Waiting(HealthEvent event, boolean named, String line) {}
}
