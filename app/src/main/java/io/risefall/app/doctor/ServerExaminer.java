package io.risefall.app.doctor;

import io.risefall.app.doctor.EndpointProbe.Probed;
import io.risefall.app.doctor.EndpointProbe.Stage;
import io.risefall.query.diagnose.configured.CheckLimit;
import io.risefall.query.diagnose.configured.ConfiguredReach;
import io.risefall.query.diagnose.configured.Secrets;
import io.risefall.query.haproxy.Address;
import io.risefall.query.haproxy.CheckEndpoint;
import io.risefall.query.haproxy.CheckKind;
import io.risefall.query.haproxy.ConfiguredServer;
import io.risefall.query.haproxy.HttpRequest;
import io.risefall.query.text.Printable;
import io.risefall.query.time.Durations;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Goes where the checks of one server go: its name, its port, its certificate, its health endpoint. Used once, by one thread. */
final class ServerExaminer {
    private static final String DNS = "DNS";
    private static final String PORT = "port";
    private static final String ENDPOINT = "health endpoint";
    private static final String OPEN = "open";

    private static final Set<String> HARMLESS_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern STATUS = Pattern.compile("HTTP/\\d\\.\\d [23]\\d\\d.*");

    /** However long HAProxy would wait. */
    private static final long MOST_MILLIS = 5_000;

    private static final long LEAST_MILLIS = 500;
    /** A check that takes more of its limit fails as soon as the server is a little slower. */
    private static final int CLOSE_PERCENT = 80;

    private final ConfiguredServer server;
    private final CheckEndpoint endpoint;
    private final ConfiguredReach reach;
    private final @Nullable CheckLimit limit;
    private final Instant now;
    private final List<Examination> examinations = new ArrayList<>();

    ServerExaminer(ConfiguredServer server, Instant now) {
        this.server = server;
        this.now = now;
        endpoint = server.endpoint();
        reach = new ConfiguredReach(server);
        limit = CheckLimit.of(server).orElse(null);
    }

    List<Examination> examine() {
        Optional<Address> address = endpoint.reachable();
        boolean unix =
                address.filter(known -> known.kind() == Address.Kind.UNIX).isPresent();
        Integer port = endpoint.knownPort().orElse(null);
        if (address.isEmpty() || (port == null && !unix)) {
            unknown(
                    PORT,
                    OPEN,
                    "the configuration does not tell the address",
                    "echo \"show servers state\" to the stats socket");
        } else if (unix) {
            port(probe(null).ofUnix(address.get().host()));
        } else {
            InetAddress host = resolved(address.get().host());
            if (host != null && port != null) {
                probed(host, port);
            }
        }
        return examinations;
    }

    private @Nullable InetAddress resolved(String host) {
        boolean name = !host.contains(":") && !host.matches("[0-9.]+");
        try {
            InetAddress address = InetAddress.getByName(host);
            if (name) {
                ok(DNS, host + " has an address", address.getHostAddress());
            }
            return address;
        } catch (UnknownHostException e) {
            wrong(DNS, host + " has an address", "no such name", "getent ahosts " + Printable.of(host));
            return null;
        }
    }

    private void probed(InetAddress host, int port) {
        HttpRequest request = request();
        Probed probed = probe(request).of(host, port);
        port(probed);
        if (probed.stage() == Stage.CONNECT) {
            return;
        }
        if (probed.stage() == Stage.HANDSHAKE) {
            wrong("TLS", "a handshake", String.valueOf(probed.error()), reach.certificate());
            return;
        }
        if (probed.certificate() != null) {
            examinations.add(CertificateExaminer.examine(
                    probed.certificate(), name(), sni(), now, server.fullName(), reach.certificate()));
        }
        if (request != null) {
            answer(probed);
        }
    }

    /** The name under which the check asks for a certificate, or the name that is configured. */
    private @Nullable String name() {
        String host = endpoint.reachable().map(Address::host).orElse("");
        boolean isName = !host.isEmpty() && !host.contains(":") && !host.matches("[0-9.]+");
        return sni() != null ? sni() : isName ? host : null;
    }

    private @Nullable String sni() {
        return endpoint.sni() == null ? null : endpoint.sni().value();
    }

    /** What can be asked as the check asks it; else null. */
    private @Nullable HttpRequest request() {
        HttpRequest request = endpoint.request();
        if (request == null) {
            return null;
        }
        boolean known = request.method() != null
                && HARMLESS_METHODS.contains(request.method())
                && request.uri() != null
                && request.uri().startsWith("/")
                && !request.body();
        // The certificate is not verified here: over TLS nothing secret is sent.
        boolean sendable = request.headers().stream()
                .allMatch(header -> header.value() != null
                        && (Secrets.mayShow(header.name()) || !endpoint.isTls().orElse(true)));
        if (known && sendable) {
            return request;
        }
        unknown(
                ENDPOINT,
                "a status of 2xx or 3xx",
                "not asked: the request has a body, another method, or what is secret or not in the file",
                reach.request("-v --max-time 5"));
        return null;
    }

    private EndpointProbe probe(@Nullable HttpRequest request) {
        boolean tls = endpoint.isTls().orElse(false);
        return new EndpointProbe(
                tls,
                sni(),
                request,
                bounded(limit == null ? MOST_MILLIS : limit.connectMillis()),
                bounded(limit == null ? MOST_MILLIS : limit.allMillis()));
    }

    private static int bounded(long millis) {
        return (int) Math.max(LEAST_MILLIS, Math.min(MOST_MILLIS, millis));
    }

    private void port(Probed probed) {
        if (probed.stage() == Stage.CONNECT) {
            wrong(PORT, OPEN, Printable.of(String.valueOf(probed.error())), reach.connect());
        } else {
            ok(PORT, OPEN, OPEN);
        }
    }

    private void answer(Probed probed) {
        String expected = "2xx or 3xx" + (limit == null ? "" : " within " + Durations.text(limit.allMillis()));
        String next = reach.request("-v --max-time 5");
        String status = probed.statusLine();
        if (status == null) {
            wrong(ENDPOINT, expected, Printable.of(String.valueOf(probed.error())), next);
            return;
        }
        String found = Printable.of(status.length() > 60 ? status.substring(0, 60) : status) + " in "
                + Durations.text(probed.millis());
        if (!STATUS.matcher(status).matches()) {
            wrong(ENDPOINT, expected, found, next + "   # right if http-check expect asks for it");
        } else if (limit != null && probed.millis() * 100 > limit.allMillis() * CLOSE_PERCENT) {
            wrong(ENDPOINT, expected, found, "raise the limit, or make the answer faster: " + limit.words());
        } else {
            ok(ENDPOINT, expected, found);
        }
    }

    /** Whether its checks go over the network and are HAProxy's own. */
    static boolean isProbed(ConfiguredServer server) {
        return server.isChecked()
                && server.certain()
                && server.track() == null
                && server.endpoint()
                        .does()
                        .filter(kind -> kind != CheckKind.EXTERNAL)
                        .isPresent();
    }

    private void ok(String what, String expected, String found) {
        examinations.add(Examination.ok(what, server.fullName(), expected, found));
    }

    private void wrong(String what, String expected, String found, String next) {
        examinations.add(Examination.wrong(what, server.fullName(), expected, found, next));
    }

    private void unknown(String what, String expected, String found, String next) {
        examinations.add(Examination.unknown(what, server.fullName(), expected, found, next));
    }
}
