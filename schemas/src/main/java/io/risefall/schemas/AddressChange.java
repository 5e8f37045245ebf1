package io.risefall.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * {@code P/S changed its IP|FQDN from A to B by WHO}: where a server is reached changed; its state did not.
 *
 * @param server the server
 * @param what {@code IP} or {@code FQDN}
 * @param from as printed; can be empty, {@code (none)} or {@code (null)}
 * @param to as printed
 * @param by who changed it
 * @param form which spelling, so that rendering gives the same bytes; null for the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddressChange(
        ServerName server,
        String what,
        String from,
        String to,
        String by,
        @Nullable String form) implements HealthMessage {
    @Override
    public Kind kind() {
        return Kind.ADDRESS;
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
