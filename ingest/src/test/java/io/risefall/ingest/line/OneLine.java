package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.line.LineOutcome.Events;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.event.HealthEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line on its way through a {@link LineReader}. */
final class OneLine {
    static final String DOWN = "Server b/s is DOWN";
    static final String SENDER = "10.1.2.3:5514";
    private static final Instant RECEIVED = Instant.parse("2026-11-23T12:00:00.123456789Z");
    private static final int MARGIN = 5;

    private OneLine() {}

    static LineReader reader(@Nullable String node, Set<String> tags) {
        Instant near = Instant.parse("2026-11-23T11:00:00Z");
        return new LineReader(
                new LineContext("test", new LineDefaults(node, ZoneId.of("Europe/Berlin"), null, tags), near));
    }

    static LineOutcome read(LineReader reader, String line, @Nullable String sender) {
        return read(reader, line.getBytes(StandardCharsets.UTF_8), sender);
    }

    static LineOutcome read(LineReader reader, byte[] line, @Nullable String sender) {
        byte[] buffer = new byte[line.length + 2 * MARGIN];
        System.arraycopy(line, 0, buffer, MARGIN, line.length);
        return reader.read(buffer, MARGIN, MARGIN + line.length, 42, RECEIVED, sender);
    }

    /** What the header said of an event of {@link #DOWN}: node, tag, pid, severity, time, whether precise. */
    static String show(LineOutcome outcome) {
        if (!(outcome instanceof Events events)) {
            return outcome.toString();
        }
        HealthEvent event = events.events().get(0);
        assertThat(event.text()).isEqualTo(DOWN);
        return event.node() + " " + event.tag() + " " + event.pid() + " " + event.severity() + " " + event.at() + " "
                + event.precise();
    }
}
