package io.risefall.ingest.line.header;

import io.risefall.ingest.line.bytes.LineSplitter;
import io.risefall.ingest.line.bytes.Swar;
import io.risefall.ingest.line.header.Envelope.Output;
import io.risefall.ingest.line.header.Envelope.TimestampKind;
import io.risefall.ingest.line.timestamp.EpochTimestamp;
import io.risefall.ingest.line.timestamp.IsoTimestamp;
import io.risefall.ingest.line.timestamp.JournalctlTimestamp;
import io.risefall.ingest.line.timestamp.LocalTimestamp;
import io.risefall.ingest.line.timestamp.TraditionalTimestamp;
import io.risefall.ingest.line.timestamp.ZoneAbbreviations;
import io.risefall.ingest.message.HealthPrefixes;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;

/**
 * Finds the message in a line: removes whatever HAProxy, a syslog daemon, journald or a container engine put before it.
 * It knows every header of these and distinguishes them by their form alone, line by line:
 *
 * <pre>
 * &lt;129>Nov 23 00:21:56 [lb1 ]haproxy[4043]: …                  local, RFC 3164; without &lt;129> a file, journald
 * 2026-11-23T00:21:56.466547+00:00 lb1 [lb1 ]haproxy[4043]: …   rsyslog's ISO file; with &lt;129> its forwarding
 * &lt;129>1 2026-11-23T00:21:56.466547+00:00 lb1 haproxy 4043 - - …  RFC 5424
 * 2026-11-23T00:21:56.466547+00:00 …                            iso; with &lt;1> timed
 * &lt;1>…, &lt;129>…, …                                              short, priority, raw
 * [WARNING]  (4043) : …, [WARNING] 326/002156 (4043) : …        the copy on stderr, also after a syslog header
 * 2026-11-23T00:21:56.466547123Z [stdout F ]…                   docker logs --timestamps, CRI, before one of the others
 * {"MESSAGE":"…",…}, {"log":"…\n",…}                            journalctl -o json, Docker's json-file: {@link JsonLine}
 * __CURSOR=…⏎…, Mon 2026-11-23 … [s=…]⏎…                        journalctl -o export, verbose, on several lines: {@link JournalText}
 * {"message":"…","@timestamp":"…",…}                            a log store: {@link LogStoreLine}
 * Mon 2026-11-23 00:21:56 UTC lb1 haproxy[4043]: …              journalctl -o short-full; other times: {@link LocalTimestamp}
 * 1795393316.466547 lb1 haproxy[4043]: …                        journalctl -o short-unix
 * Nov 23 00:21:56 lb1 local0.alert haproxy[4043]: …             BusyBox; FreeBSD: {@code <local0.alert> lb1}
 * Nov 23 00:21:56 lb1 haproxy[4043] …                           rsyslog's file of what came with RFC 5424
 * 2026-11-23T00:21:56.466547+00:00 haproxy[4043]: …             a program's, without a host
 * [13412.529515] lb1 haproxy[4043]: …                           journalctl -o short-monotonic: no time
 * haproxy-1  | …, haproxy.log:12:…                              one of these after the prefix of a tool: {@link ToolPrefix}
 * </pre>
 *
 * Used by one thread.
 */
