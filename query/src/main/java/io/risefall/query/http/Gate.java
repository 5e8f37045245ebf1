package io.risefall.query.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets programs ask that show the token. A page in a browser may not, even if it found out the token: it sends an Origin, or a
 * Host that is not this one's.
 *
 * @param token what a request must show
 * @param tokenPlace where it stands, for those who have it not
 * @param hosts the names of this host
 */
public record Gate(String token, String tokenPlace, HostNames hosts) implements Guard {
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    @Override
    public @Nullable Answer refusal(HttpRequest request, String remote) {
        HttpHeaders headers = request.headers();
        if (!hosts.isHere(headers)) {
            return Answer.text(FORBIDDEN, "wrong Host header");
        }
        if (headers.contains(HttpHeaderNames.ORIGIN)) {
            return Answer.text(FORBIDDEN, "not for pages in a browser: the request has an Origin header");
        }
        List<String> shown = headers.getAll(HttpHeaderNames.AUTHORIZATION);
        if (shown.size() != 1 || !isToken(shown.get(0))) {
            return Answer.text(UNAUTHORIZED, "missing or wrong token; the token is in " + tokenPlace);
        }
        return null;
    }

    private boolean isToken(String shown) {
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }
}
