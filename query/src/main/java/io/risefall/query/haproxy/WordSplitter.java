package io.risefall.query.haproxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits one line into words as HAProxy does ({@code parse_line} in {@code tools.c}; "Quoting and escaping" in its manual): blanks
 * separate, {@code #} begins a comment, single quotes keep all, and within double quotes a dollar sign names an environment variable.
 */
final class WordSplitter {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:(?<plain>[A-Za-z_.]\\w*)|\\{(?<name>[A-Za-z_.]\\w*)(?<list>\\[\\*])?(?:-[^}]*)?})");
    private static final Pattern HEX = Pattern.compile("[0-9A-Fa-f]{2}");

    private final Place place;
    private final String line;
    private final Map<String, String> variables;
    private final List<Word> words = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean known = true;
    private boolean begun;
    private int at;

    private WordSplitter(Place place, String line, Map<String, String> variables) {
        this.place = place;
        this.line = line;
        this.variables = variables;
    }

    /** @param variables those whose values the file itself sets */
    static List<Word> split(Place place, String line, Map<String, String> variables) {
        return new WordSplitter(place, line, variables).words();
    }

    private List<Word> words() {
        char quote = 0;
        while (at < line.length()) {
            char c = line.charAt(at);
            if (quote == 0 && c == '#') {
                break;
            } else if (quote == 0 && (c == ' ' || c == '\t')) {
                end();
                at++;
            } else if ((c == '\'' || c == '"') && (quote == 0 || quote == c)) {
                quote = quote == 0 ? c : 0;
                begun = true;
                at++;
            } else if (c == '\\' && quote != '\'') {
                escape(quote == '"');
            } else if (c == '$' && quote == '"') {
                variable();
            } else {
                add(c, 1);
            }
        }
        if (quote != 0) {
            throw place.wrong("a quote (" + quote + ") is not closed");
        }
        end();
        return List.copyOf(words);
    }

    private void add(char c, int length) {
        word.append(c);
        begun = true;
        at += length;
    }

    private void end() {
        if (begun) {
            words.add(new Word(word.toString(), known));
        }
        word.setLength(0);
        known = true;
        begun = false;
    }

    private void escape(boolean inDoubleQuotes) {
        char next = at + 1 < line.length() ? line.charAt(at + 1) : 0;
        switch (next) {
            case ' ', '\\', '#', '\'', '"' -> add(next, 2);
            case 't' -> add('\t', 2);
            case 'n' -> add('\n', 2);
            case 'r' -> add('\r', 2);
            case 'x' -> {
                Matcher hex = HEX.matcher(line).region(at + 2, Math.min(at + 4, line.length()));
                if (!hex.matches()) {
                    throw place.wrong("two hexadecimal digits must follow \\x");
                }
                add((char) Integer.parseInt(hex.group(), 16), 4);
            }
            case '$' -> {
                if (inDoubleQuotes) {
                    add('$', 2);
                } else {
                    add('\\', 1);
                }
            }
            default -> add('\\', 1);
        }
    }

    private void variable() {
        Matcher name = VARIABLE.matcher(line).region(at, line.length());
        if (!name.lookingAt()) {
            throw place.wrong(
                    "no name of an environment variable follows a dollar sign within double quotes; \\$ is a dollar sign");
        }
        String plain = name.group("plain");
        String value = variables.get(plain == null ? name.group("name") : plain);
        if (value == null || name.group("list") != null) {
            known = false;
        }
        word.append(value == null ? name.group() : value);
        begun = true;
        at = name.end();
    }
}
