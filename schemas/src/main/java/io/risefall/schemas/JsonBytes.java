package io.risefall.schemas;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;

/** JSON as it is written, in a buffer that is used again: the same bytes that Jackson writes. Not thread-safe. */
final class JsonBytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    /** A byte becomes {@code \u001F} at most. */
    private static final int LONGEST_ESCAPE = 6;

    private static final int LONGEST_NUMBER = 20;
    private static final int LONGEST_INSTANT = "2026-11-23T00:21:56.466547123Z".length();
    private static final int DAY_SECONDS = 86_400;

    private byte[] buffer = new byte[2048];
    private int length;

    void clear() {
        length = 0;
    }

    byte[] bytes() {
        return Arrays.copyOf(buffer, length);
    }

    byte[] since(int from) {
        return Arrays.copyOfRange(buffer, from, length);
    }

    int length() {
        return length;
    }

    /** What was written from {@code from} to {@code to}, again. */
    JsonBytes again(int from, int to) {
        room(to - from);
        System.arraycopy(buffer, from, buffer, length, to - from);
        length += to - from;
        return this;
    }

    /** JSON that is written already. */
    JsonBytes raw(byte[] json) {
        room(json.length);
        System.arraycopy(json, 0, buffer, length, json.length);
        length += json.length;
        return this;
    }

    JsonBytes string(String text) {
        return quote().characters(text).quote();
    }

    JsonBytes bool(boolean value) {
        return ascii(value ? "true" : "false");
    }

    JsonBytes number(long value) {
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

    /** As {@link Instant#toString} writes it. */
    JsonBytes instant(Instant at) {
        long day = Math.floorDiv(at.getEpochSecond(), (long) DAY_SECONDS);
        int second = Math.floorMod(at.getEpochSecond(), DAY_SECONDS);
        LocalDate date = LocalDate.ofEpochDay(day);
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

    JsonBytes quote() {
        room(1);
        buffer[length++] = '"';
        return this;
    }

    /** A part of a string; it comes from bytes, and so half a surrogate pair is not in it. */
    JsonBytes characters(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(utf8.length * LONGEST_ESCAPE);
        if (utf8.length != text.length()) {
            return otherCharacters(text);
        }
        int at = 0;
        for (; utf8.length - at >= Long.BYTES; at += Long.BYTES) {
            long eight = (long) LONGS.get(utf8, at);
            if (isPlain(eight)) {
                LONGS.set(buffer, length, eight);
                length += Long.BYTES;
            } else {
                for (int i = at; i < at + Long.BYTES; i++) {
                    escaped(utf8[i]);
                }
            }
        }
        for (; at < utf8.length; at++) {
            escaped(utf8[at]);
        }
        return this;
    }

    /** Whether none of eight bytes is a control character, a quote or a backslash. */
    private static boolean isPlain(long eight) {
        long quotes = eight ^ ONES * '"';
        long backslashes = eight ^ ONES * '\\';
        long found = (eight - ONES * ' ') & ~eight | (quotes - ONES) & ~quotes | (backslashes - ONES) & ~backslashes;
        return (found & HIGH_BITS) == 0;
    }

    /** Those that are not all ASCII. */
    private JsonBytes otherCharacters(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                escaped((byte) c);
            } else if (c < 0x800) {
                buffer[length++] = (byte) (0xc0 | c >> 6);
                buffer[length++] = (byte) (0x80 | c & 0x3f);
            } else if (Character.isSurrogate(c)) {
                unicode(c);
            } else {
                buffer[length++] = (byte) (0xe0 | c >> 12);
                buffer[length++] = (byte) (0x80 | c >> 6 & 0x3f);
                buffer[length++] = (byte) (0x80 | c & 0x3f);
            }
        }
        return this;
    }

    private void unicode(char c) {
        escape('u');
        for (int shift = 12; shift >= 0; shift -= 4) {
            buffer[length++] = HEX[c >> shift & 15];
        }
    }

    private void escaped(byte b) {
        switch (b) {
            case '"' -> escape('"');
            case '\\' -> escape('\\');
            case '\b' -> escape('b');
            case '\t' -> escape('t');
            case '\n' -> escape('n');
            case '\f' -> escape('f');
            case '\r' -> escape('r');
            default -> {
                if (b < ' ') {
                    unicode((char) b);
                } else {
                    buffer[length++] = b;
                }
            }
        }
    }

    private void escape(char with) {
        buffer[length++] = '\\';
        buffer[length++] = (byte) with;
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
