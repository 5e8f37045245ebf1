package io.risefall.query.http.access;

import java.util.Locale;

/** What a user may do. */
public enum Scope {
    /** Look at pages and reports. */
    READ,
    /** Also ask SQL, and do what changes something. */
    FULL;

    /** As a file of users names it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
