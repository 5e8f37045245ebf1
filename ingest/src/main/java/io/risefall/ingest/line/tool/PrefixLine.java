package io.risefall.ingest.line.tool;

import io.risefall.ingest.message.HealthPrefixes;
import java.nio.charset.StandardCharsets;

/** A line whose prefix is looked for, and the words in it. Used by one thread. */
final class PrefixLine {
    static final int LONGEST_NAME = 300;
    private static final int MAX_DIGITS = 9;

    byte[] bytes = {};
    int to;

    int number(int from) {
        int at = from;
        while (at < to && isDigit(bytes[at]) && at - from <= MAX_DIGITS) {
            at++;
        }
        return at - from > MAX_DIGITS && !(at < to && bytes[at] == '.') ? from : at;
    }

    /** The position after {@code ESC[36m} and similar colours. */
    int colour(int from) {
        int at = from;
        while (at >= 0 && at + 2 < to && bytes[at] == 0x1B && bytes[at + 1] == '[') {
            int end = at + 2;
            while (end < to && (isDigit(bytes[end]) || bytes[end] == ';')) {
                end++;
            }
            if (end == to || bytes[end] != 'm') {
                return at;
            }
            at = end + 1;
        }
        return at;
    }

    int nameEnd(int from) {
        int end = from;
        while (end < to && end - from < LONGEST_NAME && (isWord(bytes[end]) || bytes[end] == '@' && end > from)) {
            end++;
        }
        return end;
    }

    /** As Kubernetes allows names: no capitals. */
    int podNameEnd(int from) {
        int end = from;
        while (from >= 0
                && end < to
                && end - from < LONGEST_NAME
                && isWord(bytes[end])
                && bytes[end] != '_'
                && !(bytes[end] >= 'A' && bytes[end] <= 'Z')) {
            end++;
        }
        return end;
    }

    boolean hasNumber(int from, int end) {
        int at = end;
        while (at > from && isDigit(bytes[at - 1])) {
            at--;
        }
        return at > from + 1 && (bytes[at - 1] == '-' || bytes[at - 1] == '_' || bytes[at - 1] == '.');
    }

    boolean hasLetter(int from, int end) {
        for (int at = from; at < end; at++) {
            if (bytes[at] >= 'a' && bytes[at] <= 'z' || bytes[at] >= 'A' && bytes[at] <= 'Z') {
                return true;
            }
        }
        return false;
    }

    int indexOf(char c, int from, int end) {
        for (int at = from; at < end; at++) {
            if (bytes[at] == c) {
                return at;
            }
        }
        return -1;
    }

    /** Ignores case. */
    boolean contains(byte[] part, int from, int end) {
        for (int at = from; at + part.length <= end; at++) {
            int same = 0;
            while (same < part.length && lower(bytes[at + same]) == part[same]) {
                same++;
            }
            if (same == part.length) {
                return true;
            }
        }
        return false;
    }

    boolean startsWith(byte[] beginning, int from) {
        return HealthPrefixes.startsWith(bytes, from, to, beginning);
    }

    private static byte lower(byte b) {
        return b >= 'A' && b <= 'Z' ? (byte) (b + 'a' - 'A') : b;
    }

    private static boolean isWord(byte b) {
        return isDigit(b) || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '-' || b == '_' || b == '.';
    }

    static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
