package io.risefall.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.Topics;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.AddressChange;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.ConnectProblem;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.MasterNotice;
import io.risefall.schemas.message.ObservedServer;
import io.risefall.schemas.message.ProxyNotice;
import io.risefall.schemas.message.ProxySnapshot;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerNotice;
import io.risefall.schemas.message.ServerSnapshot;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written by hand is what Jackson writes, byte for byte; what is read by hand is what Jackson reads. */
class EventJsonTest {
    private static final JsonSerde<HealthEvent> SERDE = JsonSerde.of(HealthEvent.class);
    private static final Instant AT = Instant.parse("2026-11-23T00:21:56.466547Z");
    private static final ServerName SERVER = new ServerName("app", "srv1");
    private static final Origin ORIGIN = new Origin("file:/var/log/haproxy.log", 0, 0, null);

    private final EventJson json = new EventJson();

    static Stream<HealthMessage> messages() {
        CheckReason whole = new CheckReason(CheckStatus.L7STS, -1, "say \"no\"", 2001L);
        CheckReason bare = new CheckReason(CheckStatus.L4TOUT, null, null, null);
        ServerCounts counts = new ServerCounts(1, 0, true, 2L, 3L, Long.MAX_VALUE);
        return Stream.of(
                new ServerSwitch(
                        SERVER,
                        true,
                        Transition.DOWN,
                        true,
                        false,
                        "CLI",
                        "DNS NX status",
                        whole,
                        new ServerName("b", "s"),
                        "a.example",
                        counts,
                        true,
                        ". 1 act",
                        "1.4"),
                new ServerSwitch(
                        SERVER,
                        false,
                        Transition.UP,
                        null,
                        null,
                        null,
                        null,
                        bare,
                        null,
                        null,
                        new ServerCounts(-1, 2, false, null, null, null),
                        false,
                        null,
                        null),
                new CheckResult(
                        SERVER,
                        true,
                        false,
                        CheckResult.Outcome.FAILED,
                        whole,
                        1,
                        3,
                        CheckResult.State.UP,
                        false,
                        null),
                new CheckResult(
                        SERVER, false, true, CheckResult.Outcome.SUCCEEDED, null, null, null, null, true, ", re"),
                new BackendEmpty("app", "backend", null),
                new BackendEmpty("app", "proxy", BackendEmpty.QUOTED),
                new ProxyNotice("app", ProxyNotice.What.STOPPED, null, List.of(1L, 2L), ProxyNotice.CUMULATED),
                new AddressChange(SERVER, "IP", "1.2.3.4", "5.6.7.8", "DNS cache", null),
                new ServerNotice(SERVER, false, ServerNotice.What.RENAMED, "old", null),
                new ObservedServer(SERVER, true, Health.DRAIN, "DRAIN (agent)", whole, "[::1]:8080", "pod0.svc"),
                new ObservedServer(SERVER, false, Health.UP, "UP 1/3", null, null, null),
                new ServerSnapshot(SERVER, true, 1L, 2L, 3L, null),
                new ProxySnapshot("app", ProxySnapshot.What.DUMPING, null, null, null),
                new ConnectProblem("app", "Connect() failed", "no free ports"),
                new MasterNotice(
                        MasterNotice.What.FORKED, "New worker ({worker}) forked", 343L, null, null, null, null, null));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void everyKindOfMessage(HealthMessage message) {
        check(event(AT, 4043L, "haproxy", Severity.ALERT, message, "text", ORIGIN));
        check(event(
                AT, null, null, null, message, "text", new Origin("udp:127.0.0.1:5514", Long.MAX_VALUE, 7, "[::1]:9")));
    }

    @Test
    void times() {
        for (String at : List.of(
                "1970-01-01T00:00:00Z",
                "2026-11-23T00:00:00.100Z",
                "2026-11-23T23:59:59.000001Z",
                "2026-11-23T23:59:59.000000001Z",
                "1969-12-31T23:59:59.999999Z",
                "0000-02-29T01:02:03Z",
                "9999-12-31T23:59:59.999Z",
                "-0001-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z")) {
            check(event(Instant.parse(at), 1L, "haproxy", null, new BackendEmpty("app", "backend", null), "", ORIGIN));
        }
    }

    @Test
    void texts() {
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (random.nextBoolean()) {
                Arrays.fill(bytes, (byte) 'x');
                if (bytes.length > 0) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            check(event(
                    AT,
                    1L,
                    "haproxy",
                    null,
                    new BackendEmpty("app", "backend", null),
                    new String(bytes, i % 2 == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8),
                    ORIGIN));
        }
        check(event(
                AT,
                1L,
                "haproxy",
                null,
                new BackendEmpty("app", "backend", null),
                "x".repeat(20_000) + "\0\ud83d\ude00",
                ORIGIN));
    }

    private static HealthEvent event(
            Instant at,
            @Nullable Long pid,
            @Nullable String tag,
            @Nullable Severity severity,
            HealthMessage message,
            String text,
            Origin origin) {
        LineFrame frame = text.isEmpty()
                ? new LineFrame(null, null, "{}")
                : new LineFrame("<1>" + text, text.length() % 2 == 0 ? text : null, null);
        return new HealthEvent(at, true, AT, "lb1", pid, tag, severity, message, frame, origin);
    }

    private void check(HealthEvent event) {
        byte[] written = json.bytes(event);
        assertThat(new String(written, StandardCharsets.UTF_8))
                .isEqualTo(new String(SERDE.serialize(Topics.EVENTS.topic(), event), StandardCharsets.UTF_8));
        assertThat(new EventReader().deserialize(Topics.EVENTS.topic(), written))
                .isEqualTo(SERDE.deserialize(Topics.EVENTS.topic(), written));
    }
}
