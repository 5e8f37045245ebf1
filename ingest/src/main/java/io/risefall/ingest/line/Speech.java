package io.risefall.ingest.line;

import io.risefall.schemas.HealthMessage;
import io.risefall.schemas.Severity;
import org.jspecify.annotations.Nullable;

/**
 * With which severity HAProxy says what: the one thing about a line that a client cannot forge. A frontend whose
 * {@code log-format} begins with text from the client prints faultless health lines, but with the severity of traffic.
 * Source: {@code send_log()}'s callers, HAProxy 1.4 to 3.5.
 */
final class Speech {
    private Speech() {}

    /** Whether HAProxy ever says anything about health with this severity; null where the header has none. */
    static boolean canBeHealth(@Nullable Severity severity) {
        return severity == null || severity.compareTo(Severity.NOTICE) <= 0 && severity != Severity.CRIT;
    }

    /** Whether a line that could not be read may have been one about health. */
    static boolean canBeUnreadableHealth(@Nullable Severity severity) {
        // option log-separate-errors prints failed requests with ERR.
        return canBeHealth(severity) && severity != Severity.ERR;
    }

    static boolean fits(HealthMessage.Kind kind, @Nullable Severity severity) {
        if (severity == null) {
            return true;
        }
        return switch (kind) {
            case BACKEND_EMPTY -> severity == Severity.EMERG;
            case CONNECT_PROBLEM -> severity == Severity.EMERG || severity == Severity.ERR;
            case SWITCH, CHECK, PROXY, ADDRESS, SERVER_NOTICE, SERVER_SNAPSHOT, PROXY_SNAPSHOT ->
                severity == Severity.ALERT || severity == Severity.WARNING || severity == Severity.NOTICE;
        };
    }
}
