package io.risefall.ingest.line.header;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The node of a line: the one configured for the source, else the header's host, else, if that is missing or
 * meaningless, the sender's address. Keeps the last host's name, since most sources have one. Used by one thread.
 */
public final class NodeNames {
    private static final String LOCALHOST = "localhost";
    private static final byte[] LOCAL = LOCALHOST.getBytes(StandardCharsets.US_ASCII);

    private final @Nullable String fixed;
    private byte[] lastBytes = {};
    private String lastHost = "";

    public NodeNames(@Nullable String fixed) {
        this.fixed = fixed;
    }

    public String of(Envelope envelope, @Nullable String sender) {
        if (fixed != null) {
            return fixed;
        }
        if (isNamedBy(envelope)) {
            return host(envelope.bytes, envelope.hostFrom, envelope.hostTo);
        }
        return sender == null ? LOCALHOST : address(sender);
    }

    /** Whether the line or the settings of its source name the node. */
    public boolean isNamedBy(Envelope envelope) {
        return fixed != null || envelope.hasHost() && isName(envelope.bytes, envelope.hostFrom, envelope.hostTo);
    }

    /** Whether {@code bytes[from, to)} names a host, rather than {@code -} or {@code localhost}. */
    static boolean isName(byte[] bytes, int from, int to) {
        return !(to - from == 1 && bytes[from] == '-') && !Arrays.equals(bytes, from, to, LOCAL, 0, LOCAL.length);
    }

    private String host(byte[] bytes, int from, int to) {
        if (!Arrays.equals(bytes, from, to, lastBytes, 0, lastBytes.length)) {
            lastBytes = Arrays.copyOfRange(bytes, from, to);
            lastHost = new String(lastBytes, StandardCharsets.UTF_8);
        }
        return lastHost;
    }

    /** {@code 10.0.0.1} of {@code 10.0.0.1:5514}, {@code ::1} of {@code [::1]:5514}; an address without port as it is. */
    static String address(String sender) {
        int bracket = sender.indexOf(']');
        if (sender.startsWith("[") && bracket > 0) {
            return sender.substring(1, bracket);
        }
        int colon = sender.indexOf(':');
        boolean onlyOne = colon > 0 && sender.indexOf(':', colon + 1) < 0;
        return onlyOne ? sender.substring(0, colon) : sender;
    }
}
