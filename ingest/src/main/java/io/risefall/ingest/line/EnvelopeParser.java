package io.risefall.ingest.line;

import io.risefall.ingest.line.Envelope.Output;
import io.risefall.ingest.line.Envelope.Stamp;
import io.risefall.ingest.message.HealthBeginnings;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;

/**
 * Finds a message on its line: takes off whatever HAProxy, a syslog daemon, journald or a container engine put before
 * it. Knows every header of these and tells them apart by their form alone, line by line:
 *
 * <pre>
 * &lt;129>Nov 23 00:21:56 [lb1 ]haproxy[4043]: …                  local, RFC 3164; without &lt;129> a file, journald
 * 2026-11-23T00:21:56.466547+00:00 lb1 [lb1 ]haproxy[4043]: …   rsyslog's ISO file; with &lt;129> its forwarding
 * &lt;129>1 2026-11-23T00:21:56.466547+00:00 lb1 haproxy 4043 - - …  RFC 5424
 * 2026-11-23T00:21:56.466547+00:00 …                            iso; with &lt;1> timed
 * &lt;1>…, &lt;129>…, …                                              short, priority, raw
 * [WARNING]  (4043) : …, [WARNING] 326/002156 (4043) : …        the copy on stderr, also behind a syslog header
 * 2026-11-23T00:21:56.466547123Z [stdout F ]…                   docker logs --timestamps, CRI, before one of the others
 * {"MESSAGE":"…",…}, {"log":"…\n",…}                            journalctl -o json, Docker's json-file: {@link JsonLine}
 * Mon 2026-11-23 00:21:56 UTC lb1 haproxy[4043]: …              journalctl -o short-full
 * 1795393316.466547 lb1 haproxy[4043]: …                        journalctl -o short-unix
 * Nov 23 00:21:56 lb1 local0.alert haproxy[4043]: …             BusyBox; FreeBSD: {@code <local0.alert> lb1}
 * Nov 23 00:21:56 lb1 haproxy[4043] …                           rsyslog's file of what came with RFC 5424
 * </pre>
 *
 * Used by one thread.
 */
final class EnvelopeParser {
    private static final byte[] MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec".getBytes(StandardCharsets.US_ASCII);
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
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int TRADITIONAL_LENGTH = "Nov  3 00:21:56".length();
    private static final int MICRO_DIGITS = 6;
    private static final int DAY_OF_YEAR_LENGTH = "326/002156".length();

    /** RFC 5424: facility 23, severity 7. */
    private static final int MAX_PRIORITY = 191;

    private static final int MAX_DIGITS = 9;

    /** Further ahead of UTC is no zone. */
    private static final int MAX_OFFSET_SECONDS = ZoneOffset.MAX.getTotalSeconds();

    private final IsoStamp isoStamp = new IsoStamp();
    private final JsonLine json = new JsonLine();
    private Envelope envelope = new Envelope();
    private byte[] bytes = {};
    private int to;

    /** Fills {@code filled} with what stands around the message of the line {@code bytes[from, to)}. */
    void parse(byte[] line, int from, int lineTo, Envelope filled) {
        envelope = filled;
        if (JsonLine.begins(line, from, lineTo)) {
            json(line, from, lineTo);
        } else {
            begin(line, from, lineTo);
            body(priority(from), true);
        }
        if (envelope.hasTag()) {
            envelope.messageTo = EscapedLineEnd.dropped(bytes, envelope.messageFrom, envelope.messageTo);
        }
    }

    private void begin(byte[] line, int from, int lineTo) {
        bytes = line;
        to = lineTo;
        envelope.clear(line, from, lineTo);
    }

    private void json(byte[] line, int from, int lineTo) {
        JsonLine.Writer writer = json.read(line, from, lineTo);
        if (writer == JsonLine.Writer.NONE) {
            begin(line, from, lineTo);
            envelope.known = false;
            return;
        }
        int messageTo = LineReader.withoutLineEnd(json.buffer(), json.message.from, json.message.to);
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
        if (json.time.isThere() && isoStamp.read(bytes, json.time.from, json.time.to) >= 0) {
            takeIsoStamp(json.time.from);
        }
        body(priority(json.message.from), false);
    }

