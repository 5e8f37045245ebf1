package io.risefall.schemas;

import org.jspecify.annotations.Nullable;

/**
 * {@code backend P has no server available!}: nothing serves this proxy any more.
 *
 * @param proxy its name
 * @param proxyKind {@code backend}, or {@code proxy} for a listen section
 */
public record BackendEmpty(String proxy, String proxyKind) implements HealthMessage {
    @Override
    public Kind kind() {
        return Kind.BACKEND_EMPTY;
    }

    @Override
    public @Nullable ServerName serverName() {
        return null;
    }
}
