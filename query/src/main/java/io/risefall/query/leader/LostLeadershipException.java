package io.risefall.query.leader;

import org.jspecify.annotations.Nullable;

/** Another {@code serve} leads by now, or may: nothing is decided or sent. */
final class LostLeadershipException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LostLeadershipException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
