package io.risefall.app.runtime;

import io.risefall.app.options.HostPort;
import io.risefall.ingest.network.NetworkSource;
import io.risefall.ingest.network.relp.Relp;
import io.risefall.ingest.network.ring.HaproxyRing;
import io.risefall.ingest.network.syslog.SyslogTcp;
import io.risefall.ingest.network.syslog.SyslogUdp;
import io.risefall.ingest.network.syslog.SyslogUnix;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Configuration snippets for haproxy.cfg and rsyslog.conf, one per kind of source. Each is a file that README shows and a test
 * runs with the real programs.
 */
public final class Snippets {
    private static final Map<Class<? extends NetworkSource>, String> FILES = Map.of(
            SyslogUdp.class, "haproxy-udp.cfg",
            SyslogTcp.class, "haproxy-tcp.cfg",
            SyslogUnix.class, "haproxy-unix.cfg",
            Relp.class, "rsyslog-relp.conf",
            HaproxyRing.class, "haproxy-ring.cfg");

    /** The addresses in the files. */
    private static final List<String> ADDRESSES = List.of(
            "127.0.0.1:5514", "127.0.0.1:6514", "127.0.0.1:2514", "/run/risefall.sock", "/run/haproxy/admin.sock");

    private Snippets() {}

    /** The text of a snippet. */
    public static String text(String file) {
        try (InputStream in = Snippets.class.getResourceAsStream("/io/risefall/app/snippets/" + file)) {
            if (in == null) {
                throw new IllegalStateException("not in the jar: snippets/" + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All snippets, as a page of help. */
    public static List<String> help() {
        List<String> lines = new ArrayList<>();
        append(lines, "--syslog-udp 127.0.0.1:5514, in haproxy.cfg:", "haproxy-udp.cfg");
        append(lines, "--syslog-tcp 127.0.0.1:5514, in haproxy.cfg (2.2 and newer):", "haproxy-tcp.cfg");
        append(lines, "--syslog-tls 127.0.0.1:6514, in haproxy.cfg:", "haproxy-tls.cfg");
        append(lines, "--syslog-tcp 127.0.0.1:5514, in rsyslog.conf:", "rsyslog-tcp.conf");
        append(lines, "--syslog-unix /run/risefall.sock, in haproxy.cfg:", "haproxy-unix.cfg");
        append(lines, "--haproxy /run/haproxy/admin.sock, in haproxy.cfg (2.2 and newer):", "haproxy-ring.cfg");
        append(lines, "--relp 127.0.0.1:2514, in rsyslog.conf:", "rsyslog-relp.conf");
        append(lines, "--tail '/var/log/haproxy*.log', in rsyslog.conf:", "rsyslog-file.conf");
        return lines;
    }

    private static void append(List<String> lines, String heading, String file) {
        lines.add("");
        lines.add(heading);
        text(file).lines().forEach(line -> lines.add("    " + line));
    }

    /** The snippet that sends to {@code source} at {@code address}; empty if there is none for its kind. */
    static Optional<String> of(NetworkSource source, SocketAddress address) {
        return Optional.ofNullable(FILES.get(source.getClass())).map(file -> {
            String text = text(file);
            for (String place : ADDRESSES) {
                text = text.replace(place, shown(address));
            }
            return text;
        });
    }

    /** {@code host:port}, or a path. */
    static String shown(SocketAddress address) {
        return address instanceof InetSocketAddress inet ? HostPort.of(inet).toString() : address.toString();
    }
}
