package io.risefall.query.alert.route;

import java.util.Locale;

/** How far a message is on its way to one channel; the names are what the view {@code notifications} says. */
public enum NotificationState {
    /** It waits for its turn, or for another try. */
    DUE,
    /** The receiver has acknowledged it. */
    SENT,
    /** It is kept back by quiet hours. */
    HELD,
    /** It was told in a summary after quiet hours. */
    SUMMARISED,
    /** A later message of the alert says it too, or it was over before anybody was to be told. */
    FOLDED,
    /** Nobody is told: its servers are silenced. */
    SILENCED,
    /** Nobody is told: no route matches. */
    NO_ROUTE,
    /** It was tried for too long. */
    GIVEN_UP;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static NotificationState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
