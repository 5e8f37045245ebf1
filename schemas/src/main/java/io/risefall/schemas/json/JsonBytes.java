package io.risefall.schemas.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** JSON as it is written, in a buffer that is used again: the same bytes that Jackson writes. Not thread-safe. */
public final class JsonBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    /** A character becomes {@code \u001F} at most. */
    private static final int LONGEST_ESCAPE = 6;

    /** Of such a string it is not worth while to look at eight characters at a time. */
    private static final int SHORT = 16;

    private static final int LONGEST_NUMBER = 20;
    private static final int LONGEST_INSTANT = "2026-11-23T00:21:56.466547123Z".length();
    private static final int DAY_SECONDS = 86_400;

    static final Literal TRUE = new Literal("true");
    static final Literal FALSE = new Literal("false");

    private byte[] buffer = new byte[2048];
    private int length;
    private long lastDay;
    private LocalDate date = LocalDate.EPOCH;

    public void clear() {
        length = 0;
    }

    public byte[] bytes() {
        return Arrays.copyOf(buffer, length);
    }

    public byte[] since(int from) {
        return Arrays.copyOfRange(buffer, from, length);
    }

    public int length() {
        return length;
    }

    /** ASCII that is written often, with room behind it, so that eight bytes can be copied at a time. */
    public static final class Literal {
        final byte[] padded;
        final int length;

        public Literal(String text) {
            length = text.length();
            padded = Arrays.copyOf(
                    text.getBytes(StandardCharsets.US_ASCII), (length + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
        }
    }

    public JsonBytes literal(Literal text) {
        byte[] from = text.padded;
        room(from.length);
        byte[] to = buffer;
        int at = length;
        for (int i = 0; i < from.length; i += Long.BYTES) {
            LONGS.set(to, at + i, (long) LONGS.get(from, i));
        }
        length = at + text.length;
        return this;
    }

    /** JSON that is written already. */
    public JsonBytes raw(byte[] json) {
        room(json.length);
        System.arraycopy(json, 0, buffer, length, json.length);
        length += json.length;
        return this;
    }

    public JsonBytes string(String text) {
        return quote().characters(text).quote();
    }

    public JsonBytes bool(boolean value) {
        return literal(value ? TRUE : FALSE);
    }

    public JsonBytes number(long value) {
        room(LONGEST_NUMBER);
        if (value < 0 || value > Integer.MAX_VALUE) {
            return ascii(Long.toString(value));
        }
        int small = (int) value;
        int digits = 1;
        for (int rest = small; rest >= 10; rest /= 10) {
            digits++;
        }
        digits(small, digits);
        return this;
    }

    /** A field that is left out where its value is null; so are those of the other types. */
    public JsonBytes string(Literal field, @Nullable String value) {
        return value == null ? this : literal(field).string(value);
    }

    public JsonBytes number(Literal field, @Nullable Number value) {
        return value == null ? this : literal(field).number(value.longValue());
    }

    public JsonBytes bool(Literal field, @Nullable Boolean value) {
        return value == null ? this : literal(field).bool(value);
    }

    public JsonBytes instant(Literal field, @Nullable Instant value) {
        return value == null ? this : literal(field).instant(value);
    }

    /** As {@link Instant#toString} writes it. */
    public JsonBytes instant(Instant at) {
        long day = Math.floorDiv(at.getEpochSecond(), (long) DAY_SECONDS);
        int second = Math.floorMod(at.getEpochSecond(), DAY_SECONDS);
        if (day != lastDay) {
            date = LocalDate.ofEpochDay(day);
            lastDay = day;
        }
        if (date.getYear() < 0 || date.getYear() > 9999) {
            return string(at.toString());
        }
        room(LONGEST_INSTANT + 2);
        quote();
        digits(date.getYear(), 4);
        digits('-', date.getMonthValue());
        digits('-', date.getDayOfMonth());
        digits('T', second / 3600);
        digits(':', second / 60 % 60);
        digits(':', second % 60);
        int nano = at.getNano();
        if (nano != 0) {
            buffer[length++] = '.';
            if (nano % 1_000_000 == 0) {
                digits(nano / 1_000_000, 3);
            } else if (nano % 1000 == 0) {
                digits(nano / 1000, 6);
            } else {
                digits(nano, 9);
            }
        }
        buffer[length++] = 'Z';
        return quote();
    }

    public JsonBytes quote() {
        room(1);
        buffer[length++] = '"';
        return this;
    }

    /** A part of a string; it comes from bytes, and so half a surrogate pair is not in it. */
    public JsonBytes characters(String text) {
        int count = text.length();
        room(count * LONGEST_ESCAPE);
        int end = count < SHORT ? plain(text, buffer, length) : -1;
        if (end < 0) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            end = utf8.length == count ? ascii(utf8, buffer, length) : others(text, buffer, length);
        }
        length = end;
        return this;
    }

    /** Each of these writes into {@code to} from {@code at} on and returns where it ended; this one -1 if it cannot. */
    private static int plain(String text, byte[] to, int at) {
        int count = text.length();
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || c > '~') {
                return -1;
            }
            to[at + i] = (byte) c;
        }
        return at + count;
    }

    private static int ascii(byte[] text, byte[] to, int at) {
        int end = at;
        int done = 0;
        for (; text.length - done >= Long.BYTES; done += Long.BYTES) {
            long eight = (long) LONGS.get(text, done);
            if (isPlain(eight)) {
                LONGS.set(to, end, eight);
                end += Long.BYTES;
            } else {
                for (int i = done; i < done + Long.BYTES; i++) {
                    end = escaped(text[i], to, end);
                }
            }
        }
        for (; done < text.length; done++) {
            end = escaped(text[done], to, end);
        }
        return end;
    }

    /** Whether none of eight bytes is a control character, a quote or a backslash. */
    private static boolean isPlain(long eight) {
        long quotes = eight ^ ONES * '"';
        long backslashes = eight ^ ONES * '\\';
        long found = (eight - ONES * ' ') & ~eight | (quotes - ONES) & ~quotes | (backslashes - ONES) & ~backslashes;
        return (found & HIGH_BITS) == 0;
    }

    private static int others(String text, byte[] to, int at) {
        int end = at;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                end = escaped((byte) c, to, end);
            } else if (c < 0x800) {
                to[end++] = (byte) (0xc0 | c >> 6);
                to[end++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isSurrogate(c)) {
                end = unicode(c, to, end);
            } else {
                to[end++] = (byte) (0xe0 | c >> 12);
                to[end++] = (byte) (0x80 | c >> 6 & 0x3f);
                to[end++] = (byte) (0x80 | c & 0x3f);
            }
        }
        return end;
    }

    private static int escaped(byte b, byte[] to, int at) {
        if (b >= ' ' && b != '"' && b != '\\') {
            to[at] = b;
            return at + 1;
        }
        char letter = switch (b) {
            case '"', '\\' -> (char) b;
            case '\b' -> 'b';
            case '\t' -> 't';
            case '\n' -> 'n';
            case '\f' -> 'f';
            case '\r' -> 'r';
            default -> 'u';
        };
        if (letter == 'u') {
            return unicode((char) b, to, at);
        }
        to[at] = '\\';
        to[at + 1] = (byte) letter;
        return at + 2;
    }

    private static int unicode(char c, byte[] to, int at) {
        to[at] = '\\';
        to[at + 1] = 'u';
        for (int digit = 0; digit < 4; digit++) {
            to[at + 2 + digit] = HEX[c >> 12 - 4 * digit & 15];
        }
        return at + LONGEST_ESCAPE;
    }

    private JsonBytes ascii(String text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            buffer[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    private void digits(char before, int two) {
        buffer[length++] = (byte) before;
        digits(two, 2);
    }

    private void digits(int value, int count) {
        int rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            buffer[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    private void room(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(2 * buffer.length, length + more));
        }
    }
}
