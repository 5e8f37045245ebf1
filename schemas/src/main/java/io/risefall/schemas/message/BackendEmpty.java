package io.risefall.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.ServerName;
import org.jspecify.annotations.Nullable;

/**
 * {@code backend P has no server available!}: nothing serves this proxy any more.
 *
 * @param proxy its name
 * @param proxyKind {@code backend}, or {@code proxy} for a listen section
 * @param form which spelling, so that rendering gives the same bytes: null for the log's; {@link #QUOTED} for the copy
 *     on stderr, {@code backend 'P' …}; for a line that was cut, what stands after {@code has no server}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackendEmpty(
        String proxy, String proxyKind, @Nullable String form) implements HealthMessage {
    /** The {@link #form} of the copy on stderr. */
    public static final String QUOTED = "quoted";

    public BackendEmpty(String proxy, String proxyKind) {
        this(proxy, proxyKind, null);
    }

    @Override
    public Kind kind() {
        return Kind.BACKEND_EMPTY;
    }

    @Override
    public @Nullable ServerName serverName() {
        return null;
    }
}
