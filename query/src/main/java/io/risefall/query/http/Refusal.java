package io.risefall.query.http;

import java.util.Locale;
import java.util.Optional;

/** Why a client got no answer, or not all of it. */
public enum Refusal {
    /** More connections than may be open: closed was one that waited for its client. */
    CONNECTIONS,
    /** More connections than an address may have. */
    ADDRESS,
    /** More event streams than there may be, in all or to an address: 503. */
    STREAMS,
    /** More bytes in memory than may wait for clients: closed was one of those that take their time. */
    MEMORY,
    /** A request that was begun and did not come: 408. */
    SLOW_REQUEST,
    /** An answer or an event stream that is not taken. */
    SLOW_READER,
    /** What followed a request before its answer; the client asks again on another connection. */
    PIPELINED,
    /** No HTTP that is understood: 400, 505. */
    MALFORMED,
    /** Too long a line, head or body: 413, 414, 431. */
    TOO_LONG,
    /** Nobody who may ask: 401, 403. */
    NOT_ALLOWED,
    /** Too many wrong tokens: 429. */
    WRONG_TOKENS,
    /** Nothing at the path: 404. */
    NOT_FOUND,
    /** A method that the path has not: 405. */
    METHOD,
    /** Too many wait already: 503. */
    BUSY,
    /** No handshake: unencrypted, too old a version, or a client that does not trust the certificate. */
    TLS;

    /** As metrics name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a status of an answer says; empty: that something was answered. */
    static Optional<Refusal> of(int status) {
        return Optional.ofNullable(
                switch (status) {
                    case 400, 505 -> MALFORMED;
                    case 401, 403 -> NOT_ALLOWED;
                    case 404 -> NOT_FOUND;
                    case 405 -> METHOD;
                    case 408 -> SLOW_REQUEST;
                    case 413, 414, 431 -> TOO_LONG;
                    case 429 -> WRONG_TOKENS;
                    default -> null;
                });
    }
}
