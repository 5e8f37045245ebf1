package io.risefall.ingest.severity;

import io.risefall.schemas.event.Severity;
import io.risefall.schemas.message.HealthMessage;
import org.jspecify.annotations.Nullable;

/**
 * The severities that HAProxy uses for its messages: the one thing about a line that a client cannot forge. A frontend
 * whose {@code log-format} begins with text from the client can print perfect health lines, but only at the severity of
 * traffic. Source: callers of {@code send_log()}, HAProxy 1.4 to 3.5; {@code __send_log()} for caps: a log target with
 * a minimum level gets everything more severe at that level.
 */
public enum SeverityRules {
    /** HAProxy uses this severity for such messages, or the header has none. */
    FITS,
    /** HAProxy uses a more severe one; the line is HAProxy's only if its log is capped here. */
    CAPPED,
    /** HAProxy never uses so high a severity for such messages. */
    NEVER;

    /** How this severity fits a message of this kind. */
    public static SeverityRules of(HealthMessage.Kind kind, @Nullable Severity severity) {
        if (severity == null) {
            return FITS;
        }
        boolean fits = switch (kind) {
            case BACKEND_EMPTY -> severity == Severity.EMERG;
            case CONNECT_PROBLEM -> severity == Severity.EMERG || severity == Severity.ERR;
            // Observed: by a script, which logs as checks are logged. What the stats socket tells has no severity.
            case SWITCH, CHECK, OBSERVED, PROXY, ADDRESS, SERVER_NOTICE, SERVER_SNAPSHOT, PROXY_SNAPSHOT, MASTER ->
                severity == Severity.ALERT || severity == Severity.WARNING || severity == Severity.NOTICE;
        };
        if (fits) {
            return FITS;
        }
        return severity == Severity.EMERG ? NEVER : CAPPED;
    }

    /**
     * The severity that can be trusted without knowing the writer; null: none.
     *
     * @param priority {@code facility * 8 + severity}; negative where the header has none
     */
    public static @Nullable Severity severity(int priority) {
        return priority < 0 || SeverityScope.isUnit(priority) ? null : Severity.ofPriority(priority);
    }

    /** Whether an unreadable line of this severity may be a health line. */
    public static boolean canBeUnreadableHealth(@Nullable Severity severity) {
        return severity == null || !severity.canBeTraffic();
    }
}
