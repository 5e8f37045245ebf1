package io.risefall.ingest.file;

import io.risefall.schemas.key.Digests;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a file whatever its name: SHA-256 of its first bytes and of the last bytes before a position. Its text is
 * {@link io.risefall.schemas.source.ReadPosition#file()}: {@code base=0 as=81b0c1d2 inode=(dev=fe00,ino=17) head=4096:9f86… tail=4096:d081…}.
 *
 * @param base position of the file's first byte in its source; more than 0 after a rotation
 * @param as how its lines were read ({@link FileSource#how}); the same bytes read differently are other events
 * @param inode its inode, for people; null if there is none
 * @param headLength how many first bytes {@code head} covers; all of them were read
 * @param head their hash
 * @param tailLength how many bytes before the read position {@code tail} covers; 0 for a stream that cannot be rewound
 * @param tail their hash; null if there are none
 */
record FileFingerprint(
        long base,
        String as,
        @Nullable String inode,
        int headLength,
        String head,
        int tailLength,
        @Nullable String tail) {
    /** Logs that begin with the same 4 KiB are the same log. */
    static final int LENGTH = 4096;

    static FileFingerprint of(long base, String as, @Nullable String inode, byte[] head, byte @Nullable [] tail) {
        return new FileFingerprint(
                base,
                as,
                inode,
                head.length,
                hash(head, head.length),
                tail == null ? 0 : tail.length,
                tail == null ? null : hash(tail, tail.length));
    }

    /** Nothing is read yet of a file whose first byte is at {@code base}. */
    static FileFingerprint atStart(long base, String as) {
        return of(base, as, null, new byte[0], null);
    }

    /** Whether a file that begins with {@code first} can be this one. */
    boolean startsLike(byte[] first) {
        return first.length >= headLength && hash(first, headLength).equals(head);
    }

    /** Whether a file with {@code before} before the read position can be this one. */
    boolean endsLike(byte[] before) {
        return tail == null
                || (before.length == tailLength && hash(before, tailLength).equals(tail));
    }

    /** Parses the text; null if it is not a fingerprint. */
    static @Nullable FileFingerprint parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        Map<String, String> fields = new HashMap<>();
        for (String field : text.split(" ")) {
            int is = field.indexOf('=');
            if (is > 0) {
                fields.put(field.substring(0, is), field.substring(is + 1));
            }
        }
        String[] head = fields.getOrDefault("head", "").split(":");
        String[] tail = fields.getOrDefault("tail", "").split(":");
        if (head.length != 2) {
            return null;
        }
        try {
            return new FileFingerprint(
                    Long.parseLong(fields.getOrDefault("base", "0")),
                    fields.getOrDefault("as", ""),
                    fields.get("inode"),
                    Integer.parseInt(head[0]),
                    head[1],
                    tail.length == 2 ? Integer.parseInt(tail[0]) : 0,
                    tail.length == 2 ? tail[1] : null);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    @Override
    public String toString() {
        return "base=" + base + " as=" + as + (inode == null ? "" : " inode=" + inode) + " head=" + headLength + ":"
                + head + (tail == null ? "" : " tail=" + tailLength + ":" + tail);
    }

    /** SHA-256 of the first {@code length} bytes, in hex. */
    static String hash(byte[] bytes, int length) {
        return Digests.sha256Hex(Arrays.copyOf(bytes, length));
    }
}
