package io.risefall.ingest.line.header;

import io.risefall.ingest.line.bytes.LineSplitter;
import io.risefall.ingest.message.HealthLineParser;
import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.ingest.message.HealthPrefixes;
import io.risefall.ingest.severity.SeverityRules;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerSwitch;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds HAProxy's tag ({@code log-tag}) in a file that has none of the configured tags: the process that logs most
 * whole health lines is HAProxy, and all tags of that process are its. (A backend can have its own.)
 */
public final class TagLearner {
    private final Tags configured;
    private final EnvelopeParser envelopes = new EnvelopeParser();
    private final Envelope envelope = new Envelope();
    private final Map<Program, Set<String>> tags = new HashMap<>();
    private final Map<Program, Integer> healthLines = new LinkedHashMap<>();

    /** A process, or a tag if the header names no process. */
    private record Program(long pid, String tag) {}

    private TagLearner(Set<String> configured) {
        this.configured = new Tags(configured);
    }

    /**
     * The tags to use instead of the configured ones; empty if those are in use, or if there are no health lines.
     *
     * @param head the beginning of a file, up to {@code length} bytes of it; a last line that is not whole is left out
     */
    public static Set<String> learn(byte[] head, int length, Set<String> configured) {
        return new TagLearner(configured).learn(head, length);
    }

    private Set<String> learn(byte[] head, int length) {
        int from = 0;
        for (int at = 0; at < length; at++) {
            if (head[at] == '\n') {
                if (isConfigured(head, from, at)) {
                    return Set.of();
                }
                from = at + 1;
            }
        }
        return healthLines.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(most -> Set.copyOf(tags.getOrDefault(most.getKey(), Set.of())))
                .orElse(Set.of());
    }

    /** Learns from a line; true if its tag is a configured one. */
    private boolean isConfigured(byte[] head, int from, int to) {
        envelopes.parse(head, from, LineSplitter.withoutLineEnd(head, from, to), envelope);
        if (!envelope.known || !envelope.hasTag()) {
            return false;
        }
        if (configured.of(envelope.bytes, envelope.tagFrom, envelope.tagTo) != null) {
            return true;
        }
        int tagLength = envelope.tagTo - envelope.tagFrom;
        String tag = new String(envelope.bytes, envelope.tagFrom, tagLength, StandardCharsets.UTF_8);
        Program program = envelope.pid < 0 ? new Program(-1, tag) : new Program(envelope.pid, "");
        tags.computeIfAbsent(program, any -> new TreeSet<>()).add(tag);
        if (isHealthLine()) {
            healthLines.merge(program, 1, Integer::sum);
        }
        return false;
    }

    private boolean isHealthLine() {
        Severity severity = SeverityRules.severity(envelope.priority);
        if (!HealthPrefixes.possible(envelope.bytes, envelope.messageFrom, envelope.messageTo)) {
            return false;
        }
        int length = envelope.messageTo - envelope.messageFrom;
        String text = new String(envelope.bytes, envelope.messageFrom, length, StandardCharsets.ISO_8859_1);
        return HealthLineParser.parse(text) instanceof Parsed parsed
                && SeverityRules.of(parsed.message().kind(), severity) != SeverityRules.NEVER
                && SeverityRules.canBeUnreadableHealth(severity)
                && isWhole(parsed.message());
    }

    private static boolean isWhole(HealthMessage message) {
        if (message instanceof ServerSwitch line) {
            return !line.cut();
        }
        return message instanceof CheckResult line && !line.cut();
    }
}
