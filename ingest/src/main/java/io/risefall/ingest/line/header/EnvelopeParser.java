package io.risefall.ingest.line.header;

import io.risefall.ingest.line.bytes.Swar;
import io.risefall.ingest.line.timestamp.LocalTimestamp;
import io.risefall.ingest.line.tool.ToolPrefix;
import io.risefall.ingest.message.HealthPrefixes;

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
    /** Prefixes of one line: quoted, file, line number, container; each can occur twice. */
    private static final int MAX_PREFIXES = 6;

    private final HeaderLine line = new HeaderLine();
    private final HeaderTimestamps timestamps = new HeaderTimestamps(line);
    private final StderrCopy stderrCopy = new StderrCopy(line);
    private final SyslogHeader syslog = new SyslogHeader(line, timestamps, stderrCopy);
    private final ToolPrefix prefix = new ToolPrefix();
    private final TimedHeader header = new TimedHeader(line, timestamps, syslog, stderrCopy, prefix);
    private final JsonEntry json = new JsonEntry(line, timestamps, syslog, header);

    /** Fills {@code filled} with the parts of the line {@code text[from, lineTo)}. */
    public void parse(byte[] text, int from, int lineTo, Envelope filled) {
        line.envelope = filled;
        boolean lines = Swar.indexOf((byte) '\n', text, from, lineTo) >= 0;
        byte[] entry = lines ? JournalText.json(text, from, lineTo) : null;
        if (entry != null) {
            json.take(entry, 0, entry.length);
        } else if (JsonLine.begins(text, from, lineTo)) {
            json.take(text, from, lineTo);
        } else {
            line.begin(text, from, lineTo);
            header.take(header.priority(from), true);
            if (!line.hasHeader() && !HealthPrefixes.possible(line.bytes, line.envelope.messageFrom, line.to)) {
                afterPrefixes(text, from, lineTo);
            }
        }
        line.envelope.messageTo =
                MessageEnd.of(line.bytes, line.envelope.messageFrom, line.envelope.messageTo, line.envelope.hasTag());
    }

    /**
     * Removes what tools put before the line, if a header follows, or if a tool names HAProxy as the writer; otherwise
     * the line stays as it was read.
     */
    private void afterPrefixes(byte[] text, int from, int lineTo) {
        int at = from;
        int name = -1;
        int nameTo = -1;
        boolean haproxys = false;
        for (int prefixes = 0; prefixes < MAX_PREFIXES; prefixes++) {
            at = prefix.end(text, at, lineTo);
            if (at < 0) {
                break;
            }
            if (prefix.nameFrom() >= 0) {
                name = prefix.nameFrom();
                nameTo = prefix.nameTo();
                haproxys |= prefix.ofHaproxy();
            }
            if (JsonLine.begins(text, at, lineTo)) {
                json.take(text, at, lineTo);
                return;
            }
            line.begin(text, at, lineTo);
            header.take(header.priority(at), true);
            boolean raw = haproxys && line.envelope.known && at < lineTo;
            if (line.envelope.known && line.hasHeader() || raw) {
                if (!line.envelope.hasHost() && name >= 0) {
                    syslog.takeHost(name, nameTo);
                }
                line.envelope.dependent = true;
                return;
            }
        }
        line.begin(text, from, lineTo);
    }
}
