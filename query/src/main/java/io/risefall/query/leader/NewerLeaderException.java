package io.risefall.query.leader;

/** A newer build has led and written what this one cannot read: to go on without it would send things twice, or forget them. */
final class NewerLeaderException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NewerLeaderException(String message) {
        super(message);
    }
}