public final class EnvelopeParser {
    private static final byte[] REPEATED = "message repeated ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TIMES = " times: [".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STDOUT = "stdout ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STDERR = "stderr ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VERSION = "1 ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NONE = "- ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SPACE = " ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LABEL_END = "] ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PID_BEGIN = "(".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PID_END = ") : ".getBytes(StandardCharsets.US_ASCII);
    /** Before messages that HAProxy writes during, or soon after, a command of its runtime API; only on stderr. */
    private static final byte[] CLI = "CLI : ".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int DAY_OF_YEAR_LENGTH = "326/002156".length();

    /** RFC 5424: facility 23, severity 7. */
    private static final int MAX_PRIORITY = 191;

    private static final int MAX_DIGITS = 9;

    /** Prefixes of one line: quoted, file, line number, container; each can occur twice. */
    private static final int MAX_PREFIXES = 6;

    /** No zone has a larger offset from UTC. */
    private static final int MAX_OFFSET_SECONDS = ZoneOffset.MAX.getTotalSeconds();

    private final IsoTimestamp isoTimestamp = new IsoTimestamp();
    private final JsonLine json = new JsonLine();
    private final LogStoreLine store = new LogStoreLine();
    private final EpochTimestamp epoch = new EpochTimestamp();
    private final ToolPrefix prefix = new ToolPrefix();
    private Envelope envelope = new Envelope();
    private byte[] bytes = {};
    private int to;

    /** Fills {@code filled} with the parts of the line {@code line[from, lineTo)}. */
    public void parse(byte[] line, int from, int lineTo, Envelope filled) {
        envelope = filled;
        boolean lines = Swar.indexOf((byte) '\n', line, from, lineTo) >= 0;
        byte[] entry = lines ? JournalText.json(line, from, lineTo) : null;
        if (entry != null) {
            json(entry, 0, entry.length);
        } else if (JsonLine.begins(line, from, lineTo)) {
            json(line, from, lineTo);
        } else {
            begin(line, from, lineTo);
            body(priority(from), true);
            if (!hasHeader() && !HealthPrefixes.possible(bytes, envelope.messageFrom, to)) {
                afterPrefixes(line, from, lineTo);
            }
        }
        envelope.messageTo = MessageEnd.of(bytes, envelope.messageFrom, envelope.messageTo, envelope.hasTag());
    }

    /**
     * Removes what tools put before the line, if a header follows, or if a tool names HAProxy as the writer; otherwise
     * the line stays as it was read.
     */
    private void afterPrefixes(byte[] line, int from, int lineTo) {
        int at = from;
        int name = -1;
        int nameTo = -1;
        boolean haproxys = false;
        for (int prefixes = 0; prefixes < MAX_PREFIXES; prefixes++) {
            at = prefix.end(line, at, lineTo);
            if (at < 0) {
                break;
            }
            if (prefix.nameFrom() >= 0) {
                name = prefix.nameFrom();
                nameTo = prefix.nameTo();
                haproxys |= prefix.ofHaproxy();
            }
            if (JsonLine.begins(line, at, lineTo)) {
                json(line, at, lineTo);
                return;
            }
            begin(line, at, lineTo);
            body(priority(at), true);
            boolean raw = haproxys && envelope.known && at < lineTo;
            if (envelope.known && hasHeader() || raw) {
                if (!envelope.hasHost() && name >= 0) {
                    takeHost(name, nameTo);
                }
                envelope.dependent = true;
                return;
            }
        }
        begin(line, from, lineTo);
    }

    private boolean hasHeader() {
        return !envelope.bare() || envelope.hasTag() || !envelope.known;
    }

    private void begin(byte[] line, int from, int lineTo) {
        bytes = line;
        to = lineTo;
        envelope.clear(line, from, lineTo);
    }

    private void json(byte[] line, int from, int lineTo) {
        int jsonTo = LogStoreLine.end(line, from, lineTo);
        JsonLine.Writer writer = json.read(line, from, jsonTo);
        if (writer == JsonLine.Writer.NONE) {
            if (store.read(line, from, jsonTo)) {
                storeLine();
            } else {
                begin(line, from, lineTo);
                envelope.known = false;
            }
            return;
        }
        int messageTo = LineSplitter.withoutLineEnd(json.buffer(), json.message.from, json.message.to);
        begin(json.buffer(), json.message.from, messageTo);
        envelope.damaged = !json.certain();
        envelope.partial = json.partial;
        if (writer == JsonLine.Writer.DOCKER) {
            docker();
        } else {
            journal();
        }
    }

    private void docker() {
        envelope.output = json.output;
        if (json.time.isThere() && isoTimestamp.read(bytes, json.time.from, json.time.to) >= 0) {
            takeIsoTimestamp(json.time.from);
        }
        body(priority(json.message.from), false);
    }

    /**
     * Takes from the store's fields what the message's own header lacks; a year and a zone are preferred over the
     * header's time. A bare message is HAProxy's only if the store names HAProxy, because any program writes such
     * lines.
     */
    private void storeLine() {
        // rsyslog counts the space after a tag as part of the message.
        int from = store.message().from() + (store.buffer()[store.message().from()] == ' ' ? 1 : 0);
        begin(
                store.buffer(),
                from,
                LineSplitter.withoutLineEnd(
                        store.buffer(), from, store.message().to()));
        envelope.damaged = !store.certain();
        body(priority(from), true);
        boolean header = envelope.known && hasHeader();
        envelope.known &= header || store.ofHaproxy();
        LogStoreLine.Field program = store.program();
        if (program.isThere()) {
            envelope.tagTo = pidOf(program.from(), program.to());
            envelope.tagFrom = program.from();
        } else if (!header && isTag(from, wordEnd(from))) {
            takeTag(from, wordEnd(from));
        }
        if (envelope.timestampKind != TimestampKind.ISO && store.time().isThere()) {
            storeTime(store.time().from(), store.time().to());
        }
        LogStoreLine.Field host = store.host();
        boolean ownHost = envelope.hasHost() && NodeNames.isName(bytes, envelope.hostFrom, envelope.hostTo);
        if (!ownHost && host.isThere() && isHost(bytes, host.from(), host.to())) {
            takeHost(host.from(), host.to());
        }
        if (envelope.pid < 0 && store.pid().isThere()) {
            int digits = store.pid().to() - store.pid().from();
            envelope.pid = digits <= MAX_DIGITS
                    ? IsoTimestamp.digits(bytes, store.pid().from(), digits)
                    : -1;
        }
        if (envelope.priority < 0 && !envelope.stderrCopy) {
            envelope.priority = PriorityName.of(store);
        }
        envelope.dependent = true;
    }

    private void storeTime(int from, int end) {
        if (isoTimestamp.read(bytes, from, end) == end) {
            takeIsoTimestamp(from);
            return;
        }
        int written = envelope.local.read(bytes, from, end + 1);
        boolean zone = written >= 0 && written < end && ZoneAbbreviations.canBeZone(bytes, written + 1, end);
        if (envelope.local.month() > 0 && (written == end || zone)) {
            takeWrittenTimestamp(from);
            envelope.zoneWord = zone ? text(written + 1, end) : envelope.zoneWord;
        } else if (epoch.read(bytes, from, end)) {
            envelope.timestampKind = TimestampKind.ISO;
            envelope.timestampFrom = -1;
            envelope.offsetSeconds = Envelope.NO_OFFSET;
            envelope.epochSecond = epoch.second();
            envelope.nano = epoch.nano();
            envelope.fraction = epoch.fraction();
        }
    }

    /** Takes from the journal's fields what the message's own header lacks. */
    private void journal() {
        if (json.stream.isThere()) {
            envelope.streamFrom = json.stream.from;
            envelope.streamTo = json.stream.to;
        }
        if (json.transport == JsonLine.Transport.SYSLOG) {
            syslogEntry();
        } else {
            outputEntry();
        }
        if (envelope.timestampKind != TimestampKind.ISO && json.micros() >= 0) {
            // Better than a time without year and zone, which in a raw line can even come from a client.
            envelope.timestampKind = TimestampKind.ISO;
            envelope.epochSecond = json.epochSecond();
            envelope.nano = json.nano();
            envelope.fraction = true;
        }
        JsonLine.Place name = json.identifier.isThere() || envelope.hasTag() ? json.identifier : json.command;
        if (name.isThere()) {
            envelope.tagFrom = name.from;
            envelope.tagTo = name.to;
        }
        boolean ownHost = envelope.hasHost() && NodeNames.isName(bytes, envelope.hostFrom, envelope.hostTo);
        if (!ownHost && json.host.isThere()) {
            takeHost(json.host.from, json.host.to);
        }
        if (envelope.pid < 0) {
            envelope.pid = json.pid();
        }
    }

    /**
     * The priority is the one that HAProxy sent. journald has removed the whole of HAProxy's default header; of a
     * header with a host name (rfc3164) the part before it; of others (rfc5424, iso) only the priority.
     */
    private void syslogEntry() {
        envelope.priority = json.severity();
        if (json.identifier.isThere()) {
            afterTag(json.message.from);
        } else if (json.syslogTimestamp()) {
            syslogHeader(json.message.from, true);
        } else {
            body(json.message.from, false);
        }
    }

    /** A line of a service's or container's output. It can have any header that HAProxy writes there. */
    private void outputEntry() {
        body(priority(json.message.from), false);
        if (envelope.stderrCopy) {
            // That is the priority which the unit or the engine gives to all of stderr.
            envelope.priority = -1;
        } else if (json.transport == JsonLine.Transport.STDOUT) {
            envelope.outputPriority = json.severity();
        }
    }

    /** The position after {@code <N>}, if that is here. */
    private int priority(int from) {
        if (from == to || bytes[from] != '<') {
            return from;
        }
        int close = digitsEnd(from + 1);
        int digits = close - from - 1;
        if (digits < 1 || digits > 3 || close == to || bytes[close] != '>') {
            return from;
        }
        int priority = IsoTimestamp.digits(bytes, from + 1, digits);
        if (priority > MAX_PRIORITY) {
            return from;
        }
        envelope.priority = priority;
        return close + 1;
    }

    private void body(int at, boolean outermost) {
        envelope.messageFrom = at;
        if (at == to) {
            return;
        }
        byte first = bytes[at];
        if (first >= '0' && first <= '9') {
            if (envelope.priority >= 0 && startsWith(VERSION, at) && rfc5424(at + 2)) {
                return;
            }
            int end = isoTimestamp.read(bytes, at, to);
            if (end >= 0 && end < to && bytes[end] == ' ') {
                takeIsoTimestamp(at);
                afterIsoTimestamp(end + 1, outermost, isoTimestamp.zulu());
                return;
            }
            if (outermost && JournalctlTimestamp.isUnix(bytes, at, to)) {
                unixTimestamp(at);
                return;
            }
        } else if (first == '[') {
            if (stderrCopy(at) || outermost && monotonicTimestamp(at)) {
                return;
            }
        } else if (TraditionalTimestamp.isAt(bytes, at, to) && traditionalTimestamp(at, outermost)) {
            return;
        }
        if (outermost) {
            writtenTimestamp(at);
        }
    }

    /** False if a zone follows. */
    private boolean traditionalTimestamp(int at, boolean outermost) {
        boolean micros = TraditionalTimestamp.hasMicros(bytes, at, to);
        int next = TraditionalTimestamp.end(micros, at) + 1;
        if (outermost && ZoneAbbreviations.isZone(bytes, next, wordEnd(next))) {
            return false;
        }
        envelope.timestampKind = TimestampKind.TRADITIONAL;
        envelope.timestampFrom = at;
        envelope.fraction = micros;
        envelope.nano = micros ? TraditionalTimestamp.nano(bytes, at) : 0;
        envelope.known = syslogHeader(next, true) || outermost && isUnwrapped(next);
        return true;
    }

    private void writtenTimestamp(int at) {
        LocalTimestamp local = envelope.local;
        int end = local.read(bytes, at, to);
        if (end < 0) {
            return;
        }
        if (local.month() > 0) {
            takeWrittenTimestamp(at);
        }
        int next = end;
        while (next < to && bytes[next] == ' ') {
            next++;
        }
        next = JournalctlTimestamp.isUnixInBrackets(bytes, next, to) ? logreadTimestamp(next) : next;
        envelope.known = isUnwrapped(next) || syslogHeader(next, true);
        // HAProxy's own timestamp helps if the month is in an unknown language.
        envelope.known &= envelope.timestampKind != TimestampKind.NONE;
    }

    private void takeWrittenTimestamp(int at) {
        LocalTimestamp local = envelope.local;
        envelope.timestampKind = TimestampKind.LOCAL;
        envelope.timestampFrom = at;
        envelope.fraction = local.fraction();
        envelope.nano = local.nano();
        envelope.zoneWord = local.zoneFrom() < 0 ? "" : text(local.zoneFrom(), local.zoneTo());
    }

    /** OpenWrt's {@code logread -t} repeats the time, more precisely. */
    private int logreadTimestamp(int at) {
        takeUnixTimestamp(at + 1, JournalctlTimestamp.MILLIS_LENGTH);
        return at + JournalctlTimestamp.BRACKETS_LENGTH;
    }

    /** Whether a message without a tag follows the timestamp directly: a copy on stderr, or a health sentence. */
    private boolean isUnwrapped(int at) {
        boolean copy = envelope.priority < 0 && stderrCopy(at);
        boolean sentence = !copy && envelope.priority < 0 && HealthPrefixes.possible(bytes, at, to);
        if (sentence) {
            envelope.messageFrom = at;
        }
        return copy || sentence;
    }

    /** {@code journalctl -o short-monotonic}: a time since the machine's start, which is not a timestamp. */
    private boolean monotonicTimestamp(int at) {
        int end = JournalctlTimestamp.monotonicEnd(bytes, at, to);
        return end >= 0 && syslogHeader(end + 1, true);
    }

    private void unixTimestamp(int at) {
        takeUnixTimestamp(at, JournalctlTimestamp.UNIX_LENGTH);
        envelope.known = syslogHeader(at + JournalctlTimestamp.UNIX_LENGTH + 1, true);
    }

    private void takeUnixTimestamp(int at, int length) {
        envelope.timestampKind = TimestampKind.ISO;
        envelope.timestampFrom = -1;
        envelope.epochSecond = JournalctlTimestamp.second(bytes, at);
        envelope.nano = JournalctlTimestamp.nano(bytes, at, length);
        envelope.fraction = true;
    }

    private void takeIsoTimestamp(int from) {
        envelope.timestampKind = TimestampKind.ISO;
        envelope.timestampFrom = from;
        envelope.epochSecond = isoTimestamp.epochSecond();
        boolean zone = !isoTimestamp.zulu() && Math.abs(isoTimestamp.offset()) <= MAX_OFFSET_SECONDS;
        envelope.offsetSeconds = zone ? isoTimestamp.offset() : Envelope.NO_OFFSET;
        envelope.nano = isoTimestamp.nano();
        envelope.fraction = isoTimestamp.fraction();
    }

    private void afterIsoTimestamp(int at, boolean outermost, boolean zulu) {
        boolean maybeContainer = outermost && envelope.priority < 0;
        envelope.messageFrom = at;
        if (maybeContainer && (startsWith(STDOUT, at) || startsWith(STDERR, at)) && criMark(at + STDOUT.length)) {
            envelope.output = startsWith(STDOUT, at) ? Output.STDOUT : Output.STDERR;
            int inner = at + STDOUT.length;
            envelope.partial = bytes[inner] == 'P';
            body(priority(inner + 2), false);
            return;
        }
        boolean header = at < to && (bytes[at] == '<' || bytes[at] == '[' || bytes[at] >= '0' && bytes[at] <= '9');
        if (maybeContainer && zulu && header) {
            int inner = priority(at);
            boolean changed = inner > at || bytes[at] == '[' || isoTimestamp.read(bytes, at, to) >= 0;
            if (changed) {
                body(inner, false);
                return;
            }
        }
        if (maybeContainer && (zulu && afterTask(at) || stderrCopy(at))) {
            return;
        }
        // A server can be called "reason:", which looks like a tag; no host is called like the start of a sentence.
        if (!HealthPrefixes.possible(bytes, at, to) && !syslogHeader(at, false) && outermost) {
            tagWithoutHost(at);
        }
    }

    /** {@code docker service logs -t} puts the name of the task after the time. */
    private boolean afterTask(int at) {
        int end = prefix.endOfTask(bytes, at, to);
        if (end < 0) {
            return false;
        }
        int name = prefix.nameFrom();
        int nameTo = prefix.nameTo();
        boolean haproxys = prefix.ofHaproxy();
        body(priority(end), false);
        boolean inner = envelope.stderrCopy || envelope.hasTag() || envelope.priority >= 0;
        envelope.known &= inner || haproxys;
        envelope.dependent = true;
        if (!envelope.hasHost()) {
            takeHost(name, nameTo);
        }
        return true;
    }

    /**
     * {@code haproxy[4043]: } directly after a time in ISO 8601; {@code haproxy: } only before a health sentence or a copy:
     * a log format can begin like that.
     */
    private void tagWithoutHost(int at) {
        int end = wordEnd(at);
        boolean slash = false;
        for (int i = at; i < end; i++) {
            slash |= bytes[i] == '/';
        }
        if (slash || !isTag(at, end)) {
            return;
        }
        int message = Math.min(end + 1, to);
        boolean pid = bytes[end - 1] == ']' || bytes[end - 2] == ']';
        if (pid) {
            takeTag(at, end);
        } else if (HealthPrefixes.possible(bytes, message, to) || stderrCopy(message)) {
            envelope.dependent = true;
            takeTag(at, end);
        }
    }

    private boolean criMark(int at) {
        return to - at >= 2 && (bytes[at] == 'F' || bytes[at] == 'P') && bytes[at + 1] == ' ';
    }

    /**
     * {@code [HOST [HOST ]]TAG[PID]: }; false where no tag stands. Where {@code log-send-hostname} meets a unix socket
     * rsyslog puts its own host's name before the one that HAProxy sent.
     */
    private boolean syslogHeader(int from, boolean mayLackHost) {
        int at = priorityWord(from);
        int firstEnd = wordEnd(at);
        if (mayLackHost && isTag(at, firstEnd)) {
            return takeTag(at, firstEnd);
        }
        if (!isHost(at, firstEnd)) {
            return false;
        }
        int second = priorityWord(firstEnd + 1);
        int secondEnd = wordEnd(second);
        if (isTag(second, secondEnd)) {
            takeHost(at, firstEnd);
            return takeTag(second, secondEnd);
        }
        if (!isHost(second, secondEnd)) {
            return false;
        }
        int third = secondEnd + 1;
        int thirdEnd = wordEnd(third);
        if (!isTag(third, thirdEnd)) {
            return false;
        }
        if (lacksZone() && ZoneAbbreviations.canBeZone(bytes, at, firstEnd)) {
            unknownZone(at, firstEnd);
        }
        takeHost(second, secondEnd);
        return takeTag(third, thirdEnd);
    }

    private boolean lacksZone() {
        return envelope.timestampKind == TimestampKind.TRADITIONAL
                || envelope.timestampKind == TimestampKind.LOCAL && envelope.zoneWord.isEmpty();
    }

    /** The text between timestamp and host is kept as an unknown zone. */
    private void unknownZone(int from, int end) {
        if (envelope.timestampKind == TimestampKind.TRADITIONAL) {
            envelope.local.read(bytes, envelope.timestampFrom, to);
            takeWrittenTimestamp(envelope.timestampFrom);
        }
        envelope.zoneWord = text(from, end);
    }

    private String text(int from, int end) {
        return new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);
    }

