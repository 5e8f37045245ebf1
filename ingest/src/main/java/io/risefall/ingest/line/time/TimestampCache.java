package io.risefall.ingest.line.time;

import io.risefall.ingest.line.timestamp.TraditionalTimestamp;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The last traditional timestamp, resolved, because many lines have the same. Used by one thread. */
final class TimestampCache {
    private static final int LENGTH = TraditionalTimestamp.LENGTH;

    private final byte[] timestamp = new byte[LENGTH];
    private @Nullable ZoneId zone;
    private @Nullable Instant moment;

    /** Whether it is the timestamp at {@code bytes[from]}, read in {@code zone}. */
    boolean is(byte[] bytes, int from, ZoneId in) {
        return moment != null && in.equals(zone) && Arrays.equals(bytes, from, from + LENGTH, timestamp, 0, LENGTH);
    }

    @Nullable Instant set(byte[] bytes, int from, ZoneId in, @Nullable Instant meant) {
        System.arraycopy(bytes, from, timestamp, 0, LENGTH);
        zone = in;
        moment = meant;
        return meant;
    }

    /** The resolved instant, or null if invalid or nothing was parsed. */
    @Nullable Instant moment() {
        return moment;
    }
}
