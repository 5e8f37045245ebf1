package io.risefall.app;

import io.risefall.ingest.Ingest;
import io.risefall.ingest.network.NetworkSource;
import io.risefall.ingest.network.SyslogTcp;
import io.risefall.ingest.network.SyslogUdp;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first screen of {@code risefall run}: what it does, how to ask it, and what to write into haproxy.cfg.
 *
 * @param data where everything is kept
 * @param kafka the Kafka in use
 * @param tails files that are followed
 * @param listening where messages come in
 * @param web where queries are answered; null: nowhere
 */
record Welcome(
        Path data,
        String kafka,
        List<Path> tails,
        List<Ingest.Open> listening,
        @Nullable String web) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("risefall " + Version.number()
                + " is running; Ctrl-C ends it, and started again it goes on from there");
        lines.add("");
        tails.forEach(tail -> add(lines, "follows", tail.toAbsolutePath().normalize()));
        listening.forEach(open -> add(
                lines, "listens", shown(open.address()) + " (" + open.source().protocol() + ")"));
        add(lines, "data", data);
        add(lines, "kafka", kafka);
        if (web != null) {
            add(lines, "answers", web);
        }
        String option = data.equals(Path.of("risefall-data").toAbsolutePath()) ? "" : " --data " + data;
        add(lines, "ask", "risefall report" + option);
        add(lines, "", "risefall query" + option + " \"FROM outages ORDER BY started_at DESC\"");
        Optional<String> udp = first(SyslogUdp.class);
        udp.ifPresent(address -> lines.addAll(overUdp(address)));
        first(SyslogTcp.class).ifPresent(address -> lines.addAll(overTcp(address, udp.isPresent())));
        return lines;
    }

    private Optional<String> first(Class<? extends NetworkSource> kind) {
        return listening.stream()
                .filter(open -> kind.isInstance(open.source()))
                .map(open -> shown(open.address()))
                .findFirst();
    }

    private static String shown(SocketAddress address) {
        return address instanceof InetSocketAddress inet ? HostPort.of(inet).toString() : address.toString();
    }

    private static void add(List<String> lines, String what, Object value) {
        lines.add(String.format("  %-9s %s", what, value));
    }

    private static List<String> overUdp(String address) {
        return List.of(
                "",
                "To send HAProxy's log here, write into haproxy.cfg:",
                "    global",
                "        log " + address + " format rfc5424 local0",
                "        log-send-hostname               # names this host in every line",
                "    defaults",
                "        log global",
                "        option log-health-checks        # also the checks that fail before a server goes down");
    }

    private static List<String> overTcp(String address, boolean alternative) {
        return List.of(
                "",
                (alternative ? "Or over TCP" : "To send HAProxy's log here")
                        + ", which loses nothing (HAProxy 2.2 and newer):",
                "    ring risefall",
                "        format rfc5424",
                "        maxlen 8192",
                "        size 1048576",
                "        timeout connect 5s",
                "        timeout server 10s",
                "        server risefall " + address + " log-proto octet-count",
                "    global",
                "        log ring@risefall local0",
                "        log-send-hostname");
    }
}