    /** The position after {@code local0.alert} or {@code <local0.alert>}, if that is here. */
    private int priorityWord(int from) {
        if (envelope.priority >= 0) {
            return from;
        }
        int end = wordEnd(from);
        boolean brackets = end - from > 2 && bytes[from] == '<' && bytes[end - 1] == '>';
        int priority = brackets ? PriorityName.read(bytes, from + 1, end - 1) : PriorityName.read(bytes, from, end);
        priority = priority < 0 && brackets ? PriorityName.readNumbers(bytes, from + 1, end - 1) : priority;
        if (priority < 0) {
            return from;
        }
        envelope.priority = priority;
        return Math.min(end + 1, to);
    }

    private void takeHost(int from, int end) {
        int nameEnd = RelayedHost.nameEnd(bytes, from, end);
        boolean byAddress = nameEnd < end && !NodeNames.isName(bytes, from, nameEnd);
        envelope.hostFrom = byAddress ? nameEnd + 1 : from;
        envelope.hostTo = byAddress ? RelayedHost.addressEnd(bytes, nameEnd + 1, end) : nameEnd;
    }

    /** {@code haproxy[4043]:}, {@code haproxy:} or {@code haproxy[4043]}, and the message after it. */
    private boolean takeTag(int from, int end) {
        int tagEnd = pidOf(from, end);
        envelope.tagFrom = from;
        envelope.tagTo = envelope.timestampKind == TimestampKind.LOCAL ? UnitName.end(bytes, from, tagEnd) : tagEnd;
        afterTag(Math.min(end + 1, to));
        return true;
    }

