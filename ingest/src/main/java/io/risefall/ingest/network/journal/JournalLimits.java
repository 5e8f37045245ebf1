package io.risefall.ingest.network.journal;

import java.time.Duration;

/**
 * Size and safety of a journal.
 *
 * @param bytes of all segments of one journal
 * @param segment bytes of one segment file
 * @param sync how often it is forced to disk, which is what a power failure can cost; zero: before anything is acknowledged or read
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

    /** The same with another total size. */
    public JournalLimits withBytes(long bytes) {
        return new JournalLimits(bytes, segment, sync);
    }

    /** The same with another sync interval; zero: before anything is acknowledged or read. */
    public JournalLimits withSync(Duration sync) {
        return new JournalLimits(bytes, segment, sync);
    }
}
