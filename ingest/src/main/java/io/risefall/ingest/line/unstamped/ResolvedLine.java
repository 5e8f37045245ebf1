package io.risefall.ingest.line.unstamped;

import io.risefall.schemas.event.HealthEvent;

/**
 * A line without a timestamp whose time is now known, or is known to stay unknown.
 *
 * @param event the event, with the time of the line that repeats it, else with its receive time
 * @param resolved whether another line gives the time
 * @param line its bytes, without the newline
 */
public record ResolvedLine(HealthEvent event, boolean resolved, byte[] line) {
    /** Why it is rejected if no line gives its time. */
    public static final String WHY = "has no timestamp, and no line near it repeats it with one";
}