    /** Where the tag {@code bytes[from, end)} ends without its pid, which is taken, and its colon. */
    private int pidOf(int from, int end) {
        int tagEnd = bytes[end - 1] == ':' ? end - 1 : end;
        if (tagEnd == from || bytes[tagEnd - 1] != ']') {
            return tagEnd;
        }
        int digits = tagEnd - 1;
        while (digits > from && bytes[digits - 1] >= '0' && bytes[digits - 1] <= '9') {
            digits--;
        }
        int count = tagEnd - 1 - digits;
        if (digits > from && bytes[digits - 1] == '[' && count >= 1 && count <= MAX_DIGITS) {
            envelope.pid = IsoTimestamp.digits(bytes, digits, count);
            return digits - 1;
        }
        return tagEnd;
    }

    /** Handles what can stand between the tag and the message. */
    private void afterTag(int at) {
        envelope.messageFrom = at;
        if (!stderrCopy(at)) {
            repeated(at);
        }
    }

    /** A colon ends it, unless rsyslog made the tag from a header of RFC 5424, which has no colon. */
    private boolean isTag(int from, int end) {
        if (end - from <= 1 || end > to) {
            return false;
        }
        if (bytes[end - 1] == ':') {
            return true;
        }
        int digits = end - 2;
        while (digits > from && bytes[digits] >= '0' && bytes[digits] <= '9') {
            digits--;
        }
        return bytes[end - 1] == ']' && digits > from && digits < end - 2 && bytes[digits] == '[';
    }

