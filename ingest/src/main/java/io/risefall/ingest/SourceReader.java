package io.risefall.ingest;

import io.risefall.ingest.line.LineConsumer;
import io.risefall.ingest.line.LineOutcome;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.LineSource;
import io.risefall.ingest.line.skip.ActivityMinutes;
import io.risefall.ingest.line.skip.SkippedLines;
import io.risefall.ingest.line.timestamp.ZoneAbbreviations;
import io.risefall.ingest.line.unstamped.ResolvedLine;
import io.risefall.ingest.network.journal.ObservationRecord;
import io.risefall.ingest.publish.EventSink;
import io.risefall.ingest.tally.ActivityTracker;
import io.risefall.ingest.tally.ClockSkew;
import io.risefall.ingest.tally.Tally;
import io.risefall.ingest.unknown.UnknownHeader;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.event.Rejected;
import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.state.Absence;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads one source into the sink: publishes its events and keeps its tally. One thread. */
final class SourceReader implements LineConsumer {
    private static final Logger LOG = LoggerFactory.getLogger(SourceReader.class);

    /**
     * HAProxy puts names (of a configuration line) and at most 127 bytes of info into a health line, so a longer line
     * is not one; it would also not fit into a record of Kafka's default size with all its bytes escaped.
     */
    static final int LONGEST_HEALTH_LINE = 16 * 1024;

    /** Relays and queues delay a line less than this. */
    private static final Duration CLOCK_LIMIT = Duration.ofSeconds(5);

    private final LineSource source;
    private final EventSink sink;
    private final Tally tally = new Tally();
    private final ClockSkew clocks;
    private final ActivityTracker activity;
    private long published;
    private @Nullable LineReader skipping;
    private @Nullable Instant lastReceivedAt;
    /** The position at which reading began. */
    private @Nullable ReadPosition before;

    private final SkippedLines.Counter skipCounter = new SkippedLines.Counter() {
        @Override
        public void traffic(String node, long count, @Nullable Instant latest) {
            tally.traffic(node, count, latest);
            if (latest != null && lastReceivedAt != null) {
                compare(node, latest, lastReceivedAt);
            }
        }

        @Override
        public void unrelated(long count) {
            // Only lines with a tag are skipped.
            tally.unrelated(count, true);
        }

        @Override
        public void active(ActivityMinutes lines) {
            activity.add(lines);
        }

        @Override
        public void last(Instant at) {
            tally.last(at);
        }
    };

    SourceReader(LineSource source, EventSink sink) {
        this.source = source;
        this.sink = sink;
        this.activity = new ActivityTracker(source.name());
        this.clocks = new ClockSkew(source.name(), CLOCK_LIMIT);
    }

    LineSource source() {
        return source;
    }

    Tally tally() {
        return tally;
    }

    /** Records published since the start. */
    long published() {
        return published;
    }

    void rewind(@Nullable ReadPosition saved) throws IOException {
        tally.restore(saved);
        before = saved;
        activity.forget();
        source.rewind(saved);
    }

    boolean read() throws IOException {
        try {
            return source.read(this);
        } finally {
            countSkipped();
        }
    }

    private void countSkipped() {
        LineReader reader = skipping;
        SkippedLines lines = reader == null ? null : reader.skipped();
        skipping = null;
        if (reader != null && lines != null) {
            reader.account(lines, skipCounter);
        }
    }

