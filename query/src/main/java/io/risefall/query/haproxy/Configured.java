package io.risefall.query.haproxy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a line sets.
 *
 * @param value null: the line sets it, and to what is not in the file, as for an environment variable or within an undecided {@code .if}
 * @param place the line
 */
public record Configured<T>(@Nullable T value, Place place) {
    public boolean isKnown() {
        return value != null;
    }

    public Optional<T> known() {
        return Optional.ofNullable(value);
    }
}
