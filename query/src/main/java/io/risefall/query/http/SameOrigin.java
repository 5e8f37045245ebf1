package io.risefall.query.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets browsers ask that show pages of this server. Anybody's link may lead to a page, so reading needs the right Host only; what
 * does something must come from a page of this server, as its Origin says.
 *
 * @param hosts the names of this host
 */
public record SameOrigin(HostNames hosts) implements Guard {
    private static final int FORBIDDEN = 403;

    @Override
    public @Nullable Answer refusal(HttpRequest request, String remote) {
        Answer elsewhere = hostRefusal(request);
        if (elsewhere != null) {
            return elsewhere;
        }
        return reads(request) || isFromHere(request.headers())
                ? null
                : Answer.text(FORBIDDEN, "not from a page of this server");
    }

    /** Whether a request changes nothing. */
    public static boolean reads(HttpRequest request) {
        return HttpMethod.GET.equals(request.method()) || HttpMethod.HEAD.equals(request.method());
    }

    /** As above, of the Host alone. */
    public @Nullable Answer hostRefusal(HttpRequest request) {
        if (!hosts.isHere(request.headers())) {
            return Answer.text(
                    FORBIDDEN,
                    "wrong Host header: this page is at " + String.join(", ", hosts.names())
                            + "; behind a proxy, let it pass that host on, or name the one that people use: --http-host NAME");
        }
        return null;
    }

    private static boolean isFromHere(HttpHeaders headers) {
        List<String> origins = headers.getAll(HttpHeaderNames.ORIGIN);
        String host = headers.get(HttpHeaderNames.HOST);
        try {
            return origins.size() == 1 && host.equals(URI.create(origins.get(0)).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
