package io.risefall.schemas.key;

import io.risefall.schemas.Topics;
import java.util.HexFormat;

/**
 * The key of {@link Topics#EVENTS}: all that one node says of one proxy. As text {@code node/proxy}, with {@code %} and
 * {@code /} of the node escaped ({@code %25}, {@code %2F}), and control characters, which no real host has.
 */
public record HealthKey(String node, String proxy) {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    @Override
    public String toString() {
        return escape(node) + "/" + proxy;
    }

    /** A node's name as it stands in a key: without a slash, and without control characters, of which one separates parts of longer keys. */
    public static String escape(String node) {
        for (int i = 0; i < node.length(); i++) {
            if (isEscaped(node.charAt(i))) {
                return escaped(node);
            }
        }
        return node;
    }

    private static boolean isEscaped(char letter) {
        return letter == '%' || letter == '/' || Character.isISOControl(letter);
    }

    private static String escaped(String node) {
        StringBuilder escaped = new StringBuilder(node.length() + 16);
        for (int i = 0; i < node.length(); i++) {
            char letter = node.charAt(i);
            if (isEscaped(letter)) {
                escaped.append('%').append(HEX.toHexDigits((byte) letter));
            } else {
                escaped.append(letter);
            }
        }
        return escaped.toString();
    }
}
