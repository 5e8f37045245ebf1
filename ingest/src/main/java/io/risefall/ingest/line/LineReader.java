package io.risefall.ingest.line;

import io.risefall.ingest.line.bytes.LineSplitter;
import io.risefall.ingest.line.bytes.Swar;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.header.EntryFormat;
import io.risefall.ingest.line.header.Envelope;
import io.risefall.ingest.line.header.Envelope.TimestampKind;
import io.risefall.ingest.line.header.EnvelopeParser;
import io.risefall.ingest.line.header.NodeNames;
import io.risefall.ingest.line.header.Tags;
import io.risefall.ingest.line.skip.LineSkipper;
import io.risefall.ingest.line.skip.SkippedLines;
import io.risefall.ingest.line.time.NodeTimes;
import io.risefall.ingest.line.time.TimestampResolver;
import io.risefall.ingest.line.timestamp.EpochTimestamp;
import io.risefall.ingest.line.unstamped.ResolvedLine;
import io.risefall.ingest.line.unstamped.UnstampedLines;
import io.risefall.ingest.message.HealthLineParser;
import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.ingest.message.HealthPrefixes;
import io.risefall.ingest.message.LuaLine;
import io.risefall.ingest.message.MasterLine;
import io.risefall.ingest.severity.SeverityRules;
import io.risefall.ingest.severity.SeverityScope;
import io.risefall.ingest.severity.SeverityTracker;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.message.MasterNotice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of one source, one at a time: header, tag, severity, message, time and node. It remembers only what
 * depends on order: the times of each node ({@link NodeTimes}), the severities of each process ({@link
 * SeverityTracker}), whether a container engine or journald has split a line, and whether a service writes priorities.
 * One per source; used by one thread.
 */
public final class LineReader {
    /** HAProxy's {@code len} is far smaller; a longer message is not HAProxy's, or has lost its newlines. */
    static final int MAX_MESSAGE_BYTES = 64 * 1024;

    /** One forged line must not become a million events; rsyslog writes "repeated" long before that. */
    private static final int MAX_REPEATS = 1000;

    private static final LineOutcome WAITING = new LineOutcome.Waiting();

    private final LineContext context;
    private final EnvelopeParser envelopes = new EnvelopeParser();
    private final Envelope envelope = new Envelope();
    private final TimestampResolver timestamps;
    private final SeverityTracker levels;
    private final NodeNames nodes;
    private final Tags tags;
    private final LineSkipper skipper;
    private final SplitLines split = new SplitLines();
    private final UnstampedLines unstamped;
    private boolean outputHasPriority;

    /** A reader of a source of which nothing was read yet. */
    public LineReader(LineContext context) {
        this(context, new ReaderState());
    }

    /** @param state what the lines read before tell about later ones; this reader updates it */
    public LineReader(LineContext context, ReaderState state) {
        this(context, state, new LineSkipper(LineSkipper.MAX_HEADERS));
    }

    LineReader(LineContext context, ReaderState state, LineSkipper skipper) {
        this.context = context;
        this.skipper = skipper;
        timestamps = new TimestampResolver(context, state.times());
        levels = state.levels();
        unstamped = state.unstamped();
        nodes = new NodeNames(context.defaults().node());
        tags = new Tags(context.defaults().tags());
    }

