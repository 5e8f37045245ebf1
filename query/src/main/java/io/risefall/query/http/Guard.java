package io.risefall.query.http;

import io.netty.handler.codec.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/** Who may ask at a {@link Route}: decided from the head of a request, before its body is read. Called by the server's one thread. */
public interface Guard {
    /** Everybody. */
    Guard OPEN = request -> null;

    /** @return why it is refused; null where it may go on */
    @Nullable Answer refusal(HttpRequest request);
}
