package io.risefall.query.haproxy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a check connects to, and what it asks.
 *
 * @param address without its port
 * @param port null: the configuration has none, or one that depends on the client's
 * @param tls null: no
 * @param sni null: none
 * @param kind null: only connects
 * @param request null: none
 */
public record CheckEndpoint(
        Configured<Address> address,
        @Nullable Configured<Integer> port,
        @Nullable Configured<Boolean> tls,
        @Nullable Configured<String> sni,
        @Nullable Configured<CheckKind> kind,
        @Nullable HttpRequest request) {

    /** As HAProxy chooses ({@code tcpcheck_eval_connect} in {@code tcpcheck.c}). */
    static CheckEndpoint of(Configured<Address> server, ServerSettings settings, CheckRules rules) {
        CheckConnection connect = rules.connection();
        return new CheckEndpoint(
                connect != null && connect.address() != null
                        ? connect.address()
                        : settings.checkAddress != null ? settings.checkAddress : server,
                port(server, settings, connect),
                tls(settings, connect),
                connect != null && connect.sni() != null ? connect.sni() : settings.checkSni,
                rules.kind,
                rules.kind != null && rules.kind.value() == CheckKind.HTTP ? rules.request() : null);
    }

    private static @Nullable Configured<Integer> port(
            Configured<Address> server, ServerSettings settings, @Nullable CheckConnection connect) {
        if (connect != null && connect.port() != null) {
            return connect.port();
        }
        Configured<Integer> port = connect == null ? null : portOf(connect.address());
        if (port == null) {
            port = settings.checkPort;
        }
        if (port == null) {
            port = portOf(settings.checkAddress);
        }
        return port == null ? portOf(server) : port;
    }

    static @Nullable Configured<Integer> portOf(@Nullable Configured<Address> address) {
        if (address == null) {
            return null;
        }
        Address known = address.value();
        return known == null
                ? new Configured<>(null, address.place())
                : known.port() == null ? null : new Configured<>(known.port(), address.place());
    }

    /** Where a check has a port or an address of its own, it is plain unless {@code check-ssl} says otherwise. */
    private static @Nullable Configured<Boolean> tls(ServerSettings settings, @Nullable CheckConnection connect) {
        if (connect != null && !connect.likeServer()) {
            return new Configured<>(connect.tls(), connect.place());
        }
        if (settings.checkTls != null) {
            return settings.checkTls;
        }
        return settings.checkPort == null && settings.checkAddress == null ? settings.tls : null;
    }

    /** The address, where it is known and something that a command can reach. */
    public Optional<Address> reachable() {
        return address.known()
                .filter(known ->
                        known.kind() != Address.Kind.OTHER && !known.host().isEmpty());
    }

    /** The port, where it is known. */
    public Optional<Integer> knownPort() {
        return port == null ? Optional.empty() : port.known();
    }

    /** Whether it is TLS; empty: not known. */
    public Optional<Boolean> isTls() {
        return tls == null ? Optional.of(false) : tls.known();
    }

    /** What it does; empty: not known. */
    public Optional<CheckKind> does() {
        return kind == null ? Optional.of(CheckKind.CONNECT) : kind.known();
    }
}