    private boolean isHost(int from, int end) {
        return from < to && end > from && end != to && isHost(bytes, from, end);
    }

    private static boolean isHost(byte[] bytes, int from, int end) {
        int nameEnd = RelayedHost.nameEnd(bytes, from, end);
        for (int i = from; i < nameEnd; i++) {
            byte b = bytes[i];
            boolean fits = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b < 0;
            if (!fits && b != '-' && b != '.' && b != '_' && b != ':' && b != '%') {
                return false;
            }
        }
        return true;
    }

    /** {@code message repeated N times: [ …]}: rsyslog's form for N more messages like this one. */
    private void repeated(int at) {
        if (!startsWith(REPEATED, at)) {
            return;
        }
        int number = at + REPEATED.length;
        int end = digitsEnd(number);
        int count = end - number;
        if (count < 1 || count > MAX_DIGITS || !startsWith(TIMES, end)) {
            return;
        }
        envelope.repeated = IsoTimestamp.digits(bytes, number, count);
        int message = end + TIMES.length;
        message = startsWith(SPACE, message) ? message + 1 : message;
        envelope.messageFrom = message;
        stderrCopy(message);
        // rsyslog keeps 800 bytes of a message, but always closes the bracket; a relay's limit may cut that too.
        envelope.messageTo = to > envelope.messageFrom && bytes[to - 1] == ']' ? to - 1 : to;
    }

