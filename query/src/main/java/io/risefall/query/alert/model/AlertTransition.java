package io.risefall.query.alert.model;

/** What a message reports of its alert. */
public enum AlertTransition {
    /** It began; or it began again within the reopen window: then the sequence is greater than 1. */
    OPENED,
    /** It lasts, after one of the settable times. */
    STILL_OPEN,
    /** It grew (more servers, a backend without any, too few left), or what was worst is over. */
    CHANGED,
    /** A server goes DOWN and UP so often that only its calm is reported from here on. Can be the first message of an alert. */
    FLAPPING,
    /** It is over. */
    CLOSED,
    /** Late lines corrected what an earlier message said. The alert goes on. */
    AMENDED
}
