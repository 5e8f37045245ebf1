package io.risefall.ingest.file;

/** Recognizes UTF-16 text, whose characters have two bytes. */
final class Utf16Check {
    private static final int LOOK = 256;

    private Utf16Check() {}

    /** Whether {@code head} begins with the byte order mark of UTF-16, or is ASCII with a NUL before or after every character. */
    static boolean begins(byte[] head) {
        if (head.length < 2) {
            return false;
        }
        int first = head[0] & 0xff;
        int second = head[1] & 0xff;
        return (first == 0xff && second == 0xfe) || (first == 0xfe && second == 0xff) || nuls(head, 0) || nuls(head, 1);
    }

    private static boolean nuls(byte[] head, int at) {
        int length = Math.min(head.length, LOOK) & ~1;
        for (int i = 0; i < length; i += 2) {
            if (head[i + at] != 0 || head[i + 1 - at] <= 0) {
                return false;
            }
        }
        return true;
    }
}
