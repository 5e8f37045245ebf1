package io.risefall.query.haproxy;

/** What a check does once it is connected. */
public enum CheckKind {
    /** Nothing. */
    CONNECT,
    HTTP,
    /** {@code option tcp-check}. */
    TCP_RULES,
    /** It speaks the protocol of a database, a mail server and the like. */
    SERVICE,
    /** A program checks. */
    EXTERNAL
}
