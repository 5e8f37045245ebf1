package io.risefall.ingest.line.header;

import io.risefall.ingest.line.bytes.LineSplitter;
import io.risefall.ingest.line.header.Envelope.TimestampKind;

/** A line of JSON, by its writer: Docker, the journal or a log store. Used by one thread. */
final class JsonEntry {
    private final JsonLine json = new JsonLine();
    private final HeaderLine line;
    private final HeaderTimestamps timestamps;
    private final SyslogHeader syslog;
    private final TimedHeader header;
    private final LogStoreEntry store;

    JsonEntry(HeaderLine line, HeaderTimestamps timestamps, SyslogHeader syslog, TimedHeader header) {
        this.line = line;
        this.timestamps = timestamps;
        this.syslog = syslog;
        this.header = header;
        store = new LogStoreEntry(line, timestamps, syslog, header);
    }

    /** Takes what {@code text[from, end)} holds; what nobody writes is unknown. */
    void take(byte[] text, int from, int end) {
        int jsonTo = LogStoreLine.end(text, from, end);
        JsonLine.Writer writer = json.read(text, from, jsonTo);
        if (writer == JsonLine.Writer.NONE) {
            if (!store.read(text, from, jsonTo)) {
                line.begin(text, from, end);
                line.envelope.known = false;
            }
            return;
        }
        int messageTo = LineSplitter.withoutLineEnd(json.buffer(), json.message.from, json.message.to);
        line.begin(json.buffer(), json.message.from, messageTo);
        line.envelope.damaged = !json.certain();
        line.envelope.partial = json.partial;
        if (writer == JsonLine.Writer.DOCKER) {
            docker();
        } else {
            journal();
        }
    }

    private void docker() {
        line.envelope.output = json.output;
        if (json.time.isThere() && timestamps.iso.read(line.bytes, json.time.from, json.time.to) >= 0) {
            timestamps.takeIso(json.time.from);
        }
        header.take(header.priority(json.message.from), false);
    }

    /** Takes from the journal's fields what the message's own header lacks. */
    private void journal() {
        if (json.stream.isThere()) {
            line.envelope.streamFrom = json.stream.from;
            line.envelope.streamTo = json.stream.to;
        }
        if (json.transport == JsonLine.Transport.SYSLOG) {
            syslogEntry();
        } else {
            outputEntry();
        }
        if (line.envelope.timestampKind != TimestampKind.ISO && json.micros() >= 0) {
            // Better than a time without year and zone, which in a raw line can even come from a client.
            line.envelope.timestampKind = TimestampKind.ISO;
            line.envelope.epochSecond = json.epochSecond();
            line.envelope.nano = json.nano();
            line.envelope.fraction = true;
        }
        JsonLine.Place name = json.identifier.isThere() || line.envelope.hasTag() ? json.identifier : json.command;
        if (name.isThere()) {
            line.envelope.tagFrom = name.from;
            line.envelope.tagTo = name.to;
        }
        boolean ownHost =
                line.envelope.hasHost() && NodeNames.isName(line.bytes, line.envelope.hostFrom, line.envelope.hostTo);
        if (!ownHost && json.host.isThere()) {
            syslog.takeHost(json.host.from, json.host.to);
        }
        if (line.envelope.pid < 0) {
            line.envelope.pid = json.pid();
        }
    }

    /**
     * The priority is the one that HAProxy sent. journald has removed the whole of HAProxy's default header; of a
     * header with a host name (rfc3164) the part before it; of others (rfc5424, iso) only the priority.
     */
    private void syslogEntry() {
        line.envelope.priority = json.severity();
        if (json.identifier.isThere()) {
            syslog.takeMessage(json.message.from);
        } else if (json.syslogTimestamp()) {
            syslog.take(json.message.from, true);
        } else {
            header.take(json.message.from, false);
        }
    }

    /** A line of a service's or container's output. It can have any header that HAProxy writes there. */
    private void outputEntry() {
        header.take(header.priority(json.message.from), false);
        if (line.envelope.stderrCopy) {
            // That is the priority which the unit or the engine gives to all of stderr.
            line.envelope.priority = -1;
        } else if (json.transport == JsonLine.Transport.STDOUT) {
            line.envelope.outputPriority = json.severity();
        }
    }
}
