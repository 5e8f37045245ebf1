package io.risefall.query.contract;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** A name for each subquery of FROM that has none: PostgreSQL asks for one before version 16. */
final class NamedSubqueries {
    private static final Set<String> CLAUSES =
            Set.of("select", "from", "where", "group", "having", "window", "order", "limit", "with", "on", "using");

    private NamedSubqueries() {}

    static List<Token> name(List<Token> tokens) {
        List<Token> out = new ArrayList<>();
        Deque<Bracket> open = new ArrayDeque<>();
        Bracket outside = new Bracket(false);
        Token before = new Token("", ";");
        int names = 0;
        for (int at = 0; at < tokens.size(); at++) {
            Token token = tokens.get(at);
            out.add(token);
            Bracket here = open.isEmpty() ? outside : open.peek();
            if (token.is("(")) {
                boolean query =
                        tokens.get(at + 1).is("select") || tokens.get(at + 1).is("with");
                boolean ofFrom = before.is("from") || before.is("join") || before.is(",") && here.isInFrom();
                open.push(new Bracket(query && ofFrom));
            } else if (token.is(")") && open.pop().unnamedQuery && isUnnamed(tokens, at + 1)) {
                out.add(new Token(" ", "unnamed_" + ++names));
            } else if (token.isOneOf(CLAUSES)) {
                here.clause = token.text();
            } else if (token.is("join")) {
                here.clause = "from";
            }
            before = token;
        }
        return out;
    }

    private static boolean isUnnamed(List<Token> tokens, int at) {
        if (at == tokens.size()) {
            return true;
        }
        Token next = tokens.get(at);
        return !next.isWord() || next.isOneOf(DuckDbJoins.AFTER_RELATION) || next.isOneOf(DuckDbJoins.AFTER_ALIAS);
    }

    /** What is open: the clause that the words after it belong to. */
    private static final class Bracket {
        private final boolean unnamedQuery;
        private String clause = "";

        Bracket(boolean unnamedQuery) {
            this.unnamedQuery = unnamedQuery;
        }

        boolean isInFrom() {
            return clause.equals("from") || clause.equals("on") || clause.equals("using");
        }
    }
}
