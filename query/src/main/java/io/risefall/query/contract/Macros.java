package io.risefall.query.contract;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * DuckDB's macros, written out where they are called: a table macro becomes a subquery, {@code query_table('NAME')} the name. Other
 * engines have neither, and a function of theirs could not read a relation that its caller names.
 */
final class Macros {
    /** After and before these a parameter's name is no parameter. */
    private static final Set<String> NAMED_AFTER = Set.of(".", "as", "time");

    private final Map<String, Macro> macros = new HashMap<>();

    /** Takes a definition; false if the statement is none. */
    boolean define(List<Token> statement) {
        int at = indexOf(statement, "macro");
        int open = indexOf(statement, "(");
        if (at < 0 || at > open || !statement.get(0).is("create")) {
            return false;
        }
        String name = Token.text(statement.subList(at + 1, open));
        List<List<Token>> parameters = Token.arguments(statement, open);
        int body = Token.afterBracket(statement, open) + 1;
        if (statement.get(body).is("table")) {
            body++;
        }
        macros.put(name, new Macro(parameters, List.copyOf(statement.subList(body, statement.size() - 1))));
        return true;
    }

    /** {@code tokens} without calls of macros. */
    List<Token> expand(List<Token> tokens) {
        List<Token> expanded = tokens;
        List<Token> once = expandOnce(expanded);
        while (!once.equals(expanded)) {
            expanded = once;
            once = expandOnce(expanded);
        }
        return expanded;
    }

    private List<Token> expandOnce(List<Token> tokens) {
        List<Token> out = new ArrayList<>();
        int at = 0;
        while (at < tokens.size()) {
            int open = nameEnd(tokens, at);
            boolean called = open < tokens.size() && tokens.get(open).is("(");
            Macro macro = called ? macros.get(Token.text(tokens.subList(at, open))) : null;
            if (macro != null) {
                String gap = tokens.get(at).gap();
                out.add(new Token(gap, "("));
                out.addAll(macro.body(Token.arguments(tokens, open)));
                out.add(new Token("", ")"));
                at = Token.afterBracket(tokens, open);
            } else {
                out.add(tokens.get(at++));
            }
        }
        return out;
    }

    /** {@code query_table('store.own_states')} is {@code store.own_states}. Once all macros are written out. */
    static List<Token> named(List<Token> tokens) {
        List<Token> out = new ArrayList<>();
        for (int at = 0; at < tokens.size(); at++) {
            if (tokens.get(at).is("query_table")) {
                String name = tokens.get(at + 2).text();
                out.add(tokens.get(at).withText(name.substring(1, name.length() - 1)));
                at += 3;
            } else {
                out.add(tokens.get(at));
            }
        }
        return out;
    }

    /** The place after the name at {@code at}, which may have a schema. */
    private static int nameEnd(List<Token> tokens, int at) {
        return at + 2 < tokens.size() && tokens.get(at + 1).is(".") ? at + 3 : at + 1;
    }

    private static int indexOf(List<Token> tokens, String word) {
        for (int at = 0; at < tokens.size(); at++) {
            if (tokens.get(at).is(word)) {
                return at;
            }
        }
        return -1;
    }

    /** @param parameters each a name, and {@code := DEFAULT} after it where it has one */
    private record Macro(List<List<Token>> parameters, List<Token> body) {
        List<Token> body(List<List<Token>> arguments) {
            Map<String, List<Token>> values = new HashMap<>();
            for (int i = 0; i < parameters.size(); i++) {
                List<Token> parameter = parameters.get(i);
                values.put(
                        parameter.get(0).text(),
                        i < arguments.size() ? arguments.get(i) : parameter.subList(2, parameter.size()));
            }
            List<Token> out = new ArrayList<>();
            Token before = null;
            for (int at = 0; at < body.size(); at++) {
                Token token = body.get(at);
                List<Token> value = values.get(token.text());
                boolean qualifies = at + 1 < body.size() && body.get(at + 1).is(".");
                if (value == null || qualifies || before != null && before.isOneOf(NAMED_AFTER)) {
                    out.add(token);
                } else {
                    out.addAll(bracketed(token.gap(), value));
                }
                before = token;
            }
            return out;
        }

        private static List<Token> bracketed(String gap, List<Token> value) {
            List<Token> out = new ArrayList<>();
            boolean single = value.size() == 1;
            if (!single) {
                out.add(new Token(gap, "("));
            }
            for (Token token : value) {
                out.add(new Token(out.isEmpty() ? gap : token.gap(), token.text()));
            }
            if (!single) {
                out.add(new Token("", ")"));
            }
            return out;
        }
    }
}
