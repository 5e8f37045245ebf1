package io.risefall.ingest.network.journal;

import java.time.Duration;

/**
 * How large a journal may be and how safe.
 *
 * @param bytes of all segments of one journal together
 * @param segment bytes of one file of it
 * @param sync how often it is forced to disk: what a power cut can cost; zero: before anything is acknowledged or read
 */
public record JournalLimits(long bytes, long segment, Duration sync) {
    private static final long MIB = 1024L * 1024;

    /** The defaults. */
    public static final JournalLimits DEFAULT = new JournalLimits(4096 * MIB, 64 * MIB, Duration.ofSeconds(1));

    public JournalLimits {
        if (bytes < 1 || segment < 1) {
            throw new IllegalArgumentException("limits must be at least 1: " + bytes + ", " + segment);
        }
        if (sync.isNegative()) {
            throw new IllegalArgumentException("sync must be zero or more: " + sync);
        }
    }

    /** The same with another size of all. */
    public JournalLimits withBytes(long bytes) {
        return new JournalLimits(bytes, segment, sync);
    }

    /** The same, forced to disk so often; zero: before anything is acknowledged or read. */
    public JournalLimits withSync(Duration sync) {
        return new JournalLimits(bytes, segment, sync);
    }
}
