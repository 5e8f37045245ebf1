package io.risefall.query.alert;

import io.risefall.query.alert.model.AlertBackend;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertProblem;
import io.risefall.query.alert.model.AlertServer;
import io.risefall.query.alert.model.AlertSeverity;
import io.risefall.query.alert.model.AlertTransition;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Messages of alerts for tests. */
public final class Alerts {
    public static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");

    /** What a name or a log text could try. */
    public static final String HOSTILE =
            "x\r\nBcc: evil@example.com\r\n\r\n<script>alert(1)</script> \"'`$(touch /tmp/pwned)`"
                    + " <!channel> @all ```" + "y".repeat(10_000);

    private Alerts() {}

    public static AlertMessage opened(String id, String server) {
        return message(id, 1, AlertTransition.OPENED, server);
    }

    public static AlertMessage message(String id, int sequence, AlertTransition transition, String server) {
        return titled(id, sequence, transition, server, server + " is DOWN: L4CON Connection refused");
    }

    /** An incident of so many servers of fifty backends, seen by forty hosts, all with names as long as HAProxy's lines have room for. */
    public static AlertMessage many(int servers) {
        AlertMessage one = opened("a1", "web/s1");
        List<String> nodes =
                IntStream.range(0, 40).mapToObj(i -> "\u20ac".repeat(60) + i).toList();
        List<String> proxies = IntStream.range(0, 50)
                .mapToObj(i -> "<b>\u00e4&\"".repeat(40) + i)
                .toList();
        return new AlertMessage(
                one.alertId(),
                1,
                AlertTransition.OPENED,
                AlertProblem.BACKEND_EMPTY,
                AlertSeverity.CRITICAL,
                false,
                one.at(),
                one.startedAt(),
                null,
                "50 backends have no server left: " + String.join(", ", proxies),
                IntStream.range(0, servers)
                        .mapToObj(i -> new AlertServer(
                                proxies.get(i % 50),
                                "s".repeat(250) + i,
                                nodes,
                                AT,
                                "L4CON",
                                "Layer4 connection problem",
                                AlertServer.State.DOWN))
                        .toList(),
                proxies.stream()
                        .map(proxy -> new AlertBackend(proxy, 0, servers / 50, true))
                        .toList(),
                nodes,
                "i1",
                IntStream.range(0, servers).mapToObj(i -> "o" + i).toList(),
                one.cause(),
                "e".repeat(3_000),
                "n".repeat(3_000),
                IntStream.range(0, 20)
                        .mapToObj(i -> "nc -zv " + "h".repeat(1_000) + i)
                        .toList(),
                one.link());
    }

    public static AlertMessage titled(
            String id, int sequence, AlertTransition transition, String server, String title) {
        boolean over = transition == AlertTransition.CLOSED;
        String proxy = server.substring(0, server.indexOf('/'));
        return new AlertMessage(
                id,
                sequence,
                transition,
                AlertProblem.SERVERS_DOWN,
                AlertSeverity.WARNING,
                false,
                AT.plusSeconds(sequence),
                AT,
                over ? AT.plusSeconds(90) : null,
                title,
                List.of(new AlertServer(
                        proxy,
                        server.substring(proxy.length() + 1),
                        List.of("lb1"),
                        AT,
                        "L4CON",
                        "Layer4 connection problem",
                        over ? AlertServer.State.OVER : AlertServer.State.DOWN)),
                List.of(new AlertBackend(proxy, 2, 3, false)),
                List.of("lb1"),
                "i1",
                List.of("o1"),
                "backend server not running",
                "L4CON, was UP before",
                "start it",
                List.of("nc -zv 10.0.0.1 80"),
                "/incidents/i1");
    }
}
