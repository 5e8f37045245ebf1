package io.risefall.streams.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Equality where things can be absent. */
public final class Same {
    private Same() {}

    public static boolean value(@Nullable Object one, @Nullable Object other) {
        return Objects.equals(one, other);
    }

    /** Whether two lines can be of one process: a log without pids has only one. */
    public static boolean process(@Nullable Long one, @Nullable Long other) {
        return one == null || other == null || one.equals(other);
    }
}
