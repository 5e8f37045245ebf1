package io.risefall.ingest;

import io.risefall.ingest.line.LineOutcome;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.Lines;
import io.risefall.schemas.HealthEvent;
import io.risefall.schemas.Origin;
import io.risefall.schemas.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads every line and skips none: what {@link Reading} is compared with. */
final class EveryLine implements Lines {
    static final Instant RECEIVED = Instant.parse("2026-10-25T03:00:00Z");

    private final List<HealthEvent> events = new ArrayList<>();
    private final List<String> rejected = new ArrayList<>();
    private final Tally tally = new Tally();

    Outcome outcome() {
        Instant last = tally.lastLineAt();
        return new Outcome(
                List.copyOf(events),
                List.copyOf(rejected),
                tally.position(new HandedSource(lines -> {}), last == null ? Instant.EPOCH : last, false, null));
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
            tally.traffic(traffic.node(), traffic.at());
        } else if (outcome instanceof LineOutcome.Foreign) {
            tally.foreign(1);
        } else if (cut || to - from > Reading.LONGEST_HEALTH_LINE) {
            reject("longer than " + Reading.LONGEST_HEALTH_LINE + " bytes", buffer, from, to, position, sender);
        } else if (outcome instanceof LineOutcome.Unreadable unreadable) {
            reject(unreadable.why(), buffer, from, to, position, sender);
        } else if (outcome instanceof LineOutcome.Events said) {
            events.addAll(said.events());
            tally.events(said.events());
        }
    }

    private void reject(String why, byte[] buffer, int from, int to, long position, @Nullable String sender) {
        byte[] bytes = Arrays.copyOfRange(buffer, from, to);
        Origin origin = new Origin("file:/var/log/haproxy.log", position, 0, sender);
        rejected.add(Outcome.show(new Rejected(RECEIVED, why, bytes, origin)));
        tally.rejected();
    }
}
