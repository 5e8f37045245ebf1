package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.Mutations;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Whatever the bytes: a line is read without an exception, and what a client puts into a traffic line is never an event.
 */
@Slow
class LineReaderMutationsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final int MUTATIONS = 30_000;

    /** Before and after a client's bytes: HAProxy's own formats begin with what HAProxy says. */
    private static final String[][] TRAFFIC = {
        {
            "Nov 23 00:21:56 lb1 haproxy[4043]: 192.0.2.1:4711 [23/Nov/2026:00:21:56.466] www app/srv1 0/0/0/1/1 200 9 - - ---- 1/1/0/0/0 0/0 \"GET /",
            " HTTP/1.1\""
        },
        {
            "2026-11-23T00:21:56.466547+00:00 lb1 haproxy[4043]: 192.0.2.1:4711 [23/Nov/2026:00:21:56.466] www app/srv1 0/0/0/1/1 200 9 - - ---- 1/1/0/0/0 0/0 {",
            "} \"GET / HTTP/1.1\""
        },
        {
            "<134>1 2026-11-23T00:21:56.466547+00:00 lb1 haproxy 4043 - - 192.0.2.1:4711 [23/Nov/2026:00:21:56.466] www app/srv1 0/0/0/1/1 200 9 - - ---- 1/1/0/0/0 0/0 \"",
            "\""
        },
        {
            "<134>Nov 23 00:21:56 haproxy[4043]: 192.0.2.1:4711 [23/Nov/2026:00:21:56.466] www app/<NOSRV> -1/-1/-1/-1/0 400 0 - - PR-- 1/1/0/0/0 0/0 \"",
            "\""
        },
        {
            "192.0.2.1:4711 [23/Nov/2026:00:21:56.466] www app/srv1 0/0/0/1/1 200 9 - - ---- 1/1/0/0/0 0/0 \"GET /",
            " HTTP/1.1\""
        },
        {
            "2026-11-23T00:21:56.466547123Z stdout F 192.0.2.1:4711 [23/Nov/2026:00:21:56.466] www app/srv1 0/0/0/1/1 200 9 - - ---- 1/1/0/0/0 0/0 \"",
            "\""
        },
    };

    private static final String[] CHECK = {
        "<133>1 2026-11-23T00:21:56.466547+00:00 lb1 haproxy 4043 - - Health check for server app/srv1 failed, reason: Layer7 wrong status, code: 503, info: \"",
        "\", check duration: 1ms, status: 0/2 DOWN."
    };

    @Test
    void realLinesChanged() {
        new Mutations(4, "rsyslog-iso.log", "rsyslog-traditional.log", "udp-rfc5424.log", "stdout-raw.log")
                .run(MUTATIONS, LineReaderMutationsTest::read);
    }

    @Test
    void realLinesInsideTraffic() {
        new Mutations(5, "rsyslog-iso.log", "udp-rfc5424.log", "stdout-raw.log")
                .run(MUTATIONS, LineReaderMutationsTest::injected);
    }

    @Test
    void realLinesInsideACheck() {
        new Mutations(6, "rsyslog-iso.log", "udp-rfc5424.log", "stdout-raw.log")
                .run(MUTATIONS, LineReaderMutationsTest::answered);
    }

    static void injected(byte[] bytes) {
        byte[] sent = oneLine(bytes);
        for (String[] around : TRAFFIC) {
            assertThat(read(around(around, sent))).isNotInstanceOf(LineOutcome.Events.class);
        }
    }

    /** HAProxy prints what a server answers between quotes; without a line end it cannot make another event of it. */
    static void answered(byte[] bytes) {
        if (read(around(CHECK, oneLine(bytes))) instanceof LineOutcome.Events said) {
            List<HealthEvent> events = said.events();
            assertThat(events).hasSize(1);
            assertThat(events.get(0).message().serverName()).isEqualTo(new ServerName("app", "srv1"));
            assertThat(events.get(0).node()).isEqualTo("lb1");
        }
    }

    private static byte[] oneLine(byte[] bytes) {
        byte[] line = bytes.clone();
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == '\n' ? (byte) ' ' : line[i];
        }
        return line;
    }

    private static byte[] around(String[] around, byte[] inside) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(around[0].getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(inside);
        out.writeBytes(around[1].getBytes(StandardCharsets.US_ASCII));
        return out.toByteArray();
    }

    static LineOutcome read(byte[] line) {
        LineReader reader = new LineReader(new LineContext("fuzz", LineDefaults.of(ZoneOffset.UTC), NOW));
        LineOutcome outcome = reader.read(line, 0, line.length, 0, NOW, "192.0.2.7");
        assertThat(new LineReader(new LineContext("fuzz", LineDefaults.of(ZoneOffset.UTC), NOW))
                        .read(line, 0, line.length, 0, NOW, "192.0.2.7"))
                .isEqualTo(outcome);
        return outcome;
    }
}
