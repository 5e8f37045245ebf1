package io.risefall.ingest.line;

import io.risefall.ingest.line.header.Envelope;
import io.risefall.ingest.line.header.Envelope.TimestampKind;
import io.risefall.ingest.message.HealthLineParser;
import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.ingest.severity.SeverityRules;
import io.risefall.ingest.unknown.HealthSentence;
import io.risefall.ingest.unknown.UnknownHeader;
import io.risefall.schemas.event.Severity;
import java.nio.charset.StandardCharsets;

/** Lines that are not known to be HAProxy's: with an unknown header, with the tag of another program, or with neither. */
final class UnknownLines {
    private static final LineOutcome UNRELATED = new LineOutcome.Unrelated(false);
    static final LineOutcome ANOTHER_PROGRAM = new LineOutcome.Unrelated(true);
    /** Longest text before a message that can be a label of an unknown header, in bytes. */
    private static final int LONGEST_LABEL = 64;

    private UnknownLines() {}

    /** A line with an unknown header; it may hold a health sentence. */
    static LineOutcome of(byte[] buffer, int from, int end) {
        int sentence = HealthSentence.find(buffer, from, end);
        return sentence < 0 ? UNRELATED : new LineOutcome.Unknown(UnknownHeader.of(buffer, from, sentence, end));
    }

    /** A program whose messages begin like HAProxy's can be a HAProxy with another {@code log-tag}. */
    static LineOutcome ofAnotherProgram(Envelope envelope, byte[] buffer, int from, int end) {
        byte[] bytes = envelope.bytes;
        Severity severity = SeverityRules.severity(envelope.priority);
        boolean traffic = severity != null && severity.canBeTraffic();
        if (traffic || !HealthSentence.begins(bytes, envelope.messageFrom, envelope.messageTo)) {
            return ANOTHER_PROGRAM;
        }
        int length = envelope.tagTo - envelope.tagFrom;
        String tag = new String(bytes, envelope.tagFrom, length, StandardCharsets.UTF_8);
        return new LineOutcome.Unknown(UnknownHeader.ofTag(tag, buffer, from, end));
    }

    /**
     * Whether a label is between a timestamp and a whole health sentence: {@code 2026-11-23T00:21:56Z INFO Server …}. HAProxy's
     * format {@code iso} has no label, and text that a client forges in it does not follow a label.
     */
    static boolean isLabelled(Envelope envelope) {
        byte[] bytes = envelope.bytes;
        int from = envelope.messageFrom;
        boolean headless = !envelope.hasTag() && !envelope.stderrCopy && envelope.priority < 0;
        if (!headless || envelope.timestampKind == TimestampKind.NONE || !canBeLabel(bytes, from, envelope.messageTo)) {
            return false;
        }
        int sentence = HealthSentence.find(bytes, from, envelope.messageTo);
        if (sentence <= from || sentence - from > LONGEST_LABEL || !isLabel(bytes, from, sentence)) {
            return false;
        }
        int length = Math.min(envelope.messageTo - sentence, LineReader.MAX_MESSAGE_BYTES);
        return HealthLineParser.parse(new String(bytes, sentence, length, StandardCharsets.ISO_8859_1))
                instanceof Parsed;
    }

    /** Traffic begins with an address, and so do most lines. */
    private static boolean canBeLabel(byte[] bytes, int from, int to) {
        return from < to && (bytes[from] < '0' || bytes[from] > '9');
    }

    /** Only words, no part of a request. */
    private static boolean isLabel(byte[] bytes, int from, int to) {
        boolean letter = false;
        for (int at = from; at < to; at++) {
            byte b = bytes[at];
            if (b == '"' || b == '/' || b == '{' || b >= 0 && b < ' ' && b != '\t') {
                return false;
            }
            letter |= b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z';
        }
        return letter;
    }

    /** {@code 127.0.0.1:55352 [23/Nov/2026:…}: HAProxy's own log formats begin like this; the line has no header to recognize. */
    static boolean looksLikeTraffic(Envelope envelope) {
        boolean colon = false;
        int at = envelope.messageFrom;
        while (at < envelope.messageTo && envelope.bytes[at] != ' ') {
            colon |= envelope.bytes[at] == ':';
            at++;
        }
        return colon && envelope.messageTo - at > 1 && envelope.bytes[at + 1] == '[';
    }
}
