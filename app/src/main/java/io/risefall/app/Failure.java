package io.risefall.app;

import org.jspecify.annotations.Nullable;

/** Something that ends a command with exit code 1; its message is one line that the user can act on. */
final class Failure extends RuntimeException {
    Failure(String message) {
        this(message, null);
    }

    Failure(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** The innermost message of {@code failure}, or its type where it has none. */
    static String reason(Throwable failure) {
        Throwable innermost = failure;
        while (innermost.getCause() != null && innermost.getCause() != innermost) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage();
        return message == null || message.isBlank()
                ? innermost.getClass().getSimpleName()
                : message.strip().lines().findFirst().orElseThrow();
    }
}
