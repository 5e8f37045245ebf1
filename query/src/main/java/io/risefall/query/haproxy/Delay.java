package io.risefall.query.haproxy;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A time of HAProxy: a whole number and a unit; without one, milliseconds. */
final class Delay {
    private static final Pattern DELAY = Pattern.compile("(\\d{1,12})(us|ms|s|m|h|d)?");

    private Delay() {}

    static long millis(ConfigLine line, Word word, String keyword) {
        if (!word.known()) {
            return 0;
        }
        Matcher delay = DELAY.matcher(word.text());
        if (!delay.matches()) {
            throw line.place().wrong(keyword + " must be a time, such as 500ms or 2s");
        }
        long number = Long.parseLong(delay.group(1));
        return switch (delay.group(2) == null ? "ms" : delay.group(2)) {
            case "us" -> (number + 999) / 1000;
            case "s" -> number * 1000;
            case "m" -> number * 60_000;
            case "h" -> number * 3_600_000;
            case "d" -> number * 86_400_000;
            default -> number;
        };
    }
}
