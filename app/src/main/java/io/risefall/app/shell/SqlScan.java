package io.risefall.app.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statements of a text, each up to its semicolon. Quoted texts and names, dollar quotes and comments can hold semicolons that
 * end nothing.
 *
 * @param statements those that have ended, without the semicolon
 * @param rest what follows them, when it is more than blanks and comments, else empty
 */
public record SqlScan(List<String> statements, String rest) {
    private static final Pattern DOLLAR_TAG = Pattern.compile("\\$(?:[A-Za-z_][A-Za-z_0-9]*)?\\$");

    public SqlScan {
        statements = List.copyOf(statements);
    }

    public static SqlScan of(String text) {
        List<String> statements = new ArrayList<>();
        int start = 0;
        boolean something = false;
        int next;
        for (int at = 0; at < text.length(); at = next) {
            char c = text.charAt(at);
            next = end(text, at);
            boolean comment = next > at + 1 && (c == '-' || c == '/');
            if (c == ';') {
                if (something) {
                    statements.add(text.substring(start, at).strip());
                }
                start = next;
                something = false;
            } else if (!comment && !Character.isWhitespace(c)) {
                something = true;
            }
        }
        return new SqlScan(
                statements,
                something || isOpenComment(text, start) ? text.substring(start).strip() : "");
    }

    /** All statements, the last one also without its semicolon. */
    public List<String> all() {
        List<String> all = new ArrayList<>(statements);
        if (!rest.isEmpty()) {
            all.add(rest);
        }
        return all;
    }

    /** Where what begins at {@code at} ends: a quote or a comment as a whole, anything else after one character. */
    private static int end(String text, int at) {
        char c = text.charAt(at);
        if (c == '\'') {
            return closing(text, at, c, at > 0 && (text.charAt(at - 1) | 0x20) == 'e');
        }
        if (c == '"') {
            return closing(text, at, c, false);
        }
        if (text.startsWith("--", at)) {
            return after(text, text.indexOf('\n', at), 1);
        }
        if (text.startsWith("/*", at)) {
            return after(text, text.indexOf("*/", at + 2), 2);
        }
        Matcher tag = DOLLAR_TAG.matcher(text).region(at, text.length());
        if (c == '$' && tag.lookingAt()) {
            return after(text, text.indexOf(tag.group(), tag.end()), tag.group().length());
        }
        return at + 1;
    }

    private static int closing(String text, int at, char quote, boolean withBackslashes) {
        for (int i = at + 1; i < text.length(); i++) {
            if (withBackslashes && text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == quote) {
                return i + 1;
            }
        }
        return text.length();
    }

    private static int after(String text, int found, int length) {
        return found < 0 ? text.length() : found + length;
    }

    private static boolean isOpenComment(String text, int from) {
        int begin = text.lastIndexOf("/*");
        return begin >= from
                && text.indexOf("*/", begin + 2) < 0
                && !text.substring(from, begin).contains("--");
    }
}
