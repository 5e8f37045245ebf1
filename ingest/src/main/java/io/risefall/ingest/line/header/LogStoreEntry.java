package io.risefall.ingest.line.header;

import io.risefall.ingest.line.bytes.LineSplitter;
import io.risefall.ingest.line.header.Envelope.TimestampKind;
import io.risefall.ingest.line.timestamp.EpochTimestamp;
import io.risefall.ingest.line.timestamp.IsoTimestamp;
import io.risefall.ingest.line.timestamp.ZoneAbbreviations;

/** A line of JSON from a log store: its message, and the fields around it. Used by one thread. */
final class LogStoreEntry {
    private final LogStoreLine store = new LogStoreLine();
    private final EpochTimestamp epoch = new EpochTimestamp();
    private final HeaderLine line;
    private final HeaderTimestamps timestamps;
    private final SyslogHeader syslog;
    private final TimedHeader header;

    LogStoreEntry(HeaderLine line, HeaderTimestamps timestamps, SyslogHeader syslog, TimedHeader header) {
        this.line = line;
        this.timestamps = timestamps;
        this.syslog = syslog;
        this.header = header;
    }

    /** Takes what {@code text[from, end)} holds; false if no log store writes such lines. */
    boolean read(byte[] text, int from, int end) {
        boolean written = store.read(text, from, end);
        if (written) {
            take();
        }
        return written;
    }

    /**
     * Takes from the store's fields what the message's own header lacks; a year and a zone are preferred over the
     * header's time. A bare message is HAProxy's only if the store names HAProxy, because any program writes such
     * lines.
     */
    private void take() {
        // rsyslog counts the space after a tag as part of the message.
        int from = store.message().from() + (store.buffer()[store.message().from()] == ' ' ? 1 : 0);
        line.begin(
                store.buffer(),
                from,
                LineSplitter.withoutLineEnd(
                        store.buffer(), from, store.message().to()));
        line.envelope.damaged = !store.certain();
        header.take(header.priority(from), true);
        boolean hasHeader = line.envelope.known && line.hasHeader();
        line.envelope.known &= hasHeader || store.ofHaproxy();
        LogStoreLine.Field program = store.program();
        if (program.isThere()) {
            line.envelope.tagTo = syslog.takePid(program.from(), program.to());
            line.envelope.tagFrom = program.from();
        } else if (!hasHeader && syslog.isTag(from, line.wordEnd(from))) {
            syslog.takeTag(from, line.wordEnd(from));
        }
        if (line.envelope.timestampKind != TimestampKind.ISO && store.time().isThere()) {
            takeTime(store.time().from(), store.time().to());
        }
        LogStoreLine.Field host = store.host();
        boolean ownHost =
                line.envelope.hasHost() && NodeNames.isName(line.bytes, line.envelope.hostFrom, line.envelope.hostTo);
        if (!ownHost && host.isThere() && SyslogHeader.isHost(line.bytes, host.from(), host.to())) {
            syslog.takeHost(host.from(), host.to());
        }
        if (line.envelope.pid < 0 && store.pid().isThere()) {
            int digits = store.pid().to() - store.pid().from();
            line.envelope.pid = digits <= SyslogHeader.MAX_DIGITS
                    ? IsoTimestamp.digits(line.bytes, store.pid().from(), digits)
                    : -1;
        }
        if (line.envelope.priority < 0 && !line.envelope.stderrCopy) {
            line.envelope.priority = PriorityName.of(store);
        }
        line.envelope.dependent = true;
    }

    private void takeTime(int from, int end) {
        if (timestamps.iso.read(line.bytes, from, end) == end) {
            timestamps.takeIso(from);
            return;
        }
        int written = line.envelope.local.read(line.bytes, from, end + 1);
        boolean zone = written >= 0 && written < end && ZoneAbbreviations.canBeZone(line.bytes, written + 1, end);
        if (line.envelope.local.month() > 0 && (written == end || zone)) {
            timestamps.takeWritten(from);
            line.envelope.zoneWord = zone ? line.text(written + 1, end) : line.envelope.zoneWord;
        } else if (epoch.read(line.bytes, from, end)) {
            line.envelope.timestampKind = TimestampKind.ISO;
            line.envelope.timestampFrom = -1;
            line.envelope.offsetSeconds = Envelope.NO_OFFSET;
            line.envelope.epochSecond = epoch.second();
            line.envelope.nano = epoch.nano();
            line.envelope.fraction = epoch.fraction();
        }
    }
}
