package io.risefall.ingest.severity;

import io.risefall.schemas.event.Severity;
import io.risefall.schemas.message.HealthMessage;
import org.jspecify.annotations.Nullable;

/**
 * With which severity HAProxy says what: the one thing about a line that a client cannot forge. A frontend whose
 * {@code log-format} begins with text from the client prints faultless health lines, but with the severity of traffic.
 * Source: {@code send_log()}'s callers, HAProxy 1.4 to 3.5; {@code __send_log()} for caps: a log target with a minimum
 * level gets whatever is more severe with that level.
 */
public enum SeverityRules {
    /** HAProxy says such things with this severity, or the header has none. */
    FITS,
    /** HAProxy says such things with a more severe one: it can be this line only if its log is capped here. */
    CAPPED,
    /** HAProxy never says such things so severely. */
    NEVER;

    /** Which of them a message of this kind with this severity is. */
    public static SeverityRules of(HealthMessage.Kind kind, @Nullable Severity severity) {
        if (severity == null) {
            return FITS;
        }
        boolean fits = switch (kind) {
            case BACKEND_EMPTY -> severity == Severity.EMERG;
            case CONNECT_PROBLEM -> severity == Severity.EMERG || severity == Severity.ERR;
            case SWITCH, CHECK, PROXY, ADDRESS, SERVER_NOTICE, SERVER_SNAPSHOT, PROXY_SNAPSHOT, MASTER ->
                severity == Severity.ALERT || severity == Severity.WARNING || severity == Severity.NOTICE;
        };
        if (fits) {
            return FITS;
        }
        return severity == Severity.EMERG ? NEVER : CAPPED;
    }

    /**
     * What a priority tells of a message where nothing is known of who wrote it; null: nothing.
     *
     * @param priority {@code facility * 8 + severity}; negative where the header has none
     */
    public static @Nullable Severity severity(int priority) {
        return priority < 0 || SeverityScope.isUnit(priority) ? null : Severity.ofPriority(priority);
    }

    /** Whether a line that could not be read may have been one about health. */
    public static boolean canBeUnreadableHealth(@Nullable Severity severity) {
        return severity == null || !severity.canBeTraffic();
    }
}
