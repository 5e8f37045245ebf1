package io.risefall.schemas.key;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;

/**
 * A server as HAProxy names it: {@code proxy/server}. Names are made of {@code A-Z a-z 0-9 - _ . :}, so the text splits
 * at its only slash.
 */
public record ServerName(String proxy, String server) implements Comparable<ServerName> {
    public ServerName {
        Objects.requireNonNull(proxy, "proxy");
        Objects.requireNonNull(server, "server");
    }

    /** Reads {@code proxy/server}; the text must hold a slash. */
    @JsonCreator
    public static ServerName parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("not a proxy/server: " + text);
        }
        return new ServerName(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(ServerName other) {
        int byProxy = proxy.compareTo(other.proxy);
        return byProxy != 0 ? byProxy : server.compareTo(other.server);
    }

    @Override
    @JsonValue
    public String toString() {
        return proxy + "/" + server;
    }
}
