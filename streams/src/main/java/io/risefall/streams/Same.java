package io.risefall.streams;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Equality where things can be absent. */
final class Same {
    private Same() {}

    static boolean value(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(one, other);
    }

    /** Whether two lines can be of one process: a log without pids has only one. */
    static boolean process(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null || one.equals(other);
    }
}
