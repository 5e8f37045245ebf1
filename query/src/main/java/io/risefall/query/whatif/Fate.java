package io.risefall.query.whatif;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What would have become of an outage. */
public enum Fate {
    /** It would not have happened. */
    AVOIDED("avoided"),
    /** It would have happened all the same, perhaps seen at another time. */
    KEPT("kept"),
    /** Another one that did not happen would have happened. */
    ADDED("more"),
    /** The lines do not prove which. */
    UNKNOWN("cannot tell");

    private final String words;

    Fate(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    @JsonValue
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
