package io.risefall.ingest.unknown;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * An unknown header of a line with a health sentence.
 *
 * @param shape what is the same for all such headers: {@code N} for every number, {@code a} for every word; of a header of
 *     which only the tag is not HAProxy's, the tag
 * @param example the line, printable and cut to what a person looks at
 * @param tag the tag, where only that is not HAProxy's; else null
 */
public record UnknownHeader(
        String shape, String example, @Nullable String tag) {
    /** A longer text is hardly a header; the limit also bounds input from outside. */
    private static final int LONGEST_HEADER = 120;

    private static final int LONGEST_TAG = 64;
    private static final int LONGEST_EXAMPLE = 200;

    /** Of the line {@code bytes[from, to)}, whose sentence begins at {@code sentence}. */
    public static UnknownHeader of(byte[] bytes, int from, int sentence, int to) {
        String header = text(bytes, from, Math.min(sentence, from + LONGEST_HEADER));
        return new UnknownHeader(shape(header), example(bytes, from, to), null);
    }

    /** Of the line {@code bytes[from, to)}, of which only {@code tag} is not HAProxy's. */
    public static UnknownHeader ofTag(String tag, byte[] bytes, int from, int to) {
        String shown = printable(tag, LONGEST_TAG);
        return new UnknownHeader(shown, example(bytes, from, to), shown);
    }

    private static String example(byte[] bytes, int from, int to) {
        return printable(text(bytes, from, Math.min(to, from + 4 * LONGEST_EXAMPLE)), LONGEST_EXAMPLE);
    }

    private static String text(byte[] bytes, int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private static String shape(String header) {
        StringBuilder shape = new StringBuilder();
        char last = 0;
        for (int at = 0; at < header.length(); at++) {
            char c = header.charAt(at);
            char kind = Character.isDigit(c) ? 'N' : Character.isLetter(c) || c > 0x7f ? 'a' : isShown(c) ? c : '?';
            boolean sameWord = kind == last && (kind == 'N' || kind == 'a' || kind == ' ' || kind == '?');
            if (!sameWord) {
                shape.append(kind);
            }
            last = kind;
        }
        return shape.toString();
    }

    /** The text without characters that a terminal would obey or not show. */
    private static String printable(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(longest).forEach(point -> shown.appendCodePoint(isShown(point) ? point : '?'));
        return text.codePointCount(0, text.length()) > longest ? shown + "…" : shown.toString();
    }

    private static boolean isShown(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            default -> true;
        };
    }
}
