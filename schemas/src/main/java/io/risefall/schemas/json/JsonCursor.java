package io.risefall.schemas.json;

import io.risefall.schemas.json.JsonBytes.Literal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON in the order in which {@link JsonBytes} has written it, without looking at it twice. Where something else
 * stands it throws {@link OtherJsonException}, and the caller reads the value with a parser that takes all JSON.
 */
public final class JsonCursor {
    private static final int LONGEST_NUMBER = 18;
    private static final int DATE_AND_TIME = "2026-11-23T00:21:56".length();
    private static final int NANO_DIGITS = 9;
    private static final int SECONDS_OF_DAY = 86_400;

    private final byte[] json;
    private int at;

    public JsonCursor(byte[] json) {
        this.json = json;
    }

    /** Not what {@link JsonBytes} writes, or not in its order. */
    public static final class OtherJsonException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private OtherJsonException() {
            // It says only that the other parser is to be asked; who catches it shows it to nobody.
            super("not in the order in which it is written", null, false, false);
        }
    }

    /** Goes over {@code text} if it is what follows. */
    public boolean skip(Literal text) {
        int end = at + text.length;
        if (end > json.length || !Arrays.equals(json, at, end, text.padded, 0, text.length)) {
            return false;
        }
        at = end;
        return true;
    }

    public void expect(Literal text) {
        if (!skip(text)) {
            throw new OtherJsonException();
        }
    }

    public void end() {
        if (at != json.length) {
            throw new OtherJsonException();
        }
    }

    public String string() {
        int from = opened();
        int end = from;
        // Negative is a byte of a longer character.
        while (end < json.length && json[end] >= ' ' && json[end] != '"' && json[end] != '\\') {
            end++;
        }
        if (end < json.length && json[end] == '"') {
            at = end + 1;
            return new String(json, from, end - from, StandardCharsets.ISO_8859_1);
        }
        return decoded(from, end);
    }

    /** A string with longer or escaped characters. */
    private String decoded(int from, int firstSpecial) {
        int end = firstSpecial;
        boolean escaped = false;
        while (end < json.length && json[end] != '"' && (json[end] & 0xff) >= ' ') {
            if (json[end] == '\\') {
                escaped = true;
                end++;
            }
            end++;
        }
        if (end >= json.length || json[end] != '"') {
            throw new OtherJsonException();
        }
        at = end + 1;
        String raw = new String(json, from, end - from, StandardCharsets.UTF_8);
        return escaped ? unescaped(raw) : raw;
    }

    private static String unescaped(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char letter = raw.charAt(++i);
            switch (letter) {
                case '"', '\\', '/' -> text.append(letter);
                case 'b' -> text.append('\b');
                case 't' -> text.append('\t');
                case 'n' -> text.append('\n');
                case 'f' -> text.append('\f');
                case 'r' -> text.append('\r');
                case 'u' -> {
                    text.append(unicode(raw, i + 1));
                    i += 4;
                }
                default -> throw new OtherJsonException();
            }
        }
        return text.toString();
    }

    private static char unicode(String raw, int from) {
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = i < raw.length() ? Character.digit(raw.charAt(i), 16) : -1;
            if (digit < 0) {
                throw new OtherJsonException();
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    public long number() {
        boolean negative = at < json.length && json[at] == '-';
        if (negative) {
            at++;
        }
        int digits = at;
        long value = 0;
        while (at < json.length && isDigit(json[at])) {
            value = value * 10 + json[at++] - '0';
        }
        boolean padded = at - digits > 1 && json[digits] == '0';
        if (at == digits || at - digits > LONGEST_NUMBER || padded) {
            throw new OtherJsonException();
        }
        return negative ? -value : value;
    }

    public int smallNumber() {
        long value = number();
        if (value != (int) value) {
            throw new OtherJsonException();
        }
        return (int) value;
    }

    public boolean bool() {
        if (skip(JsonBytes.TRUE)) {
            return true;
        }
        expect(JsonBytes.FALSE);
        return false;
    }

    /** The constant of this name. */
    public <E extends Enum<E>> E word(Class<E> type) {
        try {
            return Enum.valueOf(type, string());
        } catch (IllegalArgumentException e) {
            throw new OtherJsonException();
        }
    }

    /** What the word stands for. */
    public <E> E word(Map<String, E> words) {
        E named = words.get(string());
        if (named == null) {
            throw new OtherJsonException();
        }
        return named;
    }

    /** Null if this field does not follow; so are those of the other types. */
    public @Nullable String string(Literal field) {
        return skip(field) ? string() : null;
    }

    public <E extends Enum<E>> @Nullable E word(Literal field, Class<E> type) {
        return skip(field) ? word(type) : null;
    }

    public @Nullable Long number(Literal field) {
        return skip(field) ? (Long) number() : null;
    }

    public @Nullable Integer smallNumber(Literal field) {
        return skip(field) ? (Integer) smallNumber() : null;
    }

    public @Nullable Boolean bool(Literal field) {
        return skip(field) ? (Boolean) bool() : null;
    }

    public @Nullable Instant instant(Literal field) {
        return skip(field) ? instant() : null;
    }

    /** As {@link Instant#toString} writes it; null if the text is anything else. */
    static @Nullable Instant instant(char[] text, int from, int length) {
        byte[] quoted = new byte[length + 2];
        quoted[0] = '"';
        quoted[length + 1] = '"';
        for (int i = 0; i < length; i++) {
            char c = text[from + i];
            quoted[i + 1] = c < 0x80 ? (byte) c : 0;
        }
        try {
            JsonCursor cursor = new JsonCursor(quoted);
            Instant instant = cursor.instant();
            cursor.end();
            return instant;
        } catch (OtherJsonException e) {
            return null;
        }
    }

    public Instant instant() {
        int from = opened();
        if (from + DATE_AND_TIME >= json.length) {
            throw new OtherJsonException();
        }
        int second = digits(from + 11, 2) * 3600 + digits(from + 14, 2) * 60 + digits(from + 17, 2);
        separators(from);
        at = from + DATE_AND_TIME;
        int nano = json[at] == '.' ? fraction() : 0;
        if (at + 1 >= json.length || json[at] != 'Z' || json[at + 1] != '"' || second >= SECONDS_OF_DAY) {
            throw new OtherJsonException();
        }
        at += 2;
        try {
            LocalDate date = LocalDate.of(digits(from, 4), digits(from + 5, 2), digits(from + 8, 2));
            return Instant.ofEpochSecond(date.toEpochDay() * SECONDS_OF_DAY + second, nano);
        } catch (DateTimeException e) {
            throw new OtherJsonException();
        }
    }

    private void separators(int from) {
        if (json[from + 4] != '-'
                || json[from + 7] != '-'
                || json[from + 10] != 'T'
                || json[from + 13] != ':'
                || json[from + 16] != ':'
                || digits(from + 14, 2) > 59
                || digits(from + 17, 2) > 59) {
            throw new OtherJsonException();
        }
    }

    private int fraction() {
        int from = ++at;
        int nano = 0;
        while (at < json.length && isDigit(json[at]) && at - from < NANO_DIGITS) {
            nano = nano * 10 + json[at++] - '0';
        }
        for (int digit = at - from; digit < NANO_DIGITS; digit++) {
            nano *= 10;
        }
        return nano;
    }

    private int digits(int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            if (!isDigit(json[i])) {
                throw new OtherJsonException();
            }
            value = value * 10 + json[i] - '0';
        }
        return value;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private int opened() {
        if (at >= json.length || json[at] != '"') {
            throw new OtherJsonException();
        }
        return at + 1;
    }
}
