package io.risefall.ingest.network.ring;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code 12 events dropped}: what a ring says when it has overrun ({@code sink_announce_dropped} in {@code sink.c}). */
final class DroppedEvents {
    /** The whole message behind the header of any format: what a client or a server wrote is never all of a message. */
    private static final Pattern LINE = Pattern.compile("(?:<\\d{1,3}>)?"
            + "(?:1 \\S+ \\S+ \\S+ \\S+ \\S+ - |\\w{3} [ \\d]\\d [\\d:]{8} (?:\\S+ )?[^\\s:]+: |\\d{4}-\\d\\d-\\d\\dT\\S+ )?"
            + "(\\d{1,9}) events? dropped");

    private static final int LONGEST = 400;
    private static final byte LAST = 'd';

    private DroppedEvents() {}

    /** How many; 0: it is another line. */
    static long in(byte[] line, int from, int to) {
        if (to - from > LONGEST || to == from || line[to - 1] != LAST) {
            return 0;
        }
        Matcher matcher = LINE.matcher(new String(line, from, to - from, StandardCharsets.ISO_8859_1));
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
