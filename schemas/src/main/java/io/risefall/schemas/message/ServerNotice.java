package io.risefall.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.ServerName;
import org.jspecify.annotations.Nullable;

/**
 * A word about a server that changes no state by itself: {@code administratively READY thanks to valid DNS answer.},
 * {@code renamed from 'OLD'.}, and 1.4's {@code Load-balancing on Server P/S is disabled|enabled again}.
 *
 * @param server the server
 * @param backup whether the line calls it a backup server
 * @param what which wording
 * @param oldName for {@code RENAMED}; else null
 * @param form what stands after the wording in place of the full stop (nothing, or 1.4's reason and counts), so that
 *     rendering gives the same bytes; null where the full stop ends the text
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServerNotice(
        ServerName server,
        boolean backup,
        What what,
        @Nullable String oldName,
        @Nullable String form) implements HealthMessage {

    /** Which wording. */
    public enum What {
        READY_BY_DNS,
        RENAMED,
        LOAD_BALANCING_DISABLED,
        LOAD_BALANCING_ENABLED
    }

    @Override
    public Kind kind() {
        return Kind.SERVER_NOTICE;
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
