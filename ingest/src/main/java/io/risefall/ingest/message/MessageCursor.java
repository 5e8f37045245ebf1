package io.risefall.ingest.message;

import io.risefall.schemas.key.ServerName;
import org.jspecify.annotations.Nullable;

/**
 * A position in a message that moves over what it recognizes. For everything it looks for, it tells whether that is
 * there, whether the text ends before this is certain, or whether something else is there. Used by one thread, for one
 * message.
 */
final class MessageCursor {
    /** What is at the cursor. */
    enum Match {
        /** What was looked for; the cursor is after it. */
        YES,
        /** A beginning of it, possibly empty, and then the text ends. */
        CUT,
        /** Something else; the cursor has not moved. */
        NO
    }

    /** Longer numbers could overflow a long; HAProxy prints none. */
    private static final int MAX_DIGITS = 18;

    private static final boolean[] NAME_CHARACTERS = new boolean[128];

    static {
        for (char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:".toCharArray()) {
            NAME_CHARACTERS[c] = true;
        }
    }

    private final String text;
    private int at;
    private long number;

    MessageCursor(String text) {
        this.text = text;
    }

    int at() {
        return at;
    }

    void back(int to) {
        at = to;
    }

    boolean ended() {
        return at == text.length();
    }

    /** The text between the cursor and the end. */
    String rest() {
        return text.substring(at);
    }

    String since(int from) {
        return text.substring(from, at);
    }

    /** The text passed since {@code from}, without its last {@code fewer} characters. */
    String since(int from, int fewer) {
        return text.substring(from, at - fewer);
    }

    /** Steps after the next {@code c}, if there is one. */
    boolean skipPast(char c) {
        int index = text.indexOf(c, at);
        if (index < 0) {
            return false;
        }
        at = index + 1;
        return true;
    }

    char next() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    /** Whether {@code literal} is here. */
    boolean stands(String literal) {
        return text.startsWith(literal, at);
    }

    /** Whether the word here, up to the next space or the end, holds a slash. */
    boolean atSlashedWord() {
        int slash = text.indexOf('/', at);
        int space = text.indexOf(' ', at);
        return slash >= 0 && (space < 0 || slash < space);
    }

    /** Steps over {@code literal} if all of it stands here. */
    boolean skip(String literal) {
        if (text.startsWith(literal, at)) {
            at += literal.length();
            return true;
        }
        return false;
    }

    Match literal(String literal) {
        if (skip(literal)) {
            return Match.YES;
        }
        int left = text.length() - at;
        return left < literal.length() && text.regionMatches(at, literal, 0, left) ? Match.CUT : Match.NO;
    }

    /** Whichever of these stands here; none may be a beginning of another. */
    Match anyOf(String... literals) {
        Match best = Match.NO;
        for (String literal : literals) {
            Match match = literal(literal);
            if (match == Match.YES) {
                return match;
            }
            if (match == Match.CUT) {
                best = match;
            }
        }
        return best;
    }

    /** A decimal number as C prints it; {@link #lastNumber} tells which. One that the text's end may have cut is CUT. */
    Match number() {
        int start = at;
        int first = next() == '-' ? at + 1 : at;
        int end = first;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        int digits = end - first;
        boolean asPrinted = digits <= MAX_DIGITS && (digits < 2 || text.charAt(first) != '0');
        if (!asPrinted) {
            return Match.NO;
        }
        if (end == text.length()) {
            return Match.CUT;
        }
        boolean minusZero = first > start && text.charAt(first) == '0';
        if (digits == 0 || minusZero) {
            return Match.NO;
        }
        number = Long.parseLong(text, start, end, 10);
        at = end;
        return Match.YES;
    }

    /** A number that fits an int, and {@code after}. */
    Match count(String after) {
        int start = at;
        Match match = number();
        if (match == Match.YES && number != (int) number) {
            match = Match.NO;
        }
        match = match == Match.YES ? literal(after) : match;
        if (match == Match.NO) {
            at = start;
        }
        return match;
    }

    /** A number and {@code after}. */
    Match number(String after) {
        int start = at;
        Match match = number();
        match = match == Match.YES ? literal(after) : match;
        if (match == Match.NO) {
            at = start;
        }
        return match;
    }

    /** The number found last. */
    long lastNumber() {
        return number;
    }

    /** The text up to the next space or the end; the cursor is after it. */
    String word() {
        int start = at;
        int space = text.indexOf(' ', at);
        at = space < 0 ? text.length() : space;
        return text.substring(start, at);
    }

    /** {@code P/S} and the space behind it stay apart: null unless both names are HAProxy's and a space follows. */
    @Nullable ServerName server() {
        int start = at;
        String word = word();
        ServerName name = ended() ? null : serverName(word);
        if (name == null) {
            at = start;
        }
        return name;
    }

    /** A proxy's name that a space follows, or null. */
    @Nullable String name() {
        int start = at;
        String word = word();
        if (ended() || !isName(word, 0, word.length())) {
            at = start;
            return null;
        }
        return word;
    }

    static @Nullable ServerName serverName(String word) {
        int slash = word.indexOf('/');
        return slash > 0 && isName(word, 0, slash) && isName(word, slash + 1, word.length())
                ? new ServerName(word.substring(0, slash), word.substring(slash + 1))
                : null;
    }

    /** Whether HAProxy could name a proxy or server so: {@code invalid_char()} in {@code standard.c}. */
    static boolean isName(String text, int from, int to) {
        boolean internal = to - from > 2 && text.charAt(from) == '<' && text.charAt(to - 1) == '>';
        int end = internal ? to - 1 : to;
        int index = internal ? from + 1 : from;
        if (index >= end) {
            return false;
        }
        for (; index < end; index++) {
            char c = text.charAt(index);
            if (c >= NAME_CHARACTERS.length || !NAME_CHARACTERS[c]) {
                return false;
            }
        }
        return true;
    }
}
