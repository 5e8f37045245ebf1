package io.risefall.query.http.service;

/** A service runs on the data directory and does not answer now; the message says which one. */
public final class ServiceBusyException extends RuntimeException {
    private static final long serialVersionUID = 1;

    ServiceBusyException(String message) {
        super(message);
    }
}
