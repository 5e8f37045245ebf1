package io.risefall.ingest;

import io.risefall.schemas.HealthEvent;
import io.risefall.schemas.Origin;
import io.risefall.schemas.ServerName;
import io.risefall.schemas.ServerSwitch;
import io.risefall.schemas.Transition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Temporary. */
final class LineReader {
    private final LineContext context;

    LineReader(LineContext context) {
        this.context = context;
    }

    LineOutcome read(byte[] buffer, int from, int to, long position, Instant receivedAt, @Nullable String sender) {
        int look = Math.min(to, from + 4096);
        String line = new String(buffer, from, look - from, StandardCharsets.UTF_8);
        String node = context.node() != null ? context.node() : sender == null ? "lb1" : sender;
        if (line.contains(" is DOWN")) {
            int at = line.indexOf("Server ");
            if (at < 0) {
                return new LineOutcome.Unreadable("no server");
            }
            String name = line.substring(at + 7, line.indexOf(" is DOWN"));
            ServerSwitch said = new ServerSwitch(
                    ServerName.parse(name),
                    false,
                    Transition.DOWN,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    false,
                    null);
            return new LineOutcome.Events(List.of(new HealthEvent(
                    receivedAt,
                    false,
                    receivedAt,
                    node,
                    null,
                    null,
                    null,
                    said,
                    line,
                    line,
                    new Origin(context.source(), position, 0, sender))));
        }
        return line.contains("haproxy") ? new LineOutcome.Traffic(node, null) : new LineOutcome.Foreign();
    }
}
