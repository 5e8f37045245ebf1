package io.risefall.schemas;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A switch line: {@code [Backup ]Server P/S is DOWN|UP|…}. The state of a server changed, or an operator's wish did.
 *
 * @param server the server
 * @param backup whether the line calls it a backup server
 * @param transition which wording
 * @param up for wordings that name the state after leaving maintenance or drain: whether it is UP; else null
 * @param drain for {@code …/READY|DRAIN} wordings: whether it is DRAIN; else null
 * @param changedFrom {@code CLI}, {@code Lua script}, {@code Web interface}, … of {@code , changed from X}; else null
 * @param why the text in brackets after maintenance and drain ({@code DNS NX status}); else null
 * @param reason the check that decided it; null with {@code option log-health-checks} and where nothing was checked
 * @param via the server that this one tracks; else null
 * @param fqdn the name that resolves again; else null
 * @param counts what the backend has left; null where the wording has none or the line is cut before it
 * @param cut whether the line ended before HAProxy's sentence did (quoted in an article, {@code len} of the target)
 * @param tail how the text ends beyond the sentence, kept so that rendering gives the same bytes; mostly empty
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServerSwitch(
        ServerName server,
        boolean backup,
        Transition transition,
        @Nullable Boolean up,
        @Nullable Boolean drain,
        @Nullable String changedFrom,
        @Nullable String why,
        @Nullable CheckReason reason,
        @Nullable ServerName via,
        @Nullable String fqdn,
        @Nullable ServerCounts counts,
        boolean cut,
        @Nullable String tail)
        implements HealthMessage {
    @Override
    public Kind kind() {
        return Kind.SWITCH;
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
