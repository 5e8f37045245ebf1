package io.risefall.ingest.line.header;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites a journal entry in the form of {@code journalctl -o export} or {@code -o verbose}, on several lines, as {@code
 * -o json} prints it, so that only one class knows the fields. Source: systemd's "Journal Export Format" and {@code
 * output_verbose()} in {@code logs-show.c}.
 */
public final class JournalText {
    private static final Pattern LEFT_OUT = Pattern.compile("\\[[0-9.]+[KMGT]?B blob data\\]");
    private static final int INDENT = 4;

    /** After the name of a binary field and a newline: its length, and then its bytes. */
    public static final int LENGTH = 8;

    private final byte[] text;
    private final int end;
    private final ByteArrayOutputStream json = new ByteArrayOutputStream();

    private JournalText(byte[] text, int end) {
        this.text = text;
        this.end = end;
    }

    /** The entry in {@code text[from, to)} as JSON; null if there is none. */
    static byte @Nullable [] json(byte[] text, int from, int to) {
        int line = lineEnd(text, from, to);
        EntryFormat shape = line == to ? null : EntryFormat.begun(text, from, line);
        if (shape == null || shape == EntryFormat.PRETTY) {
            return null;
        }
        JournalText entry = new JournalText(text, to);
        entry.json.write('{');
        if (shape == EntryFormat.EXPORT) {
            entry.export(from);
        } else {
            entry.verbose(from, line);
        }
        entry.json.write('}');
        return entry.json.toByteArray();
    }

    private void export(int from) {
        int at = from;
        while (at < end) {
            int line = lineEnd(text, at, end);
            int name = EntryFormat.fieldEnd(text, at, line);
            if (name < 0) {
                at = line + 1;
            } else if (name < line) {
                field(at, name, name + 1, line);
                at = line + 1;
            } else {
                long length = line + 1 + LENGTH <= end ? length(text, line + 1) : -1;
                int value = line + 1 + LENGTH;
                boolean whole = length >= 0 && length <= end - value;
                name(at, name);
                bytes(Math.min(value, end), whole ? value + (int) length : end);
                at = whole ? value + (int) length + 1 : end;
            }
        }
    }

    /** The field length at {@code at}; negative for more than an array holds. */
    public static long length(byte[] text, int at) {
        long length =
                ByteBuffer.wrap(text, at, LENGTH).order(ByteOrder.LITTLE_ENDIAN).getLong();
        return length > Integer.MAX_VALUE ? -1 : length;
    }

    private void verbose(int from, int firstEnd) {
        place(EntryFormat.placeOf(text, from, firstEnd), firstEnd);
        int at = firstEnd + 1;
        while (at < end) {
            int line = lineEnd(text, at, end);
            int nameFrom = at + EntryFormat.indent(text, at, line);
            int name = nameFrom - at == INDENT ? EntryFormat.fieldEnd(text, nameFrom, line) : -1;
            if (name < 0 || name == line) {
                at = line + 1;
                continue;
            }
            // Further lines of a value are indented below its start.
            int value = name + 1;
            int valueEnd = line;
            int next = line + 1;
            while (next < end && EntryFormat.indent(text, next, lineEnd(text, next, end)) > INDENT) {
                valueEnd = lineEnd(text, next, end);
                next = valueEnd + 1;
            }
            field(nameFrom, name, value, valueEnd);
            at = next;
        }
    }

    /** {@code [s=…;i=…;b=…;m=…;t=644319a3f2a40;x=…]}: t counts microseconds since 1970. */
    private void place(int from, int to) {
        String place = string(from, to);
        int time = place.indexOf(";t=");
        int timeEnd = time < 0 ? -1 : Math.max(place.indexOf(';', time + 1), place.indexOf(']', time));
        timeEnd = time < 0 || place.indexOf(';', time + 1) < 0 ? timeEnd : place.indexOf(';', time + 1);
        if (time < 0 || timeEnd - time > 16) {
            return;
        }
        try {
            long micros = Long.parseLong(place.substring(time + 3, timeEnd), 16);
            write("\"__REALTIME_TIMESTAMP\":\"" + micros + "\"");
        } catch (NumberFormatException noTime) {
            // The entry has none, then.
        }
    }

    private void field(int nameFrom, int nameTo, int from, int to) {
        name(nameFrom, nameTo);
        if (LEFT_OUT.matcher(string(from, Math.min(to, from + 40))).matches()) {
            write("null");
            return;
        }
        text(from, to);
    }

    private void text(int from, int to) {
        json.write('"');
        for (int at = from; at < to; at++) {
            byte b = text[at];
            if (b == '"' || b == '\\') {
                json.write('\\');
                json.write(b);
            } else if (b >= 0 && b < ' ') {
                write(String.format("\\u%04x", (int) b));
            } else {
                json.write(b);
            }
        }
        json.write('"');
    }

    private void name(int from, int to) {
        if (json.size() > 1) {
            json.write(',');
        }
        write("\"" + string(from, to) + "\":");
    }

    /** As text if it is one, like {@code -o json}. */
    private void bytes(int from, int to) {
        if (isText(from, to)) {
            text(from, to);
            return;
        }
        StringBuilder numbers = new StringBuilder("[");
        for (int at = from; at < to && at < end; at++) {
            numbers.append(at == from ? "" : ",").append(text[at] & 0xFF);
        }
        write(numbers.append(']').toString());
    }

    private boolean isText(int from, int to) {
        for (int at = from; at < to; at++) {
            if (text[at] >= 0 && text[at] < ' ' && text[at] != '\n' && text[at] != '\t') {
                return false;
            }
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text, from, to - from));
            return true;
        } catch (CharacterCodingException noText) {
            return false;
        }
    }

    private void write(String ascii) {
        json.writeBytes(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    private String string(int from, int to) {
        return new String(text, from, Math.max(0, to - from), StandardCharsets.ISO_8859_1);
    }

    private static int lineEnd(byte[] text, int from, int to) {
        int at = from;
        while (at < to && text[at] != '\n') {
            at++;
        }
        return at;
    }
}
