package io.risefall.ingest.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By what a file is known again: its first bytes and the last ones before a place, both by SHA-256. The text of
 * {@link io.risefall.schemas.source.ReadPosition#file()}: {@code base=0 as=81b0c1d2 inode=(dev=fe00,ino=17) head=4096:9f86… tail=4096:d081…}.
 *
 * @param base where the file's first byte stands in its source: more than 0 after a rotation
 * @param as how its lines were read ({@link FileSource#how}): the same bytes read otherwise say something else
 * @param inode the file system's name of it, for people; null where there is none
 * @param headLength how many of its first bytes are in {@code head}; all of them lie before the place read
 * @param head their hash
 * @param tailLength how many bytes before the place read are in {@code tail}; 0 for a stream that cannot go back
 * @param tail their hash; null where there are none
 */
record FileFingerprint(
        long base,
        String as,
        @Nullable String inode,
        int headLength,
        String head,
        int tailLength,
        @Nullable String tail) {
    /** Two logs that begin with the same 4 KiB are the same log. */
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

    /** Nothing read yet of a file whose first byte stands at {@code base}. */
    static FileFingerprint atStart(long base, String as) {
        return of(base, as, null, new byte[0], null);
    }

    /** Whether a file that begins with {@code first} can be this one. */
    boolean startsLike(byte[] first) {
        return first.length >= headLength && hash(first, headLength).equals(head);
    }

    /** Whether a file with {@code before} before the place read can be this one. */
    boolean endsLike(byte[] before) {
        return tail == null
                || (before.length == tailLength && hash(before, tailLength).equals(tail));
    }

    /** Reads the text; null where it is none of ours. */
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
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Arrays.copyOf(bytes, length));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
