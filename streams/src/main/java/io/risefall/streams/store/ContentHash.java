package io.risefall.streams.store;

import io.risefall.schemas.key.Digests;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Makes what stands in a store for the bytes of a record that was sent: a byte that says how, then the first eight bytes of their
 * MD5. A correction is missed if two versions of one record have one hash, which happens once in 10^19. Builds before stored the
 * first eight bytes of their SHA-256, which takes several times as long, and those before them the bytes. One thread.
 */
final class ContentHash {
    private static final int LENGTH = 8;
    private static final byte MD5 = 1;

    private final MessageDigest md5 = Digests.md5();

    byte[] of(byte[] content) {
        byte[] hash = new byte[1 + LENGTH];
        hash[0] = MD5;
        System.arraycopy(md5.digest(content), 0, hash, 1, LENGTH);
        return hash;
    }

    /** Whether a stored value stands for this content, whose hash is {@code hash}. */
    static boolean isOf(byte[] stored, byte[] content, byte[] hash) {
        byte[] same = switch (stored.length) {
            case 1 + LENGTH -> hash;
            case LENGTH -> Arrays.copyOf(Digests.sha256().digest(content), LENGTH);
            default -> content; // which is never so short
        };
        return Arrays.equals(stored, same);
    }
}
