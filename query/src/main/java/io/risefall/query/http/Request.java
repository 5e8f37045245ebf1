package io.risefall.query.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
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
        return Arrays.stream(path.substring(route.length()).split("/", -1))
                .map(QueryStringDecoder::decodeComponent)
                .toList();
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
        Map<String, String> parameters = new LinkedHashMap<>();
        new QueryStringDecoder(uri).parameters().forEach((name, values) -> parameters.put(name, values.get(0)));
        return parameters;
    }

    /** The fields of a form that was sent, of each name the first; an {@link IllegalArgumentException} where it is no such thing. */
    public Map<String, String> form() {
        Map<String, String> form = new LinkedHashMap<>();
        new QueryStringDecoder(text(), false).parameters().forEach((name, values) -> form.put(name, values.get(0)));
        return form;
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
