package io.risefall.query.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask: those who show the token, from a program. A page in a browser may not, even if it found out the token: it
 * sends an Origin, or a Host that is not this one's.
 *
 * @param token what a request must show
 * @param tokenPlace where it stands, for those who have it not
 * @param host the name under which it listens
 */
public record Gate(String token, String tokenPlace, String host) {
    private static final List<String> LOOPBACK_NAMES = List.of("127.0.0.1", "localhost", "[::1]");
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /** @return why it may not; null where it may */
    @Nullable Answer refusal(HttpHeaders headers) {
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        if (hosts.size() != 1 || !isThisHost(hosts.get(0))) {
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

    private boolean isThisHost(String given) {
        String name = given.replaceFirst(":\\d+$", "");
        return LOOPBACK_NAMES.contains(name) || name.equals(host);
    }

    private boolean isToken(String shown) {
        return MessageDigest.isEqual(
                shown.getBytes(StandardCharsets.UTF_8), ("Bearer " + token).getBytes(StandardCharsets.UTF_8));
    }
}