    /** {@code [WARNING]  (PID) : } and {@code [WARNING] DAY/HHMMSS (PID) : }. */
    private boolean stderrCopy(int from) {
        int at = from + 1;
        if (from >= to || bytes[from] != '[') {
            return false;
        }
        while (at < to && bytes[at] >= 'A' && bytes[at] <= 'Z') {
            at++;
        }
        if (at == from + 1 || !startsWith(LABEL_END, at)) {
            return false;
        }
        at += LABEL_END.length;
        while (at < to && bytes[at] == ' ') {
            at++;
        }
        int timestampAt = isDayOfYear(at) ? at : -1;
        at = timestampAt < 0 ? at : at + DAY_OF_YEAR_LENGTH + 1;
        if (!startsWith(PID_BEGIN, at)) {
            return false;
        }
        int pidEnd = digitsEnd(at + 1);
        int count = pidEnd - at - 1;
        if (count < 1 || count > MAX_DIGITS || !startsWith(PID_END, pidEnd)) {
            return false;
        }
        if (timestampAt >= 0 && envelope.timestampKind == TimestampKind.NONE) {
            envelope.timestampKind = TimestampKind.DAY_OF_YEAR;
            envelope.timestampFrom = timestampAt;
        }
        envelope.outerPid = envelope.pid;
        envelope.pid = IsoTimestamp.digits(bytes, at + 1, count);
        envelope.stderrCopy = true;
        int message = pidEnd + PID_END.length;
        envelope.messageFrom = startsWith(CLI, message) ? message + CLI.length : message;
        return true;
    }

