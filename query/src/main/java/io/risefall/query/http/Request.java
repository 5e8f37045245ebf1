package io.risefall.query.http;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A request that has come in whole. */
public final class Request {
    private final String uri;
    private final byte[] body;
    private final CompletableFuture<Void> abandoned = new CompletableFuture<>();

    Request(String uri, byte[] body) {
        this.uri = uri;
        this.body = body;
    }

    /** What follows the question mark, of each name the first; an {@link IllegalArgumentException} where it is no such thing. */
    public Map<String, String> parameters() {
        Map<String, String> parameters = new LinkedHashMap<>();
        new QueryStringDecoder(uri).parameters().forEach((name, values) -> parameters.put(name, values.get(0)));
        return parameters;
    }

    public byte[] body() {
        return body;
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Completes when the client has gone away: nobody waits for the answer any more. */
    public CompletableFuture<Void> abandoned() {
        return abandoned;
    }
}
