package io.risefall.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.ServerName;
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
 * @param tail for a line that was cut, what stands after the last thing wholly said, kept so that rendering gives the
 *     same bytes; else null
 * @param form which of several spellings of one wording, so that rendering gives the same bytes: {@link #OF_1_4} for
 *     {@code is DOWN for maintenance}; null for the usual one
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
        @Nullable String tail,
        @Nullable String form)
        implements HealthMessage {
    /** The {@link #form} of HAProxy 1.4. */
    public static final String OF_1_4 = "1.4";

    /** The {@link #changedFrom} of what HAProxy prints on stderr while it starts. */
    public static final String SERVER_STATE = "server-state after a reload";

    public ServerSwitch(
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
            @Nullable String tail) {
        this(server, backup, transition, up, drain, changedFrom, why, reason, via, fqdn, counts, cut, tail, null);
    }

    /** Whether it says that the server is UP (true) or DOWN (false); null if neither. */
    public @Nullable Boolean saysUp() {
        return switch (transition) {
            case UP -> true;
            case DOWN -> false;
            default -> up;
        };
    }

    /** Whether it tells what the server-state file held, and not of a change. There, maintenance is DOWN too. */
    public boolean carriedOver() {
        return SERVER_STATE.equals(changedFrom);
    }

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
