package io.risefall.query.haproxy;

import org.jspecify.annotations.Nullable;

/**
 * {@code http-check connect} or {@code tcp-check connect}, the first of them.
 *
 * @param likeServer {@code default}: TLS as the server line says
 * @param port null: not said
 */
record CheckConnection(
        Place place,
        boolean likeServer,
        boolean tls,
        @Nullable Configured<Integer> port,
        @Nullable Configured<Address> address,
        @Nullable Configured<String> sni) {
    /** @param line what follows {@code connect} */
    static CheckConnection of(ConfigLine line) {
        boolean likeServer = false;
        boolean tls = false;
        Configured<Integer> port = null;
        Configured<Address> address = null;
        Configured<String> sni = null;
        int at = 0;
        while (at < line.words().size()) {
            Word value = line.word(at + 1);
            switch (line.text(at)) {
                case "default" -> likeServer = true;
                case "ssl" -> tls = true;
                case "port" -> {
                    boolean number = value.text().matches("\\d{1,5}");
                    port = number
                            ? line.sets(value, Integer.valueOf(value.text()))
                            : new Configured<>(null, line.place());
                    at++;
                }
                case "addr" -> {
                    address = line.sets(value, Address.parse(line, value.text(), "addr"));
                    at++;
                }
                case "sni" -> {
                    sni = line.sets(value, value.text());
                    at++;
                }
                case "alpn", "proto", "comment" -> at++;
                default -> {
                    // send-proxy, via-socks4, linger
                }
            }
            at++;
        }
        return new CheckConnection(line.place(), likeServer, tls, port, address, sni);
    }
}
