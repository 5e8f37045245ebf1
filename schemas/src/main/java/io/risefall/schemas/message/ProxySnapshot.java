package io.risefall.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.ServerName;
import org.jspecify.annotations.Nullable;

/**
 * The proxy lines of a SIGHUP dump: {@code SIGHUP received, dumping servers states for proxy P.}, {@code SIGHUP: Proxy P
 * has N active servers and M backup servers available. Conn: …}, {@code … is running on backup servers …},
 * {@code … has no server available ! Conn: …}, {@code … has no servers. Conn: …}.
 *
 * @param proxy its name
 * @param what which wording
 * @param active usable active servers; null where the wording has none
 * @param backup usable backup servers; null where the wording has none
 * @param connections the text from {@code Conn:} on, as printed; null where there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProxySnapshot(
        String proxy,
        What what,
        @Nullable Integer active,
        @Nullable Integer backup,
        @Nullable String connections) implements HealthMessage {

    /** Which wording. */
    public enum What {
        DUMPING,
        SERVERS_AVAILABLE,
        RUNNING_ON_BACKUP,
        NO_SERVER,
        /** {@code has no servers}: none is configured. */
        WITHOUT_SERVERS
    }

    @Override
    public Kind kind() {
        return Kind.PROXY_SNAPSHOT;
    }

    @Override
    public @Nullable ServerName serverName() {
        return null;
    }
}
