package io.risefall.ingest;

import io.risefall.ingest.line.LineConsumer;
import io.risefall.ingest.line.LineOutcome;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.tally.Tally;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.event.Rejected;
import io.risefall.schemas.source.ProcessActivity;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads every line and skips none: what {@link SourceReader} is compared with. */
final class NonSkippingReader implements LineConsumer {
    static final Instant RECEIVED = Instant.parse("2026-10-25T03:00:00Z");

    private final List<HealthEvent> events = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private final List<ProcessActivity> signs = new ArrayList<>();
    private final Tally tally = new Tally();

    SourceOutcome outcome() {
        Instant last = tally.lastLineAt();
        return SourceOutcome.of(
                List.copyOf(events),
                List.copyOf(rejected),
                tally.position(new InMemorySource(lines -> {}), last == null ? Instant.EPOCH : last, false, null),
                List.copyOf(signs));
    }

    @Override
    public void line(
            LineReader reader,
            byte[] buffer,
            int from,
            int to,
            long position,
            Instant receivedAt,
            @Nullable String sender,
            boolean cut) {
        LineOutcome outcome = reader.read(buffer, from, to, position, receivedAt, sender);
        if (outcome instanceof LineOutcome.Traffic traffic) {
            tally.traffic(traffic);
            if (traffic.at() != null) {
                sign(traffic.node(), traffic.pid(), true, traffic.at());
            }
        } else if (outcome instanceof LineOutcome.Unrelated unrelated) {
            tally.unrelated(1, unrelated.tagged());
        } else if (outcome instanceof LineOutcome.Unknown unknown) {
            tally.unknown(unknown.header());
        } else if (cut || to - from > SourceReader.LONGEST_HEALTH_LINE) {
            reject("longer than " + SourceReader.LONGEST_HEALTH_LINE + " bytes", buffer, from, to, position, sender);
        } else if (outcome instanceof LineOutcome.Unreadable unreadable) {
            reject(unreadable.why(), buffer, from, to, position, sender);
        } else if (outcome instanceof LineOutcome.Events said) {
            events.addAll(said.events());
            said.events().forEach(event -> sign(event.node(), event.pid(), false, event.at()));
            tally.events(said);
        }
    }

    private void sign(String node, @Nullable Long pid, boolean traffic, Instant at) {
        Instant minute = at.truncatedTo(ChronoUnit.MINUTES);
        signs.add(new ProcessActivity(node, "any", pid, minute, 1, traffic ? 1 : 0, at, at));
    }

    private void reject(String why, byte[] buffer, int from, int to, long position, @Nullable String sender) {
        byte[] bytes = Arrays.copyOfRange(buffer, from, to);
        Origin origin = new Origin("file:/var/log/haproxy.log", position, 0, sender);
        rejected.add(SourceOutcome.show(new Rejected(RECEIVED, why, bytes, origin)));
        tally.rejected();
    }
}
