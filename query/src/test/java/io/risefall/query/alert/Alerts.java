package io.risefall.query.alert;

import io.risefall.query.alert.model.AlertBackend;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertProblem;
import io.risefall.query.alert.model.AlertServer;
import io.risefall.query.alert.model.AlertSeverity;
import io.risefall.query.alert.model.AlertTransition;
import java.time.Instant;
import java.util.List;

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
