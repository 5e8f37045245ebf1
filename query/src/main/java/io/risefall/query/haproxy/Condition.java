package io.risefall.query.haproxy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What follows {@code .if}: or, and, not, parentheses, and calls. What depends on the version, on features or on the environment is
 * {@link Truth#MAYBE}.
 */
final class Condition {
    private static final Pattern TERM =
            Pattern.compile("\\s*(?:(?<call>[a-z_]+)\\((?<arguments>[^()]*)\\)|(?<number>-?\\d+))\\s*");

    private final Place place;
    private final String text;
    private final Map<String, String> variables;
    private int at;

    private Condition(Place place, String text, Map<String, String> variables) {
        this.place = place;
        this.text = text;
        this.variables = variables;
    }

    /** Whether it holds. */
    enum Truth {
        YES,
        MAYBE,
        NO;

        Truth not() {
            return this == YES ? NO : this == NO ? YES : MAYBE;
        }

        Truth and(Truth other) {
            return compareTo(other) > 0 ? this : other;
        }

        Truth or(Truth other) {
            return compareTo(other) < 0 ? this : other;
        }

        static Truth of(boolean holds) {
            return holds ? YES : NO;
        }
    }

    /** @param words what follows {@code .if}; an empty condition does not hold */
    static Truth of(Place place, List<Word> words, Map<String, String> variables) {
        if (words.stream().anyMatch(word -> !word.known())) {
            return Truth.MAYBE;
        }
        String text = String.join(" ", words.stream().map(Word::text).toList());
        if (text.isBlank()) {
            return Truth.NO;
        }
        Condition condition = new Condition(place, text, variables);
        Truth truth = condition.anyOf();
        if (condition.at < text.length()) {
            throw condition.wrong();
        }
        return truth;
    }

    private Truth anyOf() {
        Truth truth = allOf();
        while (skip("||")) {
            truth = truth.or(allOf());
        }
        return truth;
    }

    private Truth allOf() {
        Truth truth = term();
        while (skip("&&")) {
            truth = truth.and(term());
        }
        return truth;
    }

    private Truth term() {
        if (skip("!")) {
            return term().not();
        }
        if (skip("(")) {
            Truth truth = anyOf();
            if (!skip(")")) {
                throw wrong();
            }
            return truth;
        }
        Matcher term = TERM.matcher(text).region(at, text.length());
        if (!term.lookingAt()) {
            throw wrong();
        }
        at = term.end();
        String call = term.group("call");
        return call == null
                ? Truth.of(Integer.parseInt(term.group("number")) != 0)
                : call(
                        call,
                        Arrays.stream(term.group("arguments").split(",", -1))
                                .map(String::strip)
                                .toList());
    }

    private Truth call(String name, List<String> arguments) {
        boolean two = arguments.size() == 2;
        return switch (name) {
            // The environment may have it, even where the file does not set it.
            case "defined" -> variables.containsKey(arguments.get(0)) ? Truth.YES : Truth.MAYBE;
            case "streq" -> two ? Truth.of(arguments.get(0).equals(arguments.get(1))) : Truth.MAYBE;
            case "strneq" -> two ? Truth.of(!arguments.get(0).equals(arguments.get(1))) : Truth.MAYBE;
            case "strstr" -> two ? Truth.of(arguments.get(0).contains(arguments.get(1))) : Truth.MAYBE;
            default -> Truth.MAYBE;
        };
    }

    private boolean skip(String sign) {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        boolean found = text.startsWith(sign, at);
        at += found ? sign.length() : 0;
        while (found && at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
        return found;
    }

    private RuntimeException wrong() {
        return place.wrong("the condition is not understood at its character " + (at + 1));
    }
}
