package io.risefall.ingest.line.timestamp;

/**
 * Times as counts of seconds, as {@code journalctl} writes them before its host with {@code -o short-unix} and {@code -o
 * short-monotonic}, and OpenWrt's {@code logread -t} after another time.
 */
public final class JournalctlTimestamp {
    public static final int UNIX_LENGTH = "1795393316.466547".length();
    public static final int MILLIS_LENGTH = "1795393316.466".length();
    public static final int BRACKETS_LENGTH = "[1795393316.466] ".length();

    private static final String UNIX_FORM = "0000000000.000000 ";
    private static final String BRACKETS_FORM = "[0000000000.000] ";
    private static final int SECOND_DIGITS = 10;

    private JournalctlTimestamp() {}

    public static boolean isUnix(byte[] bytes, int from, int to) {
        return hasForm(UNIX_FORM, bytes, from, to);
    }

    public static boolean isUnixInBrackets(byte[] bytes, int from, int to) {
        return hasForm(BRACKETS_FORM, bytes, from, to);
    }

    public static long second(byte[] bytes, int from) {
        return IsoTimestamp.digits(bytes, from, 5) * 100_000L + IsoTimestamp.digits(bytes, from + 5, 5);
    }

    /** For a timestamp of {@code length} bytes. */
    public static int nano(byte[] bytes, int from, int length) {
        int digits = length - SECOND_DIGITS - 1;
        int nano = IsoTimestamp.digits(bytes, from + SECOND_DIGITS + 1, digits);
        for (int i = digits; i < 9; i++) {
            nano *= 10;
        }
        return nano;
    }

    /**
     * The position after {@code [13412.529515]}, {@code [    5.529515]} and, with {@code short-delta}, {@code [13412.529515 <    0.000012 >]};
     * -1 if there is none, or no space after it.
     */
    public static int monotonicEnd(byte[] bytes, int from, int to) {
        int close = from;
        boolean point = false;
        while (close < to && bytes[close] != ']') {
            byte b = bytes[close];
            point |= b == '.';
            boolean fits = b >= '0' && b <= '9' || b == '.' || b == ' ' || b == '<' || b == '>' || close == from;
            if (!fits) {
                return -1;
            }
            close++;
        }
        return point && close + 1 < to && bytes[close + 1] == ' ' ? close + 1 : -1;
    }

    /** In a form {@code 0} is any digit. */
    private static boolean hasForm(String form, byte[] bytes, int from, int to) {
        if (to - from < form.length()) {
            return false;
        }
        for (int i = 0; i < form.length(); i++) {
            byte b = bytes[from + i];
            boolean fits = form.charAt(i) == '0' ? b >= '0' && b <= '9' : b == form.charAt(i);
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
