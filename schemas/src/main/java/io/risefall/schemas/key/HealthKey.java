package io.risefall.schemas.key;

import io.risefall.schemas.Topics;

/**
 * The key of {@link Topics#EVENTS}: all that one node says of one proxy. As text {@code node/proxy}, with {@code %} and
 * {@code /} of the node escaped ({@code %25}, {@code %2F}).
 */
public record HealthKey(String node, String proxy) {

    @Override
    public String toString() {
        return escape(node) + "/" + proxy;
    }

    /** A node's name as it stands in a key: without a slash. */
    public static String escape(String node) {
        return node.indexOf('%') < 0 && node.indexOf('/') < 0
                ? node
                : node.replace("%", "%25").replace("/", "%2F");
    }
}
