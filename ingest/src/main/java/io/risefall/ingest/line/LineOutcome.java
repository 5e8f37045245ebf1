package io.risefall.ingest.line;

import io.risefall.ingest.unknown.UnknownHeader;
import io.risefall.schemas.event.HealthEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of one line. */
public sealed interface LineOutcome {

    /**
     * Health lines.
     *
     * @param events one; more only for {@code message repeated N times}, and where earlier lines waited for this one
     * @param timestamped whether the line says a time: without one, theirs is that of its receipt
     * @param earlier how many of the events, the first ones, are of lines that so far counted as traffic
     */
    record Events(List<HealthEvent> events, boolean timestamped, int earlier) implements LineOutcome {
        public Events(List<HealthEvent> events, boolean timestamped) {
            this(events, timestamped, 0);
        }

        /** That of the line itself. */
        public HealthEvent own() {
            return events.get(earlier);
        }
    }

    /**
     * A health line that says no time, of a source that is read after the fact: {@link LineReader#settled} tells later what
     * became of it.
     */
    record Waiting() implements LineOutcome {}

    /**
     * HAProxy spoke, but not of health.
     *
     * @param node who spoke
     * @param pid by which process; null where the line has none
     * @param at when, by the line; null where that was not worth reading
     * @param sentence whether it is a faultless health sentence, but not with the severity that HAProxy gives it
     */
    record Traffic(
            String node, @Nullable Long pid, @Nullable Instant at, boolean sentence) implements LineOutcome {
        public Traffic(String node, @Nullable Long pid, @Nullable Instant at) {
            this(node, pid, at, false);
        }
    }

    /**
     * Another program's line, or none with a header that we know.
     *
     * @param tagged whether its header is known, and its tag not one of HAProxy's
     */
    record Unrelated(boolean tagged) implements LineOutcome {}

    /** Holds a health sentence, behind a header that is not known or the tag of another program: no event. */
    record Unknown(UnknownHeader header) implements LineOutcome {}

    /**
     * Begins like a health line of HAProxy and cannot be read.
     *
     * @param why what about it could not be read
     */
    record Unreadable(String why) implements LineOutcome {}
}
