package io.risefall.query.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * DuckDB's joins as LATERAL ones: {@code semi} keeps rows that have a match, {@code anti} those that have none, {@code asof} adds the
 * nearest match of an inequality, which is the last condition, with the joined relation on its right.
 */
final class DuckDbJoins {
    static final Set<String> AFTER_ALIAS = Set.of("on", "using");

    private static final Set<String> SIGNS = Set.of(")", ";", ",");

    /** The words that follow a relation of FROM and its condition. */
    static final Set<String> AFTER_RELATION = Set.of(
            "where",
            "group",
            "join",
            "left",
            "right",
            "inner",
            "cross",
            "semi",
            "anti",
            "asof",
            "full",
            "window",
            "order",
            "limit",
            "union",
            "except",
            "intersect",
            "qualify",
            "having");

    private final List<Token> tokens;
    private int joins;

    private DuckDbJoins(List<Token> tokens) {
        this.tokens = tokens;
    }

    static List<Token> replace(List<Token> tokens) {
        return new DuckDbJoins(tokens).replaced();
    }

    private List<Token> replaced() {
        List<Token> out = new ArrayList<>();
        int at = 0;
        while (at < tokens.size()) {
            Token token = tokens.get(at);
            boolean asof = token.is("asof");
            boolean left = asof && tokens.get(at + 1).is("left");
            int join = left ? at + 2 : at + 1;
            if ((asof || token.is("semi") || token.is("anti"))
                    && tokens.get(join).is("join")) {
                int relationEnd = relationEnd(join + 1);
                int on = relationEnd;
                while (!tokens.get(on).isOneOf(AFTER_ALIAS)) {
                    on++;
                }
                int end = conditionEnd(on + 1);
                String relation = Token.text(replace(tokens.subList(join + 1, on)));
                List<Token> condition = tokens.subList(on + 1, end);
                int named = on > relationEnd ? relationEnd : on - 1;
                String alias = Token.text(tokens.subList(named, on));
                String joined = asof
                        ? asof(left, relation, alias, condition)
                        : exists(token.is("semi"), relation, Token.text(replace(condition)));
                out.addAll(Token.of(token.gap() + joined));
                at = end;
            } else {
                out.add(token);
                at++;
            }
        }
        return out;
    }

    private String exists(boolean semi, String relation, String condition) {
        joins++;
        String matches = "select from " + relation + " where " + condition;
        return semi
                ? "join lateral (" + matches + " limit 1) semi_" + joins + " on true"
                : "join lateral (select where not exists (" + matches + ")) anti_" + joins + " on true";
    }

    private static String asof(boolean left, String relation, String alias, List<Token> condition) {
        List<List<Token>> parts = Token.split(condition, "and");
        List<Token> inequality = parts.get(parts.size() - 1);
        for (int at = 0; at < inequality.size(); at++) {
            String sign = inequality.get(at).text();
            if (sign.equals(">=") || sign.equals(">") || sign.equals("<=") || sign.equals("<")) {
                String nearest = Token.text(inequality.subList(at + 1, inequality.size()));
                return (left ? "left " : "") + "join lateral (select * from " + relation + " where "
                        + Token.text(condition) + " order by " + nearest + (sign.startsWith(">") ? " desc" : "")
                        + " limit 1) " + alias + " on true";
            }
        }
        throw new IllegalArgumentException("no inequality at the end of: " + Token.text(condition));
    }

    private int relationEnd(int at) {
        if (tokens.get(at).is("(")) {
            return Token.afterBracket(tokens, at);
        }
        return tokens.get(at + 1).is(".") ? at + 3 : at + 1;
    }

    private int conditionEnd(int begin) {
        int at = begin;
        while (at < tokens.size() && !isAfterCondition(tokens.get(at))) {
            at = tokens.get(at).is("(") ? Token.afterBracket(tokens, at) : at + 1;
        }
        return at;
    }

    private static boolean isAfterCondition(Token token) {
        return token.isOneOf(AFTER_RELATION) || token.isOneOf(SIGNS);
    }
}
