package io.risefall.query.alert.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.text.PrettyJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages cross tables and HTTP as JSON. */
class AlertMessageTest {
    private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

    @Test
    void comesBackFromItsJson() throws Exception {
        AlertMessage message = new AlertMessage(
                "0a1b2c3d4e5f",
                2,
                AlertTransition.CHANGED,
                AlertProblem.BACKEND_EMPTY,
                AlertSeverity.CRITICAL,
                true,
                START.plusSeconds(30),
                START,
                null,
                "Backend web has no server left: 2 of 2 are DOWN",
                List.of(new AlertServer(
                        "web", "srv1", List.of("lb1"), START, "L4CON", "\u001b[31mLayer4", AlertServer.State.DOWN)),
                List.of(new AlertBackend("web", 0, 2, true), new AlertBackend("api", null, null, false)),
                List.of("lb1"),
                "112233445566",
                List.of("aabbccddeeff"),
                "backend server not running (likely)",
                "It was up before.",
                "Is it running?",
                List.of("nc -zv srv1 80"),
                "/incidents/112233445566");
        String json = PrettyJson.of(message);
        assertThat(PrettyJson.read(json.getBytes(StandardCharsets.UTF_8), AlertMessage.class))
                .isEqualTo(message);
        assertThat(json).contains("\"alert_id\" : \"0a1b2c3d4e5f\"", "\"started_at\" : \"2026-11-23T09:00:00Z\"");
        assertThat(message.id()).isEqualTo("0a1b2c3d4e5f-2");
    }
}
