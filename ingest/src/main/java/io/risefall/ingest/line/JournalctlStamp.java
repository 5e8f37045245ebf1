package io.risefall.ingest.line;

/**
 * Times as only {@code journalctl} writes them before its host: {@code Mon 2026-11-23 00:21:56 CET } with {@code -o
 * short-full}, {@code 1795393316.466547 } with {@code -o short-unix}.
 */
final class JournalctlStamp {
    /** From the weekday to the date. */
    static final int WEEKDAY_LENGTH = "Mon ".length();

    /** From the weekday to the zone. */
    static final int FULL_LENGTH = "Mon 2026-11-23 00:21:56 ".length();

    static final int UNIX_LENGTH = "1795393316.466547".length();

    private static final String FULL_FORM = "??? 0000-00-00 00:00:00 ???";
    private static final String UNIX_FORM = "0000000000.000000 ";

    private JournalctlStamp() {}

    static boolean isFull(byte[] bytes, int from, int to) {
        return hasForm(FULL_FORM, bytes, from, to);
    }

    static boolean isUnix(byte[] bytes, int from, int to) {
        return hasForm(UNIX_FORM, bytes, from, to);
    }

    static long second(byte[] bytes, int from) {
        return IsoStamp.digits(bytes, from, 5) * 100_000L + IsoStamp.digits(bytes, from + 5, 5);
    }

    static int nano(byte[] bytes, int from) {
        return IsoStamp.digits(bytes, from + UNIX_FORM.indexOf('.') + 1, 6) * 1000;
    }

    /** In a form {@code 0} is any digit and {@code ?} any byte but a space. */
    private static boolean hasForm(String form, byte[] bytes, int from, int to) {
        if (to - from < form.length()) {
            return false;
        }
        for (int i = 0; i < form.length(); i++) {
            byte b = bytes[from + i];
            boolean fits = switch (form.charAt(i)) {
                case '0' -> b >= '0' && b <= '9';
                case '?' -> b != ' ';
                default -> b == form.charAt(i);
            };
            if (!fits) {
                return false;
            }
        }
        return true;
    }
}