    /**
     * Reads the line {@code buffer[from, to)}; its line end may be there or not.
     *
     * @param position where in the source the line begins
     * @param receivedAt when it was received; for a file when it was read
     * @param sender the peer's address for network input, with or without its port; else null
     */
    public LineOutcome read(
            byte[] buffer, int from, int to, long position, Instant receivedAt, @Nullable String sender) {
        int end = LineSplitter.withoutLineEnd(buffer, from, to);
        boolean recognized = skipper.recognize(buffer, from, end, sender, envelope);
        if (!recognized) {
            envelopes.parse(buffer, from, end, envelope);
        }
        boolean continued = split.continues(envelope);
        String tag = envelope.hasTag() ? tags.of(envelope.bytes, envelope.tagFrom, envelope.tagTo) : null;
        boolean anotherProgram = envelope.hasTag() && tag == null;
        if (anotherProgram && !recognized) {
            skipper.learn(buffer, from, envelope, null, sender, false);
        }
        if (anotherProgram) {
            return continued
                    ? UnknownLines.ANOTHER_PROGRAM
                    : UnknownLines.ofAnotherProgram(envelope, buffer, from, end);
        }
        if (!envelope.known) {
            return UnknownLines.of(buffer, from, end);
        }
        settleOutputPriority();
        byte[] bytes = envelope.bytes;
        int messageFrom = envelope.messageFrom;
        int messageTo = envelope.messageTo;
        MasterNotice notice = continued ? null : ofMaster();
        boolean possible = !continued && (notice != null || HealthPrefixes.possible(bytes, messageFrom, messageTo));
        String node = nodes.of(envelope, sender);
        if (!recognized) {
            skipper.learn(buffer, from, envelope, node, sender, !possible);
        }
        Severity severity = levels.observe(node, envelope.headerPid(), envelope.priority, envelope.stderrCopy);
        if (!possible) {
            return !continued && UnknownLines.isLabelled(envelope)
                    ? UnknownLines.of(buffer, from, end)
                    : notHealth(buffer, from, end, node, receivedAt);
        }
        // At a severity that traffic can have, an unreadable line counts as traffic.
        boolean trusted = canBeHealth(node, severity);
        String flaw = flaw(node);
        if (flaw != null) {
            return trusted ? new LineOutcome.Unreadable(flaw) : notHealth(buffer, from, end, node, receivedAt);
        }
        String text = message();
        HealthLineParser.Result result = notice == null ? HealthLineParser.parse(text) : new Parsed(notice);
        if (result instanceof HealthLineParser.Rejected rejected && trusted) {
            return new LineOutcome.Unreadable(rejected.why());
        }
        SeverityRules rules = result instanceof Parsed parsed
                ? SeverityRules.of(parsed.message().kind(), severity)
                : SeverityRules.NEVER;
        if (!(result instanceof Parsed parsed) || rules == SeverityRules.NEVER) {
            return notHealth(buffer, from, end, node, receivedAt);
        }
        Instant at = timestamps.read(envelope, node, receivedAt);
        String wrong = envelope.repeated > MAX_REPEATS
                ? "repeated more than " + MAX_REPEATS + " times"
                : at == null && envelope.timestampKind != TimestampKind.NONE ? TimestampResolver.why(envelope) : null;
        if (wrong != null) {
            return trusted ? new LineOutcome.Unreadable(wrong) : notHealth(buffer, from, end, node, receivedAt);
        }
        HealthEvent event = new HealthEvent(
                at == null ? TimestampResolver.received(receivedAt) : at,
                envelope.timestampKind == TimestampKind.NONE || envelope.fraction,
                TimestampResolver.received(receivedAt),
                node,
                envelope.pid < 0 ? null : envelope.pid,
                tag,
                severity,
                parsed.message(),
                frame(new String(buffer, from, end - from, StandardCharsets.UTF_8), text),
                new Origin(context.source(), position, 0, sender));
        List<HealthEvent> events = envelope.repeated == 0 ? List.of(event) : copies(event, envelope.repeated);
        if (context.late()) {
            return late(rules, event, events, at, Arrays.copyOfRange(buffer, from, end));
        }
        return accepted(rules, event, events, at);
    }

    /** What a script tells is printed otherwise than it stands in the line. */
    private static LineFrame frame(String line, String text) {
        return LuaLine.isOne(text) ? new LineFrame(null, null, line) : LineFrame.of(line, text);
    }

    private String message() {
        int length = envelope.messageTo - envelope.messageFrom;
        return new String(envelope.bytes, envelope.messageFrom, length, StandardCharsets.ISO_8859_1);
    }

    /** A master writes to standard error only; without the label of stderr, a client may have forged the text. */
    private @Nullable MasterNotice ofMaster() {
        return envelope.stderrCopy ? MasterLine.parse(message()) : null;
    }

    /** Why the line cannot hold a whole health line; null if it can. */
    private @Nullable String flaw(String node) {
        if (node.chars().anyMatch(Character::isISOControl)) {
            return "a control character in the name of the host";
        }
        if (envelope.damaged) {
            return "incomplete JSON, or JSON with a repeated field";
        }
        if (envelope.partial) {
            return "continues on the next line; health lines never span lines";
        }
        if (Swar.indexOf((byte) '\n', envelope.bytes, envelope.messageFrom, envelope.messageTo) >= 0) {
            return "unexpected newline inside the message; HAProxy prints none";
        }
        return envelope.messageTo - envelope.messageFrom > MAX_MESSAGE_BYTES ? "longer than 64 KiB" : null;
    }

    /** A line of a source that is read after the fact: without a timestamp it is an event only with the time of another line. */
    private LineOutcome late(
            SeverityRules rules, HealthEvent event, List<HealthEvent> events, @Nullable Instant at, byte[] line) {
        if (at != null) {
            LineOutcome outcome = accepted(rules, event, events, at);
            if (outcome instanceof LineOutcome.Events health) {
                health.events().forEach(unstamped::timed);
            }
            return outcome;
        }
        if (rules != SeverityRules.FITS) {
            return new LineOutcome.Traffic(event.node(), event.pid(), null, true);
        }
        if (line.length > UnstampedLines.LONGEST_LINE) {
            return new LineOutcome.Unreadable(ResolvedLine.WHY);
        }
        HealthEvent resolved = unstamped.read(event, nodes.isNamedBy(envelope), line);
        return resolved == null ? WAITING : new LineOutcome.Events(List.of(resolved), true);
    }

    /** A line with another severity than HAProxy uses for it is HAProxy's only if its log is capped at that severity. */
    private LineOutcome accepted(
            SeverityRules rules, HealthEvent event, List<HealthEvent> events, @Nullable Instant at) {
        if (rules == SeverityRules.FITS) {
            return new LineOutcome.Events(events, at != null);
        }
        List<HealthEvent> earlier = levels.accept(scope(event.node()), event);
        if (earlier == null) {
            return new LineOutcome.Traffic(event.node(), event.pid(), at, true);
        }
        List<HealthEvent> all = new ArrayList<>(earlier);
        all.addAll(events);
        return new LineOutcome.Events(all, at != null, earlier.size());
    }

