package io.risefall.query.http.access;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A browser that may look.
 *
 * @param user who signed in; null where nobody needs to
 * @param csrf what every form of its pages sends back, which a page of another origin cannot know
 * @param begunAt when it began
 */
public record Session(@Nullable User user, String csrf, Instant begunAt) {
    /** Whether it may do more than look. */
    public boolean isFull() {
        return user == null || user.scope() == Scope.FULL;
    }
}
