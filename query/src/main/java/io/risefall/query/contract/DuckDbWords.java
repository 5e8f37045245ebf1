package io.risefall.query.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * DuckDB's words that other engines write otherwise, each replaced where it stands. Functions that only have to be made are in
 * {@code postgresql.sql} and keep their names.
 */
final class DuckDbWords {
    /** Of a call, {@code $1} being its first argument. */
    static final Map<String, String> CALLS = Map.of(
            "arg_max", "first_known($1 order by $2 desc nulls last)",
            "arg_min", "first_known($1 order by $2)",
            "min_by", "first_known($1 order by $2)",
            "arg_max_null", "(array_agg($1 order by $2 desc nulls last))[1]",
            "list", "array_agg($1)",
            "generate_series", "series($1, $2, $3)");

    /** Of single words. */
    static final Map<String, String> WORDS = Map.of("double", "double precision", "glob", "~~~");

    /** Before these a bracket takes an element out of a list; elsewhere it makes one. */
    private static final Set<String> KEYWORDS = Set.of("select", "in", "then", "else", "when", "and", "or");

    private DuckDbWords() {}

    static List<Token> replace(List<Token> tokens) {
        List<Token> out = new ArrayList<>();
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            Token next = at + 1 < tokens.size() ? tokens.get(at + 1) : new Token("", ";");
            String call = next.is("(") ? CALLS.get(token.text()) : null;
            if (call != null) {
                out.addAll(Token.of(token.gap() + filled(call, Token.arguments(tokens, at + 1))));
                at = Token.afterBracket(tokens, at + 1) - 1;
            } else if (token.is("last_value") && endsWithIgnoreNulls(tokens, at + 1)) {
                List<Token> argument = Token.arguments(tokens, at + 1).get(0);
                out.addAll(Token.of(token.gap() + "last_known("
                        + Token.text(replace(argument.subList(0, argument.size() - 2))) + ")"));
                at = Token.afterBracket(tokens, at + 1) - 1;
            } else if (token.is("try_cast")) {
                List<Token> argument = Token.arguments(tokens, at + 1).get(0);
                int as = argument.size() - 2;
                out.addAll(Token.of(token.gap() + "try_" + argument.get(as + 1).text() + "("
                        + Token.text(replace(argument.subList(0, as))) + ")"));
                at = Token.afterBracket(tokens, at + 1) - 1;
            } else if (token.is("interval") && Character.isDigit(next.text().charAt(0))) {
                out.add(token);
                out.add(new Token(
                        " ", "'" + next.text() + " " + tokens.get(at + 2).text() + "'"));
                at += 2;
            } else if (token.is("[") && makesList(tokens, at)) {
                boolean empty = next.is("]");
                out.add(token.withText(empty ? "'{}'" : "array["));
                at += empty ? 1 : 0;
            } else {
                out.add(token.withText(WORDS.getOrDefault(token.text(), token.text())));
            }
        }
        return out;
    }

    private static String filled(String call, List<List<Token>> arguments) {
        String filled = call;
        for (int i = 0; i < arguments.size(); i++) {
            filled = filled.replace("$" + (i + 1), Token.text(replace(arguments.get(i))));
        }
        return filled;
    }

    private static boolean endsWithIgnoreNulls(List<Token> tokens, int open) {
        int close = Token.afterBracket(tokens, open) - 1;
        return tokens.get(close - 1).is("nulls") && tokens.get(close - 2).is("ignore");
    }

    private static boolean makesList(List<Token> tokens, int at) {
        Token before = tokens.get(at - 1);
        return !before.is(")") && !before.is("]") && (!before.isWord() || before.isOneOf(KEYWORDS));
    }
}
