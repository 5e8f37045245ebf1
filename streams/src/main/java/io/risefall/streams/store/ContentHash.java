package io.risefall.streams.store;

import io.risefall.schemas.key.Digests;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a store for the bytes of a record that was sent: the first eight bytes of their SHA-256. A correction is missed if
 * two versions of one record have one hash, which happens once in 10^19.
 */
final class ContentHash {
    private static final int LENGTH = 8;

    private ContentHash() {}

    static byte[] of(byte[] content) {
        return Arrays.copyOf(Digests.sha256().digest(content), LENGTH);
    }

    /** Whether a stored value stands for content of this hash. Older builds stored the content, which is never so short. */
    static boolean isOf(byte[] stored, byte @Nullable [] hash) {
        return Arrays.equals(stored.length == LENGTH ? stored : of(stored), hash);
    }
}
