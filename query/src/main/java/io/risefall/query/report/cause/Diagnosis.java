package io.risefall.query.report.cause;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One cause for one outage, how sure that is, why, and what to do next.
 *
 * @param cause the cause
 * @param confidence how sure
 * @param why the evidence, in one or two sentences
 * @param next what to do, in this order
 */
public record Diagnosis(Cause cause, Confidence confidence, String why, List<Step> next) {
    public Diagnosis {
        next = List.copyOf(next);
    }

    /** How sure a cause is. */
    public enum Confidence {
        /** A line says so. */
        CERTAIN,
        /** The evidence fits nothing else that is usual. */
        LIKELY,
        /** It fits, and so does something else, which {@link #why()} names. */
        POSSIBLE,
        /** Nothing to go by. */
        NONE
    }

    /**
     * Something to do.
     *
     * @param what what it is for
     * @param command a shell command to paste; null where there is none
     */
    public record Step(String what, @Nullable String command) {}

    /** As {@code backend server not running (likely)}. */
    @JsonIgnore
    public String words() {
        return confidence == Confidence.NONE || confidence == Confidence.CERTAIN
                ? cause.words()
                : cause.words() + " (" + confidence.name().toLowerCase(Locale.ROOT) + ")";
    }
}