    @Override
    public void skipped(LineReader reader, SkippedLines lines) {
        countSkipped();
        reader.account(lines, skipCounter);
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
        if (reader != skipping) {
            countSkipped();
        }
        if (reader.skip(buffer, from, to, sender) >= 0) {
            skipping = reader;
            lastReceivedAt = receivedAt;
            return;
        }
        countSkipped();
        LineOutcome outcome = reader.read(buffer, from, to, position, receivedAt, sender);
        if (outcome instanceof LineOutcome.Traffic traffic) {
            tally.traffic(traffic);
            if (traffic.at() != null) {
                compare(traffic.node(), traffic.at(), receivedAt);
                activity.add(ActivityMinutes.of(traffic.node(), traffic.pid(), true, traffic.at()));
            }
        } else if (outcome instanceof LineOutcome.Unrelated unrelated) {
            tally.unrelated(1, unrelated.tagged());
        } else if (outcome instanceof LineOutcome.Unknown unknown) {
            if (tally.unknown(unknown.header()) && source.live()) {
                warn(unknown.header());
            }
        } else if (outcome instanceof LineOutcome.Waiting) {
            tally.rejected();
        } else if (cut || to - from > LONGEST_HEALTH_LINE) {
            int kept = Math.min(to, from + LONGEST_HEALTH_LINE);
            reject("longer than " + LONGEST_HEALTH_LINE + " bytes", buffer, from, kept, position, receivedAt, sender);
        } else if (outcome instanceof LineOutcome.Unreadable unreadable) {
            reject(unreadable.why(), buffer, from, to, position, receivedAt, sender);
            if (ZoneAbbreviations.isRefusal(unreadable.why()) && tally.refusedZone(unreadable.why()) && source.live()) {
                LOG.warn("{}: health lines are rejected: {}", source.name(), unreadable.why());
            }
        } else if (outcome instanceof LineOutcome.Events health) {
            tally.events(health);
            publish(health.events());
            HealthEvent event = health.own();
            if (health.timestamped()) {
                compare(event.node(), event.at(), receivedAt);
            }
        }
        settle(reader.settled());
    }

    @Override
    public void ended(LineReader reader) {
        settle(reader.end());
    }

    private void publish(List<HealthEvent> events) {
        for (HealthEvent event : events) {
            sink.event(event);
            activity.add(ActivityMinutes.of(event.node(), event.pid(), false, event.at()));
            published++;
        }
    }

    /** Until now these lines were counted as rejected. */
    private void settle(List<ResolvedLine> lines) {
        for (ResolvedLine line : lines) {
            if (line.resolved()) {
                tally.resolved(line.event());
                publish(List.of(line.event()));
            } else {
                sink.rejected(new Rejected(
                        line.event().receivedAt(),
                        ResolvedLine.WHY,
                        line.line(),
                        line.event().origin()));
                published++;
            }
        }
    }

    /** Once for each shape; an import reports it at its end. */
    private void warn(UnknownHeader header) {
        LOG.warn(
                "{}: {} is not known to be HAProxy's, but a health message follows it; such lines are not events,"
                        + " and the ingest view counts them as unknown_header: {}",
                source.name(),
                header.tag() == null ? "a header" : "the tag " + header.tag(),
                header.example());
    }

    /** Only a listener knows when a line arrived. */
    private void compare(String node, Instant at, Instant receivedAt) {
        if (source.arrivals() != null) {
            clocks.add(node, at, receivedAt);
        }
    }

    @Override
    public void absent(@Nullable Instant from, Instant to, String why) {
        countSkipped();
        Instant last = from == null && before != null ? before.asOf() : from;
        if (last == null) {
            return; // the first start ever: nothing can have been missed
        }
        Instant begin = last.isAfter(to) ? to : last;
        Map<String, Long> clocksBefore = Arrivals.of(before).clocks();
        Set<String> nodes = tally.nodes().isEmpty() ? Set.of("") : tally.nodes();
        for (String node : nodes) {
            sink.absence(new Absence(node, source.name(), begin, to, why, clocksBefore.getOrDefault(node, 0L)));
            published++;
        }
    }

    /** It is no line: it is in no tally, and no sign that the node logs. The lines of the source name its node. */
    @Override
    public void observed(ObservationRecord told, @Nullable String node, long position, Instant receivedAt) {
        countSkipped();
        Set<String> named = node == null ? tally.nodes() : Set.of(node);
        sink.event(new HealthEvent(
                told.at(),
                true,
                receivedAt,
                named.size() == 1 ? named.iterator().next() : told.node(),
                told.pid(),
                null,
                null,
                told.observed(),
                new LineFrame("", null, null),
                new Origin(source.name(), position, 0, null)));
        published++;
    }

    /** Publishes activity that was not published yet; once for each commit. */
    void publishActivity() {
        activity.drain().forEach(sink::sign);
    }

    /** The read position, with the tally. */
    ReadPosition position(Instant asOf, boolean live) {
        Arrivals arrivals = source.arrivals();
        return tally.position(source, asOf, live, arrivals == null ? null : arrivals.withClocks(clocks.behindMillis()));
    }

    private void reject(
            String why, byte[] buffer, int from, int to, long position, Instant at, @Nullable String sender) {
        byte[] bytes = Arrays.copyOfRange(buffer, from, to);
        sink.rejected(new Rejected(at, why, bytes, new Origin(source.name(), position, 0, sender)));
        published++;
        tally.rejected();
    }
}
