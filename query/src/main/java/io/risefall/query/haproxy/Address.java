package io.risefall.query.haproxy;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An address as HAProxy reads it ({@code str2sa_range} in {@code tools.c}).
 *
 * @param kind how it is reached
 * @param host an IP address without brackets, or a name; of {@link Kind#UNIX} the path; empty: any
 * @param port null: none, or one that depends on the client's, as {@code +100} does
 */
public record Address(Kind kind, String host, @Nullable Integer port) {
    private static final Set<String> INTERNET = Set.of(
            "ipv4", "ipv6", "tcp", "tcp4", "tcp6", "udp", "udp4", "udp6", "quic4", "quic6", "mptcp", "mptcp4",
            "mptcp6");
    private static final Set<String> STREAM = Set.of("tcp", "tcp4", "tcp6");
    private static final int LAST_PORT = 65_535;

    /** How an address is reached. */
    public enum Kind {
        INTERNET,
        /** As {@link #INTERNET}, and a log is sent by TCP. */
        STREAM,
        UNIX,
        /** A descriptor, an abstract socket, and the like: nothing that a command reaches. */
        OTHER
    }

    /** @param keyword for the message about what is no address */
    static Address parse(ConfigLine line, String text, String keyword) {
        int at = text.indexOf('@');
        String prefix = at < 0 ? "" : text.substring(0, at);
        String rest = text.substring(at + 1);
        if (prefix.isEmpty()
                ? rest.startsWith("/")
                : prefix.equals("unix") || prefix.equals("uxst") || prefix.equals("uxdg")) {
            return new Address(Kind.UNIX, rest, null);
        }
        if (!prefix.isEmpty() && !INTERNET.contains(prefix)) {
            return new Address(Kind.OTHER, text, null);
        }
        int colon = rest.lastIndexOf(':');
        boolean hasPort = colon >= 0 && colon > rest.lastIndexOf(']');
        String host = hasPort ? rest.substring(0, colon) : rest;
        if (host.startsWith("[") && host.endsWith("]")) {
            host = host.substring(1, host.length() - 1);
        }
        return new Address(
                STREAM.contains(prefix) ? Kind.STREAM : Kind.INTERNET,
                host.equals("*") ? "" : host,
                hasPort ? port(line, rest.substring(colon + 1), keyword) : null);
    }

    private static @Nullable Integer port(ConfigLine line, String text, String keyword) {
        // +100 and -100 are counted from the port of the client's connection; a log may have a range.
        if (text.isEmpty() || text.startsWith("+") || text.startsWith("-")) {
            return null;
        }
        return port(line, new Word(text, true), keyword);
    }

    static int port(ConfigLine line, Word word, String keyword) {
        return number(line, word, keyword, LAST_PORT, "a port");
    }

    static int number(ConfigLine line, Word word, String keyword, int most, String what) {
        if (!word.known()) {
            return 0;
        }
        if (!word.text().matches("\\d{1,9}") || Integer.parseInt(word.text()) > most) {
            throw line.place().wrong(keyword + " must be " + what + ", from 0 to " + most);
        }
        return Integer.parseInt(word.text());
    }

    /** As {@code HOST:PORT} in a URI: IPv6 in brackets. */
    public String inUri() {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
