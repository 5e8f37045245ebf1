package io.risefall.ingest.line.unstamped;

import io.risefall.schemas.event.HealthEvent;

/**
 * A line without a time of which it is now known whether another line tells it.
 *
 * @param event what it says, with the time of the line that tells it, else that of its receipt
 * @param resolved whether a line does
 * @param line its bytes, without the line end
 */
public record ResolvedLine(HealthEvent event, boolean resolved, byte[] line) {
    /** Why it is no event where no line tells its time. */
    public static final String WHY = "says no time, and no line beside it says the same with one";
}
