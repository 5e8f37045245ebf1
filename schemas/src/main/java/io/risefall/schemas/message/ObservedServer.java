package io.risefall.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.ServerName;
import org.jspecify.annotations.Nullable;

/**
 * What HAProxy told of a server: when it was asked at its stats socket, or by {@code lua/risefall.lua}. It is no sentence of its log, and
 * no change. It settles only what no such sentence shows.
 *
 * @param server the server
 * @param backup whether it is a backup server
 * @param state its state at that moment
 * @param status the same in HAProxy's words, as {@code UP 1/3} or {@code MAINT (via b/s)}; told by the script, also {@code UP 2/3
 *     (check)}, {@code UP (agent check)}, {@code MAINT (added)}, {@code MAINT (removed)}
 * @param reason of a server that is DOWN, the result of its last check; where a check is told, its result; null if it has none
 * @param address where it is reached, as {@code 10.0.0.7:8080}; null if it has no address
 * @param fqdn the name that its address is resolved from; null if it has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ObservedServer(
        ServerName server,
        boolean backup,
        Health state,
        String status,
        @Nullable CheckReason reason,
        @Nullable String address,
        @Nullable String fqdn)
        implements HealthMessage {

    @Override
    public Kind kind() {
        return Kind.OBSERVED;
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
