package io.risefall.schemas.message;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The five states in which a server's time is cut. They never overlap and leave no hole. */
public enum Health {
    UP,
    DOWN,
    /** In maintenance: planned, never an outage. */
    MAINT,
    /** Takes no new sessions but still serves: counted as up. */
    DRAIN,
    /** The log cannot tell. Never counted as up or down. */
    UNKNOWN;

    private final String word = name().toLowerCase(Locale.ROOT);

    @JsonCreator
    public static Health of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    public String word() {
        return word;
    }
}
