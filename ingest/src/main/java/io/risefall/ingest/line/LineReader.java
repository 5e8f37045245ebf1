package io.risefall.ingest.line;

import io.risefall.ingest.line.Envelope.Output;
import io.risefall.ingest.line.Envelope.Stamp;
import io.risefall.ingest.message.HealthBeginnings;
import io.risefall.ingest.message.HealthLineParser;
import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.schemas.HealthEvent;
import io.risefall.schemas.Origin;
import io.risefall.schemas.Severity;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of one source, each for itself: header, tag, severity, message, time and node. Remembers only what
 * order tells: the last moment (for the doubled hour at the end of summer time) and whether a container engine has
 * split a line. One per source; used by one thread.
 */
public final class LineReader {
    /** HAProxy's {@code len} ends far below; a longer one is not HAProxy's, or has lost its line ends. */
    private static final int MAX_MESSAGE_BYTES = 64 * 1024;

    /** One forged line must not become a million events; rsyslog says "repeated" long before. */
    private static final int MAX_REPEATS = 1000;

    private static final LineOutcome FOREIGN = new LineOutcome.Foreign();

    private final LineContext context;
    private final EnvelopeParser envelopes = new EnvelopeParser();
    private final Envelope envelope = new Envelope();
    private final StampReader stamps;
    private final NodeNames nodes;
    private final Tags tags;
    private final Set<Output> split = EnumSet.noneOf(Output.class);

    public LineReader(LineContext context) {
        this.context = context;
        stamps = new StampReader(context);
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
        int end = withoutLineEnd(buffer, from, to);
        envelopes.parse(buffer, from, end, envelope);
        boolean continued = continues();
        String tag = envelope.hasTag() ? tags.of(buffer, envelope.tagFrom, envelope.tagTo) : null;
        boolean anotherProgram = envelope.hasTag() && tag == null;
        if (!envelope.known || anotherProgram) {
            return FOREIGN;
        }
        Severity severity = envelope.priority < 0 ? null : Severity.ofPriority(envelope.priority);
        int messageFrom = envelope.messageFrom;
        int messageTo = envelope.messageTo;
        boolean possible =
                !continued && Speech.canBeHealth(severity) && HealthBeginnings.possible(buffer, messageFrom, messageTo);
        if (!possible) {
            return notHealth(buffer, receivedAt, sender);
        }
        if (messageTo - messageFrom > MAX_MESSAGE_BYTES) {
            return new LineOutcome.Unreadable("longer than 64 KiB");
        }
        String text = new String(buffer, messageFrom, messageTo - messageFrom, StandardCharsets.ISO_8859_1);
        HealthLineParser.Result result = HealthLineParser.parse(text);
        if (result instanceof HealthLineParser.Rejected rejected && Speech.canBeUnreadableHealth(severity)) {
            return new LineOutcome.Unreadable(rejected.why());
        }
        if (!(result instanceof Parsed parsed) || !Speech.fits(parsed.message().kind(), severity)) {
            return notHealth(buffer, receivedAt, sender);
        }
        if (envelope.repeated > MAX_REPEATS) {
            return new LineOutcome.Unreadable("repeated more than " + MAX_REPEATS + " times");
        }
        Instant at = stamps.read(buffer, envelope, receivedAt);
        if (at == null && envelope.stamp != Stamp.NONE) {
            return new LineOutcome.Unreadable("a time that does not exist");
        }
        HealthEvent event = new HealthEvent(
                at == null ? StampReader.received(receivedAt) : at,
                envelope.stamp == Stamp.NONE || envelope.fraction,
                StampReader.received(receivedAt),
                nodes.of(buffer, envelope, sender),
                envelope.pid < 0 ? null : envelope.pid,
                tag,
                severity,
                parsed.message(),
                text,
                new String(buffer, from, end - from, StandardCharsets.UTF_8),
                new Origin(context.source(), position, 0, sender));
        return new LineOutcome.Events(envelope.repeated == 0 ? List.of(event) : copies(event, envelope.repeated));
    }

    private LineOutcome notHealth(byte[] buffer, Instant receivedAt, @Nullable String sender) {
        if (envelope.bare() && !looksLikeTraffic(buffer)) {
            return FOREIGN;
        }
        return new LineOutcome.Traffic(nodes.of(buffer, envelope, sender), stamps.read(buffer, envelope, receivedAt));
    }

    /** {@code 127.0.0.1:55352 [23/Nov/2026:…}: HAProxy's own log formats begin so, and there is no header to tell. */
    private boolean looksLikeTraffic(byte[] buffer) {
        boolean colon = false;
        int at = envelope.messageFrom;
        while (at < envelope.messageTo && buffer[at] != ' ') {
            colon |= buffer[at] == ':';
            at++;
        }
        return colon && envelope.messageTo - at > 1 && buffer[at + 1] == '[';
    }

    /** Whether this line goes on with the one before it, as CRI splits long ones: then it does not begin a message. */
    private boolean continues() {
        if (envelope.output == Output.NONE) {
            return false;
        }
        return envelope.partial ? !split.add(envelope.output) : split.remove(envelope.output);
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
                    event.text(),
                    event.line(),
                    new Origin(origin.source(), origin.position(), copy, origin.sender())));
        }
        return copies;
    }

    static int withoutLineEnd(byte[] buffer, int from, int to) {
        int end = to;
        while (end > from && (buffer[end - 1] == '\n' || buffer[end - 1] == '\r' || buffer[end - 1] == 0)) {
            end--;
        }
        return end;
    }
}
