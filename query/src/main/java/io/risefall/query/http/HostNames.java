package io.risefall.query.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/**
 * The names under which this server may be asked. A page of another origin can make a browser connect to it, by a name of its
 * own that it points here; the Host header tells.
 *
 * @param bound the name or address at which it listens
 */
public record HostNames(String bound) {
    private static final List<String> LOOPBACK = List.of("127.0.0.1", "localhost", "[::1]");

    /** Whether the request says exactly one host, and that is this one. */
    boolean isHere(HttpHeaders headers) {
        List<String> hosts = headers.getAll(HttpHeaderNames.HOST);
        return hosts.size() == 1 && isHere(hosts.get(0));
    }

    private boolean isHere(String given) {
        String name = given.replaceFirst(":\\d+$", "");
        return LOOPBACK.contains(name) || name.equals(bound);
    }
}
