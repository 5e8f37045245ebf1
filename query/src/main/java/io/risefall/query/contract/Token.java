package io.risefall.query.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One token of SQL: a word, a quoted name, a text, a number or a sign.
 *
 * @param gap the blanks before it; comments are left out
 * @param text as it is written
 */
record Token(String gap, String text) {
    private static final Pattern NEXT = Pattern.compile("(?<gap>(?:\\s|--[^\n]*)*)"
            + "(?<text>[A-Za-z_]\\w*|\"[^\"]*\"|'(?:[^']|'')*'|\\d+(?:\\.\\d+)?|::|:=|<>|<=|>=|\\|\\||//|\\S)");

    /** The tokens of {@code sql}. */
    static List<Token> of(String sql) {
        List<Token> tokens = new ArrayList<>();
        Matcher next = NEXT.matcher(sql);
        while (next.find()) {
            tokens.add(new Token(next.group("gap").replaceAll("--[^\n]*\n?", ""), next.group("text")));
        }
        return tokens;
    }

    /** As written; the tokens of several statements too. */
    static String text(List<Token> tokens) {
        StringBuilder sql = new StringBuilder();
        for (Token token : tokens) {
            sql.append(token.gap).append(token.text);
        }
        return sql.toString().strip();
    }

    /** Each statement with its semicolon. */
    static List<List<Token>> statements(String sql) {
        List<List<Token>> statements = new ArrayList<>();
        List<Token> statement = new ArrayList<>();
        for (Token token : of(sql)) {
            statement.add(token);
            if (token.is(";")) {
                statements.add(statement);
                statement = new ArrayList<>();
            }
        }
        return statements;
    }

    /** The place after the bracket that closes the one at {@code open}. */
    static int afterBracket(List<Token> tokens, int open) {
        int depth = 0;
        for (int at = open; at < tokens.size(); at++) {
            if (tokens.get(at).opens()) {
                depth++;
            } else if (tokens.get(at).closes() && --depth == 0) {
                return at + 1;
            }
        }
        throw new IllegalArgumentException("no bracket closes: " + text(tokens.subList(open, tokens.size())));
    }

    /** What stands between the brackets of the call whose bracket is at {@code open}, at its commas. */
    static List<List<Token>> arguments(List<Token> tokens, int open) {
        List<List<Token>> arguments = split(tokens.subList(open + 1, afterBracket(tokens, open) - 1), ",");
        return arguments.size() == 1 && arguments.get(0).isEmpty() ? List.of() : arguments;
    }

    /** What stands between the {@code separator}s that are in no bracket. */
    static List<List<Token>> split(List<Token> tokens, String separator) {
        List<List<Token>> parts = new ArrayList<>();
        int begin = 0;
        for (int at = 0; at < tokens.size(); at++) {
            if (tokens.get(at).opens()) {
                at = afterBracket(tokens, at) - 1;
            } else if (tokens.get(at).is(separator)) {
                parts.add(tokens.subList(begin, at));
                begin = at + 1;
            }
        }
        parts.add(tokens.subList(begin, tokens.size()));
        return parts;
    }

    boolean is(String word) {
        return text.equals(word);
    }

    boolean isOneOf(Set<String> words) {
        return words.contains(text.toLowerCase(Locale.ROOT));
    }

    boolean isWord() {
        return Character.isLetter(text.charAt(0)) || text.charAt(0) == '_' || text.charAt(0) == '"';
    }

    private boolean opens() {
        return is("(") || is("[") || is("{");
    }

    private boolean closes() {
        return is(")") || is("]") || is("}");
    }

    Token withText(String replaced) {
        return new Token(gap, replaced);
    }
}
