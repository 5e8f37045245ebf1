package io.risefall.query.sql;

import java.util.Map;
import java.util.TreeMap;

/**
 * A user's SQL, and the values of its parameters.
 *
 * @param text one SELECT, in which {@code $name} stands for a parameter
 * @param parameters values by name, as text: DuckDB converts where they are compared, and a cast does elsewhere
 */
public record SqlText(String text, Map<String, String> parameters) {
    public SqlText {
        parameters = Map.copyOf(new TreeMap<>(parameters));
    }

    public static SqlText of(String text) {
        return new SqlText(text, Map.of());
    }
}