    /** The {@link LineOutcome.Waiting} lines that were resolved since the last call. */
    public List<ResolvedLine> settled() {
        return unstamped.settled();
    }

    /** The source has ended: all {@link LineOutcome.Waiting} lines that remain, resolved or not. */
    public List<ResolvedLine> end() {
        return unstamped.end();
    }

    private boolean canBeHealth(String node, @Nullable Severity severity) {
        return SeverityRules.canBeUnreadableHealth(severity)
                || severity != null && levels.isCappedAt(scope(node), severity);
    }

    private SeverityScope scope(String node) {
        return SeverityScope.of(node, envelope.headerPid(), envelope.priority);
    }

    /**
     * Skips the line at {@code from} if its first bytes show that it is not about health and which node it is from;
     * it is counted for {@link #skipped}, which is called before the next line is read.
     *
     * @param to the line's end, or, where that was not looked for yet, that of some later line
     * @param sender as for {@link #read}
     * @return a position in the line, before its end; -1 if it was not skipped
     */
    public int skip(byte[] buffer, int from, int to, @Nullable String sender) {
        return skipper.skip(buffer, from, to, sender);
    }

    /** The next lines do not follow the last ones. */
    void beginElsewhere() {
        skipper.forgetTimestamps();
    }

    /** The lines skipped since the last call; null if none were. */
    public @Nullable SkippedLines skipped() {
        return skipper.take();
    }

    /** Learns from a line that another reader reads how to skip similar lines. */
    void learnFrom(byte[] buffer, int from, int to) {
        int end = LineSplitter.withoutLineEnd(buffer, from, to);
        if (skipper.recognize(buffer, from, end, null, envelope)) {
            return;
        }
        if (EntryFormat.begun(buffer, from, end) == EntryFormat.EXPORT) {
            skipper.stop();
        }
        envelopes.parse(buffer, from, end, envelope);
        String tag = envelope.hasTag() ? tags.of(envelope.bytes, envelope.tagFrom, envelope.tagTo) : null;
        if (envelope.hasTag() && tag == null) {
            skipper.learn(buffer, from, envelope, null, null, false);
        } else if (envelope.known) {
            boolean possible = HealthPrefixes.possible(envelope.bytes, envelope.messageFrom, envelope.messageTo);
            skipper.learn(buffer, from, envelope, nodes.of(envelope, null), null, !possible);
        }
    }

    /** Counts lines that were skipped, by this or another reader, and continues after them. */
    public void account(SkippedLines lines, SkippedLines.Counter counter) {
        if (lines.unrelated() > 0) {
            counter.unrelated(lines.unrelated());
        }
        for (SkippedLines.OfNode traffic : lines.traffic()) {
            levels.observe(traffic.node(), traffic.pid(), traffic.priority(), false);
            Instant latest = timestamps.skipped(traffic);
            counter.traffic(traffic.node(), traffic.lines(), latest);
            if (latest != null) {
                counter.active(traffic.activity(latest));
            }
        }
        String lastNode = lines.endsAtTimestampOf();
        Instant last = lastNode == null ? null : timestamps.lastMoment(lastNode);
        if (last == null && lines.lastMicros() != SkippedLines.NEVER) {
            last = EpochTimestamp.ofMicros(lines.lastMicros());
        }
        if (last != null) {
            counter.last(last);
        }
    }

    /**
     * journald removes {@code <6>} from a service's line, and assigns 6 to a line without a priority. So the priority counts
     * only after another one than 6 was seen. A {@code <129>} that remains there is part of the message.
     */
    private void settleOutputPriority() {
        outputHasPriority |= envelope.outputPriority >= 0 && envelope.outputPriority != Severity.INFO.ordinal();
        if (outputHasPriority && envelope.outputPriority >= 0) {
            envelope.priority = envelope.outputPriority;
        }
    }

    private LineOutcome notHealth(byte[] buffer, int from, int end, String node, Instant receivedAt) {
        if (envelope.bare() && !UnknownLines.looksLikeTraffic(envelope)) {
            return UnknownLines.of(buffer, from, end);
        }
        return new LineOutcome.Traffic(
                node, envelope.pid < 0 ? null : envelope.pid, timestamps.read(envelope, node, receivedAt));
    }

    private static List<HealthEvent> copies(HealthEvent event, int count) {
        List<HealthEvent> copies = new ArrayList<>(count);
        for (int copy = 1; copy <= count; copy++) {
            Origin origin = event.origin();
            copies.add(new HealthEvent(
                    event.at(),
                    event.precise(),
                    event.receivedAt(),
                    event.node(),
                    event.pid(),
                    event.tag(),
                    event.severity(),
                    event.message(),
                    event.frame(),
                    new Origin(origin.source(), origin.position(), copy, origin.sender())));
        }
        return copies;
    }
}
