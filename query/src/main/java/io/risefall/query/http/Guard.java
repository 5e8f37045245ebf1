package io.risefall.query.http;

import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Who may ask at a {@link Route}: decided from the head of a request, before its body is read. Called by the server's one thread. */
public interface Guard {
    /** Everybody. */
    Guard OPEN = (request, remote) -> null;

    /**
     * Whether a request may go on.
     *
     * @param remote the address of who asks, or of the proxy in front
     * @return why it is refused; null where it may go on
     */
    @Nullable Answer refusal(HttpRequest request, String remote);
}
