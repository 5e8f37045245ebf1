package io.risefall.schemas.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.Keys;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.Health;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which one server was in one state: half-open, {@code [fromAt, toAt)}.
 *
 * @param node the HAProxy host
 * @param server the server on it
 * @param backup whether it is a backup server
 * @param state the state
 * @param fromAt when it began
 * @param toAt when it ended; null while it lasts
 * @param cause what began it, in HAProxy's words where it has some ({@code L4CON}, {@code maintenance}, {@code reload})
 * @param pid the process that said so; null where the log has none
 * @param provenance the lines that began it; null in records of an older build
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StateInterval(
        String node,
        ServerName server,
        boolean backup,
        Health state,
        Instant fromAt,
        @Nullable Instant toAt,
        String cause,
        @Nullable Long pid,
        @Nullable Provenance provenance)
        implements StateRecord, Traced {

    /** One of which the lines are not known. */
    public StateInterval(
            String node,
            ServerName server,
            boolean backup,
            Health state,
            Instant fromAt,
            @Nullable Instant toAt,
            String cause,
            @Nullable Long pid) {
        this(node, server, backup, state, fromAt, toAt, cause, pid, null);
    }

    @Override
    public String key() {
        return Keys.of(node, server, "state", fromAt);
    }
}
