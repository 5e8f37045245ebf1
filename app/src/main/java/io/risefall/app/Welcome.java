package io.risefall.app;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first screen of {@code risefall run}: what it does, how to ask it, and what to write into haproxy.cfg.
 *
 * @param data where everything is kept
 * @param kafka the Kafka in use
 * @param tails files that are followed
 * @param udp where syslog comes in over UDP
 * @param tcp where syslog comes in over TCP
 * @param web where queries are answered; null: nowhere
 */
record Welcome(
        Path data,
        String kafka,
        List<Path> tails,
        List<HostPort> udp,
        List<HostPort> tcp,
        @Nullable String web) {

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("risefall " + Version.number()
                + " is running; Ctrl-C ends it, and started again it goes on from there");
        lines.add("");
        tails.forEach(tail -> add(lines, "follows", tail.toAbsolutePath().normalize()));
        udp.forEach(address -> add(lines, "listens", address + " (syslog, UDP)"));
        tcp.forEach(address -> add(lines, "listens", address + " (syslog, TCP)"));
        add(lines, "data", data);
        add(lines, "kafka", kafka);
        if (web != null) {
            add(lines, "answers", web);
        }
        String option = data.equals(Path.of("risefall-data").toAbsolutePath()) ? "" : " --data " + data;
        add(lines, "ask", "risefall report" + option);
        add(lines, "", "risefall query" + option + " \"FROM outages ORDER BY started_at DESC\"");
        if (!udp.isEmpty()) {
            lines.addAll(overUdp(udp.get(0)));
        }
        if (!tcp.isEmpty()) {
            lines.addAll(overTcp(tcp.get(0), !udp.isEmpty()));
        }
        return lines;
    }

    private static void add(List<String> lines, String what, Object value) {
        lines.add(String.format("  %-9s %s", what, value));
    }

    private static List<String> overUdp(HostPort address) {
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

    private static List<String> overTcp(HostPort address, boolean alternative) {
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
