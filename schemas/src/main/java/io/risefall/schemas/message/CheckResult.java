package io.risefall.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.ServerName;
import org.jspecify.annotations.Nullable;

/**
 * A check line: {@code Health|Agent check for [backup ]server P/S [conditionally ]succeeded|failed, reason: …, status:
 * n/m UP|DRAIN|DOWN.} Printed only with {@code option log-health-checks}.
 *
 * @param server the server
 * @param backup whether the line calls it a backup server
 * @param agent whether the agent spoke and not the health check
 * @param outcome what the check found
 * @param reason its status, code, info and duration
 * @param health {@code n}: while UP how many lives of {@code fall} are left, while DOWN how many successes of
 *     {@code rise} so far; null where the line is cut before it
 * @param threshold {@code m}: {@code fall} while UP, {@code rise} while DOWN; null where the line is cut before it
 * @param state the state after this check; null where the line is cut before it
 * @param cut whether the line ended before HAProxy's sentence did
 * @param tail for a line that was cut, what stands after the last thing wholly said, kept so that rendering gives the
 *     same bytes; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckResult(
        ServerName server,
        boolean backup,
        boolean agent,
        Outcome outcome,
        @Nullable CheckReason reason,
        @Nullable Integer health,
        @Nullable Integer threshold,
        @Nullable State state,
        boolean cut,
        @Nullable String tail)
        implements HealthMessage {

    /** What the check found. */
    public enum Outcome {
        SUCCEEDED,
        CONDITIONALLY_SUCCEEDED,
        FAILED
    }

    /** The state printed at the end of the line. */
    public enum State {
        UP,
        DRAIN,
        DOWN
    }

    @Override
    public Kind kind() {
        return Kind.CHECK;
    }

    @Override
    public String proxy() {
        return server.proxy();
    }

    @Override
    public ServerName serverName() {
        return server;
    }
}
