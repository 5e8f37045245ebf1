package io.risefall.schemas.event;

/** Syslog severity, in the order of its number: {@code EMERG} is 0. Source: RFC 5424 section 6.2.1. */
public enum Severity {
    EMERG,
    ALERT,
    CRIT,
    ERR,
    WARNING,
    NOTICE,
    INFO,
    DEBUG;

    /** The severity of a syslog priority ({@code facility * 8 + severity}). */
    public static Severity ofPriority(int priority) {
        return values()[priority & 7];
    }

    /**
     * Whether HAProxy writes traffic with it: {@code info}; {@code debug} where the log is capped there; {@code err} for
     * failed requests with {@code option log-separate-errors}.
     */
    public boolean canBeTraffic() {
        return this == ERR || this == INFO || this == DEBUG;
    }
}
