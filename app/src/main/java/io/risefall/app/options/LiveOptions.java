package io.risefall.app.options;

import io.risefall.app.process.CommandException;
import io.risefall.ingest.file.FilePattern;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.network.AllowedSenders;
import io.risefall.ingest.network.NetworkSource;
import io.risefall.ingest.network.StandardInput;
import io.risefall.ingest.network.relp.Relp;
import io.risefall.ingest.network.ring.HaproxyRing;
import io.risefall.ingest.network.stats.StatsAddress;
import io.risefall.ingest.network.syslog.SyslogTcp;
import io.risefall.ingest.network.syslog.SyslogUdp;
import io.risefall.ingest.network.syslog.SyslogUnix;
import io.risefall.ingest.network.tls.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Live sources: followed files and network listeners. */
public final class LiveOptions {
    /** The options that locate a source, for people. */
    static final String LOCATIONS = "tail, syslog-udp, syslog-tcp, syslog-tls, syslog-unix, relp or haproxy";

    private static final Pattern RING = Pattern.compile("[A-Za-z0-9_.:-]+");
    private static final String STDIN = "-";
    private static final Path DEFAULT_LOG = Path.of("/var/log/haproxy.log");
    private static final HostPort DEFAULT_ADDRESS = new HostPort("127.0.0.1", 5514);

    @Option(
            names = "--tail",
            paramLabel = "FILE",
            description = "follow this log file across rotations, or all files that match a quoted pattern, such as "
                    + "'/var/log/haproxy*.log', or - for standard input; repeatable")
    private List<String> tails = new ArrayList<>();

    @Option(
            names = "--syslog-udp",
            paramLabel = "HOST:PORT",
            converter = HostPort.Converter.class,
            description = "listen for syslog over UDP; repeatable")
    private List<HostPort> udp = new ArrayList<>();

    @Option(
            names = "--syslog-tcp",
            paramLabel = "HOST:PORT",
            converter = HostPort.Converter.class,
            description = "listen for syslog over TCP; repeatable")
    private List<HostPort> tcp = new ArrayList<>();

    @Option(
            names = "--syslog-tls",
            paramLabel = "HOST:PORT",
            converter = HostPort.Converter.class,
            description = "listen for syslog over TLS (RFC 5425); needs --tls-certificate and --tls-key; repeatable")
    private List<HostPort> tls = new ArrayList<>();

    @Option(
            names = "--relp",
            paramLabel = "HOST:PORT",
            converter = HostPort.Converter.class,
            description =
                    "listen for RELP, as sent by rsyslog's omrelp; over TLS if --tls-certificate and --tls-key are given; "
                            + "repeatable")
    private List<HostPort> relp = new ArrayList<>();

    @Option(
            names = "--syslog-unix",
            paramLabel = "PATH",
            description = "listen for syslog on this unix socket, such as /run/risefall.sock; repeatable")
    private List<Path> unix = new ArrayList<>();

    @Option(
            names = "--haproxy",
            paramLabel = "PATH|HOST:PORT",
            converter = StatsAddressConverter.class,
            description =
                    "follow the ring of HAProxy at this stats socket, such as /run/haproxy/admin.sock, also TCP on loopback; "
                            + "repeatable")
    private List<StatsAddress> haproxies = new ArrayList<>();

    @Option(
            names = "--haproxy-ring",
            paramLabel = "NAME",
            defaultValue = HaproxyRing.USUAL,
            description = "the ring of --haproxy: the name of its section (default: ${DEFAULT-VALUE})")
    private String ring = HaproxyRing.USUAL;

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "PEM file with the server certificate and its intermediate certificates")
    private @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "PEM file with the private key of --tls-certificate")
    private @Nullable Path key;

    @Option(
            names = "--tls-client-ca",
            paramLabel = "FILE",
            description =
                    "PEM file with certificate authorities; TLS senders must present a certificate signed by one of them")
    private @Nullable Path clientAuthority;

    @Option(
            names = "--allow",
            paramLabel = "NETWORK",
            converter = NetworkConverter.class,
            description =
                    "allowed sender network for UDP, TCP, TLS and RELP, such as 10.0.0.0/8 or 192.0.2.7; repeatable "
                            + "(default: all)")
    private List<String> allowed = new ArrayList<>();

    @Option(
            names = "--proxy-protocol",
            description =
                    "require a PROXY protocol header on TCP and TLS connections, as sent by HAProxy with send-proxy; "
                            + "connections without one are refused")
    private boolean proxyProtocol;

    public boolean isEmpty() {
        return tails.isEmpty()
                && udp.isEmpty()
                && tcp.isEmpty()
                && tls.isEmpty()
                && relp.isEmpty()
                && unix.isEmpty()
                && haproxies.isEmpty();
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
        haproxies.forEach(address -> network.add(new HaproxyRing(address, ringName(), lines)));
        if (tails.contains(STDIN)) {
            network.add(new StandardInput(lines));
        }
        return network;
    }

    /** It becomes a word of a command. */
    private String ringName() {
        if (!RING.matcher(ring).matches()) {
            throw new CommandException(
                    "'" + ring + "' is not a name of HAProxy: give --haproxy-ring as it stands in haproxy.cfg");
        }
        return ring;
    }

    private Tls certificates() {
        if (certificate == null || key == null) {
            throw new CommandException("TLS needs --tls-certificate FILE and --tls-key FILE");
        }
        return new Tls(certificate, key, clientAuthority);
    }

    /** Without any source: follows the default log and listens on the default address. */
    public void useDefaults() {
        if (!isEmpty()) {
            return;
        }
        if (Files.isReadable(DEFAULT_LOG)) {
            tails = List.of(DEFAULT_LOG.toString());
        }
        udp = List.of(DEFAULT_ADDRESS);
        tcp = List.of(DEFAULT_ADDRESS);
    }

    /** Rejects an invalid network while options are parsed, so that the error names the option. */
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
