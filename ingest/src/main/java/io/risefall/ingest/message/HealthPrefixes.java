package io.risefall.ingest.message;

import java.nio.charset.StandardCharsets;

/**
 * The cheapest test that is safe: whether a message can be a health line, by its first bytes. What it refuses is
 * {@link HealthLineParser.NotHealth}, without exception; what it lets through may still be.
 */
public final class HealthPrefixes {
    private static final byte[] SERVER = ascii("Server ");
    private static final byte[] BACKUP_SERVER = ascii("Backup Server ");
    private static final byte[] HEALTH_CHECK = ascii("Health check for ");
    private static final byte[] AGENT_CHECK = ascii("Agent check for ");
    private static final byte[] SIGHUP = ascii("SIGHUP");
    private static final byte[] STOPPING = ascii("Stopping ");
    private static final byte[] PROXY = ascii("Proxy ");
    private static final byte[] STARTED = ascii(" started");
    private static final byte[] STOPPED = ascii(" stopped");
    private static final byte[] HARD_STOPPED = ascii(" hard-stopped");
    private static final byte[] PAUSING = ascii("Pausing ");
    private static final byte[] PAUSED = ascii("Paused ");
    private static final byte[] ENABLING = ascii("Enabling ");
    private static final byte[] RESUMED = ascii("Resumed ");
    private static final byte[] LOAD_BALANCING = ascii("Load-balancing on ");
    private static final byte[] CONNECT = ascii("Connect() failed for backend ");
    private static final byte[] CANNOT_BIND = ascii("Cannot bind to ");
    private static final byte[] EMPTY_BACKEND = ascii("backend ");
    private static final byte[] EMPTY_PROXY = ascii("proxy ");
    private static final byte[] HAS_NO = ascii(" has no ");
    private static final byte[] LUA = ascii(LuaLine.BEGIN);
    private static final byte[] CHANGED = ascii(" changed its ");
    private static final byte[] COLON_ADDRESS = ascii(" IP changed from ");
    private static final byte[] COLON_PORT = ascii(" port changed from ");

    private HealthPrefixes() {}

    public static boolean possible(byte[] bytes, int from, int to) {
        if (from >= to) {
            return false;
        }
        boolean beginning = switch (bytes[from]) {
            case 'A' -> startsWith(bytes, from, to, AGENT_CHECK);
            case 'B' ->
                startsWith(bytes, from, to, BACKUP_SERVER)
                        && slashedWordEnd(bytes, from + BACKUP_SERVER.length, to) >= 0;
            case 'C' -> startsWith(bytes, from, to, CONNECT) || startsWith(bytes, from, to, CANNOT_BIND);
            case 'E' -> startsWith(bytes, from, to, ENABLING);
            case 'H' -> startsWith(bytes, from, to, HEALTH_CHECK);
            case 'L' -> startsWith(bytes, from, to, LOAD_BALANCING);
            case 'P' ->
                startsWith(bytes, from, to, PROXY) && lifePossible(bytes, wordEnd(bytes, from + PROXY.length, to), to)
                        || startsWith(bytes, from, to, PAUSING)
                        || startsWith(bytes, from, to, PAUSED);
            case 'R' -> startsWith(bytes, from, to, RESUMED);
            case 'S' ->
                startsWith(bytes, from, to, SERVER) && slashedWordEnd(bytes, from + SERVER.length, to) >= 0
                        || startsWith(bytes, from, to, SIGHUP)
                        || startsWith(bytes, from, to, STOPPING);
            case 'b' ->
                startsWith(bytes, from, to, EMPTY_BACKEND)
                        && startsWith(bytes, wordEnd(bytes, from + EMPTY_BACKEND.length, to), to, HAS_NO);
            case 'p' ->
                startsWith(bytes, from, to, EMPTY_PROXY)
                        && startsWith(bytes, wordEnd(bytes, from + EMPTY_PROXY.length, to), to, HAS_NO);
            case 'r' -> startsWith(bytes, from, to, LUA);
            default -> false;
        };
        return beginning || addressPossible(bytes, from, to);
    }

    /** Whether a message that begins with this byte can be a health line, address lines apart: they begin with any. */
    public static boolean isFirst(byte first) {
        return switch (first) {
            case 'A', 'B', 'C', 'E', 'H', 'L', 'P', 'R', 'S', 'b', 'p', 'r' -> true;
            default -> false;
        };
    }

    /** A proxy can have any name, so only the first word's slash and what follows tells these lines from traffic. */
    private static boolean addressPossible(byte[] bytes, int from, int to) {
        int end = slashedWordEnd(bytes, from, to);
        return end >= 0 && addressGoesOn(bytes, end, to);
    }

    /** Whether an address line can go on so behind its first word. */
    public static boolean addressGoesOn(byte[] bytes, int wordEnd, int to) {
        if (to - wordEnd < 2) {
            return false;
        }
        return switch (bytes[wordEnd + 1]) {
            case 'c' -> startsWith(bytes, wordEnd, to, CHANGED);
            case 'I' -> startsWith(bytes, wordEnd, to, COLON_ADDRESS);
            case 'p' -> startsWith(bytes, wordEnd, to, COLON_PORT);
            default -> false;
        };
    }

    private static boolean lifePossible(byte[] bytes, int from, int to) {
        return startsWith(bytes, from, to, STARTED)
                || startsWith(bytes, from, to, STOPPED)
                || startsWith(bytes, from, to, HARD_STOPPED);
    }

    public static boolean startsWith(byte[] bytes, int from, int to, byte[] beginning) {
        if (to - from < beginning.length) {
            return false;
        }
        for (int i = 0; i < beginning.length; i++) {
            if (bytes[from + i] != beginning[i]) {
                return false;
            }
        }
        return true;
    }

    private static int wordEnd(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ' ') {
            at++;
        }
        return at;
    }

    /** Where the word that begins here ends; -1 if it has no slash. */
    private static int slashedWordEnd(byte[] bytes, int from, int to) {
        boolean slash = false;
        int at = from;
        while (at < to && bytes[at] != ' ') {
            slash |= bytes[at] == '/';
            at++;
        }
        return slash ? at : -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
