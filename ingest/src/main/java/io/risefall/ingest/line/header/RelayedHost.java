package io.risefall.ingest.line.header;

/**
 * {@code lb1,10.0.0.5}: a host name to which a relay has appended the address that sent it the line, as HAProxy 3.2
 * does in a {@code log-forward} section with {@code option host append}; several relays append several addresses. The
 * host is the one that the line had without the relay.
 */
final class RelayedHost {
    private RelayedHost() {}

    /** The end of the name in {@code bytes[from, to)}; {@code to} where nothing was appended. */
    static int nameEnd(byte[] bytes, int from, int to) {
        int comma = comma(bytes, from, to);
        for (int at = comma; at < to; ) {
            int end = comma(bytes, at + 1, to);
            if (!isAddress(bytes, at + 1, end)) {
                return to;
            }
            at = end;
        }
        return comma == from ? to : comma;
    }

    /** The end of the address that begins at {@code from}, after a comma. */
    static int addressEnd(byte[] bytes, int from, int to) {
        return comma(bytes, from, to);
    }

    private static int comma(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && bytes[at] != ',') {
            at++;
        }
        return at;
    }

    /** {@code 10.0.0.5}, {@code 2001:db8::5}, {@code fe80::5%eth0}: what no name of a host looks like. */
    private static boolean isAddress(byte[] bytes, int from, int to) {
        int digits = 0;
        int letters = 0;
        int dots = 0;
        int colons = 0;
        int end = from;
        while (end < to && bytes[end] != '%') {
            byte b = bytes[end++];
            digits += b >= '0' && b <= '9' ? 1 : 0;
            letters += b >= 'a' && b <= 'f' || b >= 'A' && b <= 'F' ? 1 : 0;
            dots += b == '.' ? 1 : 0;
            colons += b == ':' ? 1 : 0;
        }
        boolean nothingElse = digits + letters + dots + colons == end - from;
        return nothingElse && (colons >= 2 || colons == 0 && letters == 0 && dots == 3 && digits >= 4);
    }
}
