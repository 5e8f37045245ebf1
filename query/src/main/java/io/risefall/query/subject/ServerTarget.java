package io.risefall.query.subject;

import io.risefall.query.text.Nearest;
import io.risefall.query.text.Printable;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The servers that a command is about, as {@code PROXY} or {@code PROXY/SERVER}; names of HAProxy have no slash.
 *
 * @param proxy the backend; null: all
 * @param server the server; null: all of the backend
 * @param node the HAProxy host; null: all
 */
public record ServerTarget(
        @Nullable String proxy,
        @Nullable String server,
        @Nullable String node) {
    /** Every server. */
    public static final ServerTarget ALL = new ServerTarget(null, null, null);

    /**
     * Reads {@code PROXY[/SERVER]}.
     *
     * @param words null: all servers
     * @throws IllegalArgumentException with a sentence for whom asked
     */
    public static ServerTarget parse(@Nullable String words, @Nullable String node) {
        if (words == null) {
            return new ServerTarget(null, null, node);
        }
        String[] parts = words.split("/", -1);
        if (parts.length > 2 || List.of(parts).contains("")) {
            throw new IllegalArgumentException(
                    "'" + Printable.of(words) + "' is not PROXY or PROXY/SERVER, such as web/srv1");
        }
        return new ServerTarget(parts[0], parts.length == 1 ? null : parts[1], node);
    }

    /** {@code PROXY[/SERVER]}; null: all servers. */
    public @Nullable String words() {
        return server == null ? proxy : proxy + "/" + server;
    }

    /** As a person reads it. */
    @Override
    public String toString() {
        return (proxy == null ? "all servers" : Printable.of(String.valueOf(words())))
                + (node == null ? "" : " on " + Printable.of(node));
    }

    /**
     * Whether a server is meant.
     *
     * @param ofNode the node that knows it
     * @param name {@code PROXY/SERVER}
     */
    public boolean includes(String ofNode, String name) {
        boolean named = server == null ? proxy == null || name.startsWith(proxy + "/") : name.equals(words());
        return named && (node == null || node.equals(ofNode));
    }

    /**
     * What to say where no server is meant.
     *
     * @param known names of all servers, {@code PROXY/SERVER}
     * @param nodes all nodes
     */
    public String unknown(Collection<String> known, Collection<String> nodes) {
        if (known.isEmpty() || (proxy == null && node == null)) {
            return "no line about a server has been read yet";
        }
        if (node != null && !nodes.contains(node)) {
            return "no line is from a node " + Printable.of(node) + Nearest.hint(node, nodes);
        }
        if (proxy == null) {
            return "no line of " + Printable.of(String.valueOf(node)) + " is about a server";
        }
        if (server == null) {
            List<String> proxies = known.stream()
                    .map(name -> name.substring(0, name.indexOf('/')))
                    .distinct()
                    .toList();
            return "no line is about a backend " + Printable.of(proxy) + Nearest.hint(proxy, proxies);
        }
        return "no line is about a server " + this + Nearest.hint(String.valueOf(words()), known);
    }
}
