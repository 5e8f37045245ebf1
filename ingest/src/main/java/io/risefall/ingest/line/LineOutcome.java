package io.risefall.ingest.line;

import io.risefall.ingest.unknown.UnknownHeader;
import io.risefall.schemas.event.HealthEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one line turned out to be. */
public sealed interface LineOutcome {

    /**
     * Health lines.
     *
     * @param events one; more only for {@code message repeated N times}, and where earlier lines waited for this one
     * @param timestamped whether the line has a timestamp; without one, the events have its receive time
     * @param earlier how many of the events, from the first on, are of lines that were counted as traffic before
     */
    record Events(List<HealthEvent> events, boolean timestamped, int earlier) implements LineOutcome {
        public Events(List<HealthEvent> events, boolean timestamped) {
            this(events, timestamped, 0);
        }

        /** The event of the line itself. */
        public HealthEvent own() {
            return events.get(earlier);
        }
    }

    /**
     * A health line without a timestamp, in a source that is read after the fact; {@link LineReader#settled} resolves
     * it later.
     */
    record Waiting() implements LineOutcome {}

    /**
     * A line of HAProxy that is not about health.
     *
     * @param node the node that logged it
     * @param pid the process; null if the line names none
     * @param at its time; null if that was not read
     * @param sentence whether it is a valid health sentence, but not at the severity that HAProxy uses for it
     */
    record Traffic(
            String node, @Nullable Long pid, @Nullable Instant at, boolean sentence) implements LineOutcome {
        public Traffic(String node, @Nullable Long pid, @Nullable Instant at) {
            this(node, pid, at, false);
        }
    }

    /**
     * A line of another program, or one with an unknown header.
     *
     * @param tagged whether its header is known and has another program's tag
     */
    record Unrelated(boolean tagged) implements LineOutcome {}

    /** A health sentence after an unknown header or after the tag of another program; not an event. */
    record Unknown(UnknownHeader header) implements LineOutcome {}

    /**
     * Begins like a health line of HAProxy, but cannot be read.
     *
     * @param why the reason, for users
     */
    record Unreadable(String why) implements LineOutcome {}
}
