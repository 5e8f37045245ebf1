package io.risefall.ingest.line.header;

import io.risefall.ingest.message.HealthPrefixes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Formats of entries that span several lines: how they begin, continue and end, by the first bytes of each line. */
public enum EntryFormat {
    /** {@code journalctl -o export}: fields, and an empty line after them; a field can be binary. */
    EXPORT {
        @Override
        public boolean continues(byte[] line, int from, int to, int indent) {
            return fieldEnd(line, from, to) > 0 && !HealthPrefixes.startsWith(line, from, to, CURSOR);
        }

        @Override
        public boolean isLast(byte[] line, int from, int to, int indent) {
            return from == to;
        }
    },
    /** {@code journalctl -o verbose}: a time with the entry's cursor, and indented fields. */
    VERBOSE {
        @Override
        public boolean continues(byte[] line, int from, int to, int indent) {
            return from < to && isBlank(line[from]);
        }

        @Override
        public boolean isLast(byte[] line, int from, int to, int indent) {
            return false;
        }
    },
    /** An object of JSON over several lines, as with {@code journalctl -o json-pretty}. */
    PRETTY {
        @Override
        public boolean continues(byte[] line, int from, int to, int indent) {
            return to - from > indent && isBlank(line[from + indent]);
        }

        @Override
        public boolean isLast(byte[] line, int from, int to, int indent) {
            int end = from + indent + 1;
            return to >= end && line[end - 1] == '}' && (to == end || to == end + 1 && line[end] == ',');
        }
    };

    private static final byte[] CURSOR = ascii("__CURSOR=");
    private static final byte[] REALTIME = ascii("__REALTIME_TIMESTAMP=");
    private static final byte[] PLACE = ascii(" [s=");
    private static final int LONGEST_NAME = 64;

    /** The shape of the entry whose first line is {@code line[from, to)}; null if none begins so. */
    public static @Nullable EntryFormat begun(byte[] line, int from, int to) {
        if (from == to) {
            return null;
        }
        if (line[from] == '_') {
            boolean export = HealthPrefixes.startsWith(line, from, to, CURSOR)
                    || HealthPrefixes.startsWith(line, from, to, REALTIME);
            return export ? EXPORT : null;
        }
        if (line[to - 1] == '{' && indent(line, from, to) == to - from - 1) {
            return PRETTY;
        }
        return line[to - 1] == ']' && !isBlank(line[from]) && placeOf(line, from, to) > 0 ? VERBOSE : null;
    }

    /** Whether a line is a further one of the entry, and not its last. */
    public abstract boolean continues(byte[] line, int from, int to, int indent);

    /** Whether a line is the entry's last one. */
    public abstract boolean isLast(byte[] line, int from, int to, int indent);

    /** How many blanks a line begins with. */
    public static int indent(byte[] line, int from, int to) {
        int at = from;
        while (at < to && isBlank(line[at])) {
            at++;
        }
        return at - from;
    }

    /** Where {@code [s=…;…;t=…;…]} begins in the first line of a verbose entry; -1 if it is not there. */
    static int placeOf(byte[] line, int from, int to) {
        for (int at = from; at < to - PLACE.length; at++) {
            if (HealthPrefixes.startsWith(line, at, to, PLACE)) {
                return at;
            }
        }
        return -1;
    }

    /** Where the name of a field ends that the line begins with, at {@code =} or at the line's end; -1 if none stands there. */
    static int fieldEnd(byte[] line, int from, int to) {
        int at = from;
        while (at < to && at - from <= LONGEST_NAME && isName(line[at])) {
            at++;
        }
        return at > from && (at == to || line[at] == '=') ? at : -1;
    }

    private static boolean isName(byte b) {
        return b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '_';
    }

    static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
