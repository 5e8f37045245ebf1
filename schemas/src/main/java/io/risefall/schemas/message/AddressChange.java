package io.risefall.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.ServerName;
import org.jspecify.annotations.Nullable;

/**
 * {@code P/S changed its IP|FQDN from A to B by WHO}, {@code P/S: IP changed from 'A' to 'B' by 'WHO'.}: where a server
 * is reached changed; its state did not.
 *
 * @param server the server
 * @param what {@code IP}, {@code FQDN} or {@code port}
 * @param from as printed; can be empty, {@code (none)} or {@code (null)}
 * @param to as printed
 * @param by who changed it
 * @param form which spelling, so that rendering gives the same bytes: null for the first, {@link #FULL_STOP} for an
 *     FQDN's line that ends in one; for the second spelling {@link #COLON}, followed by {@code , port changed from 'A' to
 *     'B'} where the line says that too
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AddressChange(
        ServerName server,
        String what,
        String from,
        String to,
        String by,
        @Nullable String form) implements HealthMessage {
    public static final String FULL_STOP = "full stop";
    public static final String COLON = "colon";

    /** The new IP address; null if something else changed, or if the server has none now. */
    public @Nullable String address() {
        return !what.equals("IP") || to.isEmpty() || to.startsWith("(") ? null : to;
    }

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
