package io.risefall.query.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in a user's SQL.
 *
 * @param line from 1 on
 * @param column from 1 on, in characters
 */
public record SqlPosition(int line, int column) {
    private static final Pattern DRAWN = Pattern.compile("(?m)^LINE (\\d+): .*\n( *)\\^");

    /**
     * The statement in which the user's SQL is the argument of DuckDB's {@code query}. DuckDB counts the bytes of the argument, and shows
     * the place as a line and a column of the statement around it. A line for each byte makes it say how many they were.
     */
    static String traceable(String keyword, String rest, String sql) {
        return keyword + "\n".repeat(bytes(sql).length + 2) + rest;
    }

    /** The place in {@code sql} that DuckDB has drawn under a {@link #traceable} statement; null: none, or one of the statement's own. */
    static @Nullable SqlPosition of(String message, String keyword, String sql) {
        Matcher drawn = DRAWN.matcher(message);
        if (!drawn.find()) {
            return null;
        }
        int line = Integer.parseInt(drawn.group(1));
        int offset = line == 1 ? drawn.group(2).length() - "LINE 1: ".length() : keyword.length() + line - 1;
        byte[] text = bytes(sql);
        if (offset < 0 || offset > text.length) {
            return null;
        }
        String before = new String(Arrays.copyOf(text, offset), StandardCharsets.UTF_8);
        int lineStart = before.lastIndexOf('\n') + 1;
        return new SqlPosition(
                (int) before.chars().filter(one -> one == '\n').count() + 1,
                before.codePointCount(lineStart, before.length()) + 1);
    }

    private static byte[] bytes(String sql) {
        return sql.getBytes(StandardCharsets.UTF_8);
    }

    /** {@code line 2, column 7}. */
    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
