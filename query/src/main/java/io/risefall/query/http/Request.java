package io.risefall.query.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A request that has come in whole. */
public final class Request {
    private final String remote;
    private final String route;
    private final String uri;
    private final HttpHeaders headers;
    private final byte[] body;
    private final CompletableFuture<Void> abandoned = new CompletableFuture<>();

    Request(String remote, String route, String uri, HttpHeaders headers, byte[] body) {
        this.remote = remote;
        this.route = route;
        this.uri = uri;
        this.headers = headers;
        this.body = body;
    }

    /** What follows the path of its {@link Route}, decoded: a/b%2Fc is a and b/c. */
    public List<String> rest() {
        String path = new QueryStringDecoder(uri).rawPath();
        if (path.length() <= route.length()) {
            return List.of();
        }
        return decoded(() -> Arrays.stream(path.substring(route.length()).split("/", -1))
                .map(QueryStringDecoder::decodeComponent)
                .toList());
    }

    /** The address of who asks, or of the proxy in front. */
    public String remote() {
        return remote;
    }

    /** The first header of a name, in whatever case. */
    public @Nullable String header(String name) {
        return headers.get(name);
    }

    /** What follows the question mark, of each name the first; an {@link IllegalArgumentException} where it is no such thing. */
    public Map<String, String> parameters() {
        return firsts(decoded(new QueryStringDecoder(uri)::parameters));
    }

    /** The fields of a form that was sent, of each name the first; an {@link IllegalArgumentException} where it is no such thing. */
    public Map<String, String> form() {
        return firsts(fields());
    }

    /** As {@link #form}, all of each name. */
    public Map<String, List<String>> fields() {
        return decoded(new QueryStringDecoder(text(), false)::parameters);
    }

    private static Map<String, String> firsts(Map<String, List<String>> all) {
        Map<String, String> firsts = new LinkedHashMap<>();
        all.forEach((name, values) -> firsts.put(name, values.get(0)));
        return firsts;
    }

    /** The decoder's own message has all that was sent in it, and whoever sent it may not be who reads it. */
    private static <T> T decoded(Supplier<T> decoding) {
        try {
            return decoding.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "a % stands before something else than two hexadecimal digits; write it as %25", e);
        }
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
