package io.risefall.schemas.source;

import io.risefall.schemas.event.Origin;
import java.time.Instant;

/**
 * What one sender has sent to a listener.
 *
 * @param sender its address, as in {@link Origin#sender()}; {@link #OTHERS} for all that are not counted one by one
 * @param messages messages taken
 * @param bytes bytes of them
 * @param lastAt when the latest of them was received
 */
public record SenderTally(String sender, long messages, long bytes, Instant lastAt) {
    /** Senders name themselves, so their number is bounded; the rest counts together. */
    public static final String OTHERS = "others";

    /** Both together, under this one's name. */
    public SenderTally plus(SenderTally other) {
        Instant later = other.lastAt.isAfter(lastAt) ? other.lastAt : lastAt;
        return new SenderTally(sender, messages + other.messages, bytes + other.bytes, later);
    }
}
