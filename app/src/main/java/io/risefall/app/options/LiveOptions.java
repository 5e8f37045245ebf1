package io.risefall.app.options;

import io.risefall.app.process.Failure;
import io.risefall.ingest.file.FilePattern;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.network.AllowedSenders;
import io.risefall.ingest.network.NetworkSource;
import io.risefall.ingest.network.StandardInput;
import io.risefall.ingest.network.relp.Relp;
import io.risefall.ingest.network.syslog.SyslogTcp;
import io.risefall.ingest.network.syslog.SyslogUdp;
import io.risefall.ingest.network.syslog.SyslogUnix;
import io.risefall.ingest.network.tls.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Where lines come from while they are written. */
public final class LiveOptions {
    /** Words for people: what says where a source is. */
    static final String WHERE = "tail, syslog-udp, syslog-tcp, syslog-tls, syslog-unix or relp";

    private static final String STDIN = "-";
    private static final Path USUAL_LOG = Path.of("/var/log/haproxy.log");
    private static final HostPort USUAL_ADDRESS = new HostPort("127.0.0.1", 5514);

    @Option(
            names = "--tail",
            paramLabel = "FILE",
            description = "follow this log file, over rotations, or all that a quoted pattern fits, such as "
                    + "'/var/log/haproxy*.log', or - for standard input; several times for several")
    List<String> tails = new ArrayList<>();

    @Option(
            names = "--syslog-udp",
            paramLabel = "HOST:PORT",
            converter = HostPort.Converter.class,
            description = "listen for syslog over UDP; several times for several")
    List<HostPort> udp = new ArrayList<>();

    @Option(
            names = "--syslog-tcp",
            paramLabel = "HOST:PORT",
            converter = HostPort.Converter.class,
            description = "listen for syslog over TCP; several times for several")
    List<HostPort> tcp = new ArrayList<>();

    @Option(
            names = "--syslog-tls",
            paramLabel = "HOST:PORT",
            converter = HostPort.Converter.class,
            description =
                    "listen for syslog over TLS (RFC 5425), with --tls-certificate and --tls-key; several times for "
                            + "several")
    List<HostPort> tls = new ArrayList<>();

    @Option(
            names = "--relp",
            paramLabel = "HOST:PORT",
            converter = HostPort.Converter.class,
            description =
                    "listen for RELP, as rsyslog's omrelp sends it: over TLS where --tls-certificate and --tls-key "
                            + "are given; several times for several")
    List<HostPort> relp = new ArrayList<>();

    @Option(
            names = "--syslog-unix",
            paramLabel = "PATH",
            description = "listen for syslog at this unix socket, as /run/risefall.sock; several times for several")
    List<Path> unix = new ArrayList<>();

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "PEM file with the certificate to show, and those between it and its authority")
    @Nullable Path certificate;

    @Option(names = "--tls-key", paramLabel = "FILE", description = "PEM file with its private key, PKCS#8")
    @Nullable Path key;

    @Option(
            names = "--tls-client-ca",
            paramLabel = "FILE",
            description = "PEM file with authorities; senders over TLS must show a certificate that one of them signed")
    @Nullable Path clientAuthority;

    @Option(
            names = "--allow",
            paramLabel = "NETWORK",
            converter = NetworkConverter.class,
            description =
                    "who may send over UDP, TCP, TLS and RELP, such as 10.0.0.0/8 or 192.0.2.7; several times for several "
                            + "(default: everybody)")
    List<String> allowed = new ArrayList<>();

    @Option(
            names = "--proxy-protocol",
            description =
                    "connections over TCP and TLS begin with a header of the PROXY protocol, as behind HAProxy with "
                            + "send-proxy; others are refused")
    boolean proxyProtocol;

    public boolean isEmpty() {
        return tails.isEmpty() && udp.isEmpty() && tcp.isEmpty() && tls.isEmpty() && relp.isEmpty() && unix.isEmpty();
    }

    List<FileSource> files(SourceOptions source) {
        return tails.stream()
                .filter(tail -> !tail.equals(STDIN) && !FilePattern.isPattern(tail))
                .map(tail -> new FileSource(Path.of(tail), source.lines()))
                .toList();
    }

    List<FilePattern> patterns(SourceOptions source) {
        return tails.stream()
                .filter(FilePattern::isPattern)
                .map(tail -> new FilePattern(tail, source.lines()))
                .toList();
    }

    List<NetworkSource> network(SourceOptions source) {
        LineDefaults lines = source.lines();
        List<NetworkSource> network = new ArrayList<>();
        udp.forEach(address -> network.add(new SyslogUdp(address.address(), AllowedSenders.of(allowed), lines)));
        tcp.forEach(address ->
                network.add(new SyslogTcp(address.address(), AllowedSenders.of(allowed), null, proxyProtocol, lines)));
        tls.forEach(address -> network.add(
                new SyslogTcp(address.address(), AllowedSenders.of(allowed), certificates(), proxyProtocol, lines)));
        relp.forEach(address -> network.add(new Relp(
                address.address(),
                AllowedSenders.of(allowed),
                certificate == null && key == null ? null : certificates(),
                lines)));
        unix.forEach(path -> network.add(new SyslogUnix(path, lines)));
        if (tails.contains(STDIN)) {
            network.add(new StandardInput(lines));
        }
        return network;
    }

    private Tls certificates() {
        if (certificate == null || key == null) {
            throw new Failure("TLS needs --tls-certificate FILE and --tls-key FILE");
        }
        return new Tls(certificate, key, clientAuthority);
    }

    /** Without any source: the usual ones. */
    public void assumeUsual() {
        if (!isEmpty()) {
            return;
        }
        if (Files.isReadable(USUAL_LOG)) {
            tails = List.of(USUAL_LOG.toString());
        }
        udp = List.of(USUAL_ADDRESS);
        tcp = List.of(USUAL_ADDRESS);
    }

    /** Refuses what is no network when it is read, so that the error names the option. */
    static final class NetworkConverter implements ITypeConverter<String> {
        @Override
        public String convert(String value) {
            try {
                return AllowedSenders.of(List.of(value)).networks().get(0);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
