package io.risefall.ingest.unknown;

import static io.risefall.ingest.message.HealthPrefixes.startsWith;

import java.nio.charset.StandardCharsets;

/**
 * Finds a health sentence of HAProxy anywhere in a line: {@code Server P/S is UP|DOWN|…}, {@code Health|Agent check for
 * server P/S failed|succeeded}, {@code backend P has no server available!}, each at a word boundary. A match is a hint
 * that the line's header is not understood, and never an event.
 */
public final class HealthSentence {
    /** No header is longer. */
    private static final int LOOKED_AT = 16 * 1024;

    private static final byte[] BACKUP_SERVER = ascii("Backup Server ");
    private static final byte[] SERVER = ascii("Server ");
    private static final byte[] HEALTH_CHECK = ascii("Health check for ");
    private static final byte[] AGENT_CHECK = ascii("Agent check for ");
    private static final byte[] CHECKED_BACKUP = ascii("backup server ");
    private static final byte[] CHECKED = ascii("server ");
    private static final byte[] BACKEND = ascii("backend ");
    private static final byte[] PROXY = ascii("proxy ");
    private static final byte[] EMPTY = ascii(" has no server available!");
    private static final byte[][] SWITCHES = {
        ascii(" is DOWN"),
        ascii(" is UP"),
        ascii(" is going DOWN for maintenance"),
        ascii(" was DOWN and now enters maintenance"),
        ascii(" is stopping"),
        ascii(" enters drain state"),
        ascii(" is leaving forced "),
        ascii(" remains in "),
    };
    private static final byte[][] CHECKS = {
        ascii(" failed"), ascii(" succeeded"), ascii(" conditionally succeeded"),
    };

    /** First bytes of sentences. */
    private static final boolean[] FIRST = new boolean[256];

    static {
        for (char first : "ABHSbp".toCharArray()) {
            FIRST[first] = true;
        }
    }

    private HealthSentence() {}

    /** Where the first one begins in {@code bytes[from, to)}; -1 if there is none. */
    public static int find(byte[] bytes, int from, int to) {
        int end = Math.min(to, from + LOOKED_AT);
        for (int at = from; at < end; at++) {
            if (FIRST[bytes[at] & 0xff] && isBoundary(bytes, from, at) && begins(bytes, at, end)) {
                return at;
            }
        }
        return -1;
    }

    /** Whether one begins at {@code at}. */
    public static boolean begins(byte[] bytes, int at, int to) {
        if (at >= to) {
            return false;
        }
        return switch (bytes[at]) {
            case 'S' -> startsWith(bytes, at, to, SERVER) && continues(bytes, at + SERVER.length, to, SWITCHES);
            case 'B' ->
                startsWith(bytes, at, to, BACKUP_SERVER) && continues(bytes, at + BACKUP_SERVER.length, to, SWITCHES);
            case 'H' -> startsWith(bytes, at, to, HEALTH_CHECK) && checked(bytes, at + HEALTH_CHECK.length, to);
            case 'A' -> startsWith(bytes, at, to, AGENT_CHECK) && checked(bytes, at + AGENT_CHECK.length, to);
            case 'b' -> startsWith(bytes, at, to, BACKEND) && empty(bytes, at + BACKEND.length, to);
            case 'p' -> startsWith(bytes, at, to, PROXY) && empty(bytes, at + PROXY.length, to);
            default -> false;
        };
    }

    private static boolean isBoundary(byte[] bytes, int from, int at) {
        if (at == from) {
            return true;
        }
        byte before = bytes[at - 1];
        // The n of an escaped line end, "…\nServer …", is not part of a word.
        return !isWord(before) || at - from > 1 && bytes[at - 2] == '\\';
    }

    private static boolean checked(byte[] bytes, int at, int to) {
        int server = startsWith(bytes, at, to, CHECKED)
                ? at + CHECKED.length
                : startsWith(bytes, at, to, CHECKED_BACKUP) ? at + CHECKED_BACKUP.length : -1;
        return server >= 0 && continues(bytes, server, to, CHECKS);
    }

    /** Whether {@code P/S} stands here, followed by one of {@code rests}. */
    private static boolean continues(byte[] bytes, int from, int to, byte[][] rests) {
        int slash = nameEnd(bytes, from, to);
        if (slash == from || slash >= to || bytes[slash] != '/') {
            return false;
        }
        int end = nameEnd(bytes, slash + 1, to);
        if (end == slash + 1) {
            return false;
        }
        for (byte[] rest : rests) {
            if (startsWith(bytes, end, to, rest)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code P has no server available!} stands here; the copy for stderr has P in quotes. */
    private static boolean empty(byte[] bytes, int from, int to) {
        boolean quoted = from < to && bytes[from] == '\'';
        int name = quoted ? from + 1 : from;
        int end = nameEnd(bytes, name, to);
        if (end == name || quoted && (end >= to || bytes[end] != '\'')) {
            return false;
        }
        return startsWith(bytes, quoted ? end + 1 : end, to, EMPTY);
    }

    private static int nameEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (isWord(bytes[at]) || bytes[at] == '.' || bytes[at] == ':' || bytes[at] == '-')) {
            at++;
        }
        return at;
    }

    private static boolean isWord(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_';
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
