package io.risefall.query.alert.engine;

/** How far an alert has come. */
public enum AlertState {
    /** It is not known yet whether it lasts: nothing was sent. */
    HELD,
    OPEN,
    /** It is over, and may open again within the reopen window. */
    CLOSED
}
