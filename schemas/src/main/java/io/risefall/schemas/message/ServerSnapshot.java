package io.risefall.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.ServerName;
import org.jspecify.annotations.Nullable;

/**
 * {@code SIGHUP: Server P/S is UP|DOWN. Conn: N act, N pend, N tot.}: what HAProxy holds true now, asked for with a
 * signal. It settles what was not known.
 *
 * @param server the server
 * @param up whether it is UP
 * @param active connections; null where the line is cut before it
 * @param pending connections waiting; null where the line is cut before it
 * @param total connections so far; null where the line is cut before it
 * @param tail for a line that was cut, what stands after the state, kept so that rendering gives the same bytes; else
 *     null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServerSnapshot(
        ServerName server,
        boolean up,
        @Nullable Long active,
        @Nullable Long pending,
        @Nullable Long total,
        @Nullable String tail)
        implements HealthMessage {

    public ServerSnapshot(
            ServerName server, boolean up, @Nullable Long active, @Nullable Long pending, @Nullable Long total) {
        this(server, up, active, pending, total, null);
    }

    @Override
    public Kind kind() {
        return Kind.SERVER_SNAPSHOT;
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