    private boolean isDayOfYear(int at) {
        return to - at > DAY_OF_YEAR_LENGTH
                && IsoTimestamp.digits(bytes, at, 3) >= 0
                && bytes[at + 3] == '/'
                && IsoTimestamp.digits(bytes, at + 4, 6) >= 0
                && bytes[at + DAY_OF_YEAR_LENGTH] == ' ';
    }

    /** {@code TIMESTAMP HOST APP PROCID MSGID DATA[ MESSAGE]}. */
    private boolean rfc5424(int from) {
        int at = from;
        boolean timed = !startsWith(NONE, at);
        int timestampEnd = timed ? isoTimestamp.read(bytes, at, to) : at + 1;
        if (timestampEnd < 0 || !startsWith(SPACE, timestampEnd)) {
            return false;
        }
        int host = timestampEnd + 1;
        int hostEnd = wordEnd(host);
        int app = hostEnd + 1;
        int appEnd = wordEnd(app);
        int process = appEnd + 1;
        int processEnd = wordEnd(process);
        int id = processEnd + 1;
        int idEnd = wordEnd(id);
        int data = idEnd + 1;
        if (data >= to || hostEnd == host || appEnd == app || processEnd == process) {
            return false;
        }
        int dataEnd = structuredDataEnd(data);
        if (dataEnd < 0 || dataEnd < to && bytes[dataEnd] != ' ') {
            return false;
        }
        if (timed) {
            takeIsoTimestamp(from);
        }
        takeHost(host, hostEnd);
        envelope.tagFrom = app;
        envelope.tagTo = appEnd;
        int digits = processEnd - process;
        envelope.pid = digits <= MAX_DIGITS ? IsoTimestamp.digits(bytes, process, digits) : -1;
        int message = Math.min(dataEnd + 1, to);
        message = startsWith(BYTE_ORDER_MARK, message) ? message + BYTE_ORDER_MARK.length : message;
        // rsyslog counts the space after a tag as part of the message, and forwards it after its own.
        afterTag(startsWith(SPACE, message) ? message + 1 : message);
        return true;
    }

    /** The end of {@code -} or {@code [id name="value \] \" \\"…]…}; -1 if neither is here. */
    private int structuredDataEnd(int from) {
        if (bytes[from] == '-') {
            return from + 1;
        }
        int at = from;
        while (at < to && bytes[at] == '[') {
            boolean inValue = false;
            at++;
            while (at < to && (inValue || bytes[at] != ']')) {
                if (inValue && bytes[at] == '\\') {
                    at++;
                } else if (bytes[at] == '"') {
                    inValue = !inValue;
                }
                at++;
            }
            if (at >= to) {
                return -1;
            }
            at++;
        }
        return at == from ? -1 : at;
    }

    /** The next space, or the end. */
    private int wordEnd(int from) {
        int at = from;
        while (at < to && bytes[at] != ' ') {
            at++;
        }
        return Math.min(at, to);
    }

    private int digitsEnd(int from) {
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9') {
            at++;
        }
        return at;
    }

    private boolean startsWith(byte[] beginning, int at) {
        return at >= 0 && at <= to && HealthPrefixes.startsWith(bytes, at, to, beginning);
    }
}
