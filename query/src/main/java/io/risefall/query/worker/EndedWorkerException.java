package io.risefall.query.worker;

/** A thread has ended that works for as long as the process lives: what it does is not done any more. */
public final class EndedWorkerException extends RuntimeException {
    private static final long serialVersionUID = 1;

    EndedWorkerException(String message, Error cause) {
        super(message, cause);
    }
}
