package io.risefall.query.warehouse;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Which backends are role backends by wish: those in which exactly one server is up by design. What no pattern names is
 * judged by its history.
 *
 * @param patterns globs of backend names, as {@code pg_*}; with {@code !} before it, one that never is, which wins
 */
public record RolePatterns(List<String> patterns) {
    /** No wish. */
    public static final RolePatterns NONE = new RolePatterns(List.of());

    /** What a name may hold in HAProxy's configuration, and the signs of a glob. */
    private static final Pattern GLOB = Pattern.compile("!?[A-Za-z0-9_.:*?\\[\\]-]+");

    /** Throws {@link IllegalArgumentException} for what can match no backend. */
    public RolePatterns {
        patterns = List.copyOf(patterns);
        for (String pattern : patterns) {
            if (!GLOB.matcher(pattern).matches()) {
                throw new IllegalArgumentException(
                        "'" + pattern + "' is not a backend name or pattern, such as pg_* or, to exclude one, !pg_ro");
            }
        }
    }

    /** Reads {@link #text}. */
    public static RolePatterns of(String text) {
        return text.isBlank() ? NONE : new RolePatterns(List.of(text.strip().split(" +")));
    }

    /** All in one string, as the views take them: with a blank between, which no name has. */
    public String text() {
        return String.join(" ", patterns);
    }
}
