package io.risefall.app;

import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.LineDefaults;
import io.risefall.ingest.network.NetworkSource;
import io.risefall.ingest.network.SyslogTcp;
import io.risefall.ingest.network.SyslogUdp;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Where lines come from while they are written. */
final class LiveOptions {
    /** Words for people: what says where a source is. */
    static final String WHERE = "tail, syslog-udp or syslog-tcp";

    private static final Path USUAL_LOG = Path.of("/var/log/haproxy.log");
    private static final HostPort USUAL_ADDRESS = new HostPort("127.0.0.1", 5514);

    @Option(
            names = "--tail",
            paramLabel = "FILE",
            description = "follow this log file, over rotations; several times for several")
    List<Path> tails = new ArrayList<>();

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

    boolean isEmpty() {
        return tails.isEmpty() && udp.isEmpty() && tcp.isEmpty();
    }

    List<FileSource> files(SourceOptions source) {
        return tails.stream().map(tail -> new FileSource(tail, source.lines())).toList();
    }

    List<NetworkSource> network(SourceOptions source) {
        LineDefaults lines = source.lines();
        List<NetworkSource> network = new ArrayList<>();
        udp.forEach(address -> network.add(new SyslogUdp(address.address(), lines)));
        tcp.forEach(address -> network.add(new SyslogTcp(address.address(), lines)));
        return network;
    }

    /** Without any source: the usual ones. */
    void assumeUsual() {
        if (!isEmpty()) {
            return;
        }
        if (Files.isReadable(USUAL_LOG)) {
            tails = List.of(USUAL_LOG);
        }
        udp = List.of(USUAL_ADDRESS);
        tcp = List.of(USUAL_ADDRESS);
    }
}