    /** What the message's own header does not say, the journal does. */
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
        if (envelope.stamp != Stamp.ISO && json.micros() >= 0) {
            // Better than a time without year and zone, which in a raw line can even be a client's.
            envelope.stamp = Stamp.ISO;
            envelope.epochSecond = json.epochSecond();
            envelope.nano = json.nano();
            envelope.fraction = true;
        }
        JsonLine.Place name = json.identifier.isThere() || envelope.hasTag() ? json.identifier : json.command;
        if (name.isThere()) {
            envelope.tagFrom = name.from;
            envelope.tagTo = name.to;
        }
        boolean ownHost = envelope.hasHost() && NodeNames.says(bytes, envelope.hostFrom, envelope.hostTo);
        if (!ownHost && json.host.isThere()) {
            takeHost(json.host.from, json.host.to);
        }
        if (envelope.pid < 0) {
            envelope.pid = json.pid();
        }
    }

    /**
     * The priority is the one that HAProxy sent. Of a header as HAProxy's default is, journald has taken off all; of one
     * with a host name (rfc3164) what stands before it; of others (rfc5424, iso) only the priority.
     */
    private void syslogEntry() {
        envelope.priority = json.severity();
        if (json.identifier.isThere()) {
            afterTag(json.message.from);
        } else if (json.syslogStamp()) {
            syslogHeader(json.message.from, true);
        } else {
            body(json.message.from, false);
        }
    }

    /** A line of a service's output, or of a container's. It has any header that HAProxy writes there. */
    private void outputEntry() {
        body(priority(json.message.from), false);
        if (envelope.stderrCopy) {
            // What the unit or the engine says of all of stderr.
            envelope.priority = -1;
        } else if (json.transport == JsonLine.Transport.STDOUT) {
            envelope.outputPriority = json.severity();
        }
    }

    /** Behind {@code <N>}, if that stands here. */
    private int priority(int from) {
        if (from == to || bytes[from] != '<') {
            return from;
        }
        int close = digitsEnd(from + 1);
        int digits = close - from - 1;
        if (digits < 1 || digits > 3 || close == to || bytes[close] != '>') {
            return from;
        }
        int priority = IsoStamp.digits(bytes, from + 1, digits);
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
            int end = isoStamp.read(bytes, at, to);
            if (end >= 0 && end < to && bytes[end] == ' ') {
                takeIsoStamp(at);
                afterIsoStamp(end + 1, outermost && envelope.priority < 0, isoStamp.zulu());
            } else if (outermost && JournalctlStamp.isUnix(bytes, at, to)) {
                unixStamp(at);
            }
        } else if (first == '[') {
            stderrCopy(at);
        } else if (isTraditional(at)) {
            envelope.stamp = Stamp.TRADITIONAL;
            envelope.stampFrom = at;
            envelope.known = syslogHeader(traditionalEnd(at) + 1, true);
        } else if (outermost && JournalctlStamp.isFull(bytes, at, to)) {
            envelope.stamp = Stamp.LOCAL;
            envelope.stampFrom = at + JournalctlStamp.WEEKDAY_LENGTH;
            envelope.known = syslogHeader(wordEnd(at + JournalctlStamp.FULL_LENGTH) + 1, false);
        }
    }

    private void unixStamp(int at) {
        envelope.stamp = Stamp.ISO;
        envelope.epochSecond = JournalctlStamp.second(bytes, at);
        envelope.nano = JournalctlStamp.nano(bytes, at);
        envelope.fraction = true;
        envelope.known = syslogHeader(at + JournalctlStamp.UNIX_LENGTH + 1, false);
    }

    /** Where a traditional stamp ends, with the microseconds of {@code journalctl -o short-precise}. */
    private int traditionalEnd(int at) {
        int end = at + TRADITIONAL_LENGTH;
        envelope.fraction = bytes[end] == '.';
        envelope.nano = envelope.fraction ? IsoStamp.digits(bytes, end + 1, MICRO_DIGITS) * 1000 : 0;
        return envelope.fraction ? end + 1 + MICRO_DIGITS : end;
    }

    private void takeIsoStamp(int from) {
        envelope.stamp = Stamp.ISO;
        envelope.stampFrom = from;
        envelope.epochSecond = isoStamp.epochSecond();
        boolean zone = !isoStamp.zulu() && Math.abs(isoStamp.offset()) <= MAX_OFFSET_SECONDS;
        envelope.offsetSeconds = zone ? isoStamp.offset() : Envelope.NO_OFFSET;
        envelope.nano = isoStamp.nano();
        envelope.fraction = isoStamp.fraction();
    }

    private void afterIsoStamp(int at, boolean maybeContainer, boolean zulu) {
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
            boolean changed = inner > at || bytes[at] == '[' || isoStamp.read(bytes, at, to) >= 0;
            if (changed) {
                body(inner, false);
                return;
            }
        }
        // A server can be called "reason:", which looks like a tag; no host is called like the beginning of a sentence.
        if (!HealthBeginnings.possible(bytes, at, to)) {
            syslogHeader(at, false);
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
        takeHost(second, secondEnd);
        return takeTag(third, thirdEnd);
    }

    /** Behind {@code local0.alert} or {@code <local0.alert>}, if that stands here. */
    private int priorityWord(int from) {
        if (envelope.priority >= 0) {
            return from;
        }
        int end = wordEnd(from);
        boolean brackets = end - from > 2 && bytes[from] == '<' && bytes[end - 1] == '>';
        int priority = brackets ? PriorityWord.read(bytes, from + 1, end - 1) : PriorityWord.read(bytes, from, end);
        if (priority < 0) {
            return from;
        }
        envelope.priority = priority;
        return Math.min(end + 1, to);
    }

    private void takeHost(int from, int end) {
        envelope.hostFrom = from;
        envelope.hostTo = end;
    }

    /** {@code haproxy[4043]:}, {@code haproxy:} or {@code haproxy[4043]}, and what it says. */
    private boolean takeTag(int from, int end) {
        int tagEnd = bytes[end - 1] == ':' ? end - 1 : end;
        if (bytes[tagEnd - 1] == ']') {
            int digits = tagEnd - 1;
            while (digits > from && bytes[digits - 1] >= '0' && bytes[digits - 1] <= '9') {
                digits--;
            }
            int count = tagEnd - 1 - digits;
            if (digits > from && bytes[digits - 1] == '[' && count >= 1 && count <= MAX_DIGITS) {
                envelope.pid = IsoStamp.digits(bytes, digits, count);
                tagEnd = digits - 1;
            }
        }
        envelope.tagFrom = from;
        envelope.tagTo = tagEnd;
        afterTag(Math.min(end + 1, to));
        return true;
    }

    /** What can stand between the tag and the message. */
    private void afterTag(int at) {
        envelope.messageFrom = at;
        if (!stderrCopy(at)) {
            repeated(at);
        }
    }

    /** A colon ends it, except where rsyslog has put one together of a header of RFC 5424, which has none. */
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
        if (from >= to || end <= from || end == to) {
            return false;
        }
        for (int i = from; i < end; i++) {
            byte b = bytes[i];
            boolean fits = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b < 0;
            if (!fits && b != '-' && b != '.' && b != '_' && b != ':' && b != '%') {
                return false;
            }
        }
        return true;
    }

    /** {@code message repeated N times: [ …]}: rsyslog's word for N more messages like this one. */
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
        envelope.repeated = IsoStamp.digits(bytes, number, count);
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
        int stampAt = isDayOfYear(at) ? at : -1;
        at = stampAt < 0 ? at : at + DAY_OF_YEAR_LENGTH + 1;
        if (!startsWith(PID_BEGIN, at)) {
            return false;
        }
        int pidEnd = digitsEnd(at + 1);
        int count = pidEnd - at - 1;
        if (count < 1 || count > MAX_DIGITS || !startsWith(PID_END, pidEnd)) {
            return false;
        }
        if (stampAt >= 0 && envelope.stamp == Stamp.NONE) {
            envelope.stamp = Stamp.DAY_OF_YEAR;
            envelope.stampFrom = stampAt;
        }
        envelope.outerPid = envelope.pid;
        envelope.pid = IsoStamp.digits(bytes, at + 1, count);
        envelope.stderrCopy = true;
        envelope.messageFrom = pidEnd + PID_END.length;
        return true;
    }

    private boolean isDayOfYear(int at) {
        return to - at > DAY_OF_YEAR_LENGTH
                && IsoStamp.digits(bytes, at, 3) >= 0
                && bytes[at + 3] == '/'
                && IsoStamp.digits(bytes, at + 4, 6) >= 0
                && bytes[at + DAY_OF_YEAR_LENGTH] == ' ';
    }

    /** {@code TIMESTAMP HOST APP PROCID MSGID DATA[ MESSAGE]}. */
    private boolean rfc5424(int from) {
        int at = from;
        boolean timed = !startsWith(NONE, at);
        int stampEnd = timed ? isoStamp.read(bytes, at, to) : at + 1;
        if (stampEnd < 0 || !startsWith(SPACE, stampEnd)) {
            return false;
        }
        int host = stampEnd + 1;
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
            takeIsoStamp(from);
        }
        takeHost(host, hostEnd);
        envelope.tagFrom = app;
        envelope.tagTo = appEnd;
        int digits = processEnd - process;
        envelope.pid = digits <= MAX_DIGITS ? IsoStamp.digits(bytes, process, digits) : -1;
        int message = Math.min(dataEnd + 1, to);
        message = startsWith(BYTE_ORDER_MARK, message) ? message + BYTE_ORDER_MARK.length : message;
        // rsyslog counts the space after a tag to the message, and sends it on behind its own.
        afterTag(startsWith(SPACE, message) ? message + 1 : message);
        return true;
    }

    /** The end of {@code -} or {@code [id name="value \] \" \\"…]…}; -1 if neither stands here. */
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

    private boolean isTraditional(int at) {
        return to - at > TRADITIONAL_LENGTH
                && month(bytes, at) > 0
                && bytes[at + 3] == ' '
                && (bytes[at + 4] == ' ' || bytes[at + 4] >= '0' && bytes[at + 4] <= '3')
                && bytes[at + 6] == ' '
                && bytes[at + 9] == ':'
                && bytes[at + 12] == ':'
                && (bytes[at + TRADITIONAL_LENGTH] == ' ' || isFraction(at + TRADITIONAL_LENGTH))
                && IsoStamp.digits(bytes, at + 5, 1) >= 0
                && IsoStamp.digits(bytes, at + 7, 2) >= 0
                && IsoStamp.digits(bytes, at + 10, 2) >= 0
                && IsoStamp.digits(bytes, at + 13, 2) >= 0;
    }

    /** {@code .466547 }. */
    private boolean isFraction(int at) {
        int end = at + 1 + MICRO_DIGITS;
        return bytes[at] == '.' && end < to && digitsEnd(at + 1) == end && bytes[end] == ' ';
    }

    /** 1 to 12; 0 if no month's name stands here. */
    static int month(byte[] bytes, int at) {
        for (int i = 0; i < MONTHS.length; i += 3) {
            if (bytes[at] == MONTHS[i] && bytes[at + 1] == MONTHS[i + 1] && bytes[at + 2] == MONTHS[i + 2]) {
                return i / 3 + 1;
            }
        }
        return 0;
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
        return at >= 0 && at <= to && HealthBeginnings.startsWith(bytes, at, to, beginning);
    }
}
