package io.risefall.schemas;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as {@link JsonSerde} writes them, byte for byte, several times as fast: it knows their fields and need not
 * find them out. The messages of which logs are full it writes itself, the others the serde. Not thread-safe.
 */
public final class EventJson {
    private static final JsonSerde<HealthMessage> MESSAGE = JsonSerde.of(HealthMessage.class);

    private static final byte[] AT = ascii("{\"at\":");
    private static final byte[] PRECISE = ascii(",\"precise\":");
    private static final byte[] RECEIVED_AT = ascii(",\"receivedAt\":");
    private static final byte[] NODE = ascii(",\"node\":");
    private static final byte[] PID = ascii(",\"pid\":");
    private static final byte[] TAG = ascii(",\"tag\":");
    private static final byte[] SEVERITY = ascii(",\"severity\":");
    private static final byte[] MESSAGE_FIELD = ascii(",\"message\":");
    private static final byte[] TEXT = ascii(",\"text\":");
    private static final byte[] LINE = ascii(",\"line\":");
    private static final byte[] SOURCE = ascii(",\"origin\":{\"source\":");
    private static final byte[] POSITION = ascii(",\"position\":");
    private static final byte[] REPEAT = ascii(",\"repeat\":");
    private static final byte[] SENDER = ascii(",\"sender\":");
    private static final byte[] END = ascii("}");
    private static final byte[] ENDS = ascii("}}");

    private static final byte[] SWITCH = ascii("{\"kind\":\"switch\",\"server\":");
    private static final byte[] CHECK = ascii("{\"kind\":\"check\",\"server\":");
    private static final byte[] SLASH = ascii("/");
    private static final byte[] BACKUP = ascii(",\"backup\":");
    private static final byte[] TRANSITION = ascii(",\"transition\":");
    private static final byte[] UP = ascii(",\"up\":");
    private static final byte[] DRAIN = ascii(",\"drain\":");
    private static final byte[] CHANGED_FROM = ascii(",\"changedFrom\":");
    private static final byte[] WHY = ascii(",\"why\":");
    private static final byte[] VIA = ascii(",\"via\":");
    private static final byte[] FQDN = ascii(",\"fqdn\":");
    private static final byte[] COUNTS = ascii(",\"counts\":{\"active\":");
    private static final byte[] RUNNING_ON_BACKUP = ascii(",\"runningOnBackup\":");
    private static final byte[] SESSIONS_ACTIVE = ascii(",\"sessionsActive\":");
    private static final byte[] REQUEUED = ascii(",\"requeued\":");
    private static final byte[] QUEUED = ascii(",\"queued\":");
    private static final byte[] REASON = ascii(",\"reason\":{\"status\":");
    private static final byte[] CODE = ascii(",\"code\":");
    private static final byte[] INFO = ascii(",\"info\":");
    private static final byte[] DURATION = ascii(",\"durationMillis\":");
    private static final byte[] AGENT = ascii(",\"agent\":");
    private static final byte[] OUTCOME = ascii(",\"outcome\":");
    private static final byte[] HEALTH = ascii(",\"health\":");
    private static final byte[] THRESHOLD = ascii(",\"threshold\":");
    private static final byte[] STATE = ascii(",\"state\":");
    private static final byte[] CUT = ascii(",\"cut\":");
    private static final byte[] TAIL = ascii(",\"tail\":");
    private static final byte[] FORM = ascii(",\"form\":");

    private final JsonBytes json = new JsonBytes();
    private Instant lastReceivedAt = Instant.EPOCH;
    private byte[] lastReceivedJson = {};

    public byte[] bytes(HealthEvent event) {
        json.clear();
        json.raw(AT).instant(event.at());
        json.raw(PRECISE).bool(event.precise());
        receivedAt(event.receivedAt());
        string(NODE, event.node());
        number(PID, event.pid());
        string(TAG, event.tag());
        word(SEVERITY, event.severity());
        json.raw(MESSAGE_FIELD);
        message(event.message());
        textAndLine(event.text(), event.line());
        Origin origin = event.origin();
        string(SOURCE, origin.source());
        json.raw(POSITION).number(origin.position());
        json.raw(REPEAT).number(origin.repeat());
        string(SENDER, origin.sender());
        return json.raw(ENDS).bytes();
    }

    /** Many lines of a file are read at once. */
    private void receivedAt(Instant at) {
        json.raw(RECEIVED_AT);
        if (lastReceivedJson.length > 0 && at.equals(lastReceivedAt)) {
            json.raw(lastReceivedJson);
        } else {
            int from = json.length();
            json.instant(at);
            lastReceivedJson = json.since(from);
            lastReceivedAt = at;
        }
    }

    /** A line ends in its text, but for what was wrapped or repeated. */
    private void textAndLine(String text, String line) {
        json.raw(TEXT).quote();
        int from = json.length();
        json.characters(text);
        int to = json.length();
        json.quote().raw(LINE).quote();
        if (line.endsWith(text)) {
            json.characters(line.substring(0, line.length() - text.length())).again(from, to);
        } else {
            json.characters(line);
        }
        json.quote();
    }

    private void message(HealthMessage message) {
        if (message instanceof ServerSwitch said) {
            serverSwitch(said);
        } else if (message instanceof CheckResult said) {
            check(said);
        } else {
            byte[] written = MESSAGE.serialize(Topics.EVENTS.topic(), message);
            if (written != null) {
                json.raw(written);
            }
        }
    }

    private void serverSwitch(ServerSwitch said) {
        server(SWITCH, said.server());
        json.raw(BACKUP).bool(said.backup());
        word(TRANSITION, said.transition());
        bool(UP, said.up());
        bool(DRAIN, said.drain());
        string(CHANGED_FROM, said.changedFrom());
        string(WHY, said.why());
        reason(said.reason());
        if (said.via() != null) {
            server(VIA, said.via());
        }
        string(FQDN, said.fqdn());
        counts(said.counts());
        json.raw(CUT).bool(said.cut());
        string(TAIL, said.tail());
        string(FORM, said.form());
        json.raw(END);
    }

    private void check(CheckResult said) {
        server(CHECK, said.server());
        json.raw(BACKUP).bool(said.backup());
        json.raw(AGENT).bool(said.agent());
        word(OUTCOME, said.outcome());
        reason(said.reason());
        number(HEALTH, said.health());
        number(THRESHOLD, said.threshold());
        word(STATE, said.state());
        json.raw(CUT).bool(said.cut());
        string(TAIL, said.tail());
        json.raw(END);
    }

    private void reason(@Nullable CheckReason reason) {
        if (reason != null) {
            word(REASON, reason.status());
            number(CODE, reason.code());
            string(INFO, reason.info());
            number(DURATION, reason.durationMillis());
            json.raw(END);
        }
    }

    private void counts(@Nullable ServerCounts counts) {
        if (counts != null) {
            json.raw(COUNTS).number(counts.active());
            json.raw(BACKUP).number(counts.backup());
            json.raw(RUNNING_ON_BACKUP).bool(counts.runningOnBackup());
            number(SESSIONS_ACTIVE, counts.sessionsActive());
            number(REQUEUED, counts.requeued());
            number(QUEUED, counts.queued());
            json.raw(END);
        }
    }

    private void server(byte[] field, ServerName server) {
        json.raw(field)
                .quote()
                .characters(server.proxy())
                .raw(SLASH)
                .characters(server.server())
                .quote();
    }

    private void string(byte[] field, @Nullable String value) {
        if (value != null) {
            json.raw(field).string(value);
        }
    }

    private void word(byte[] field, @Nullable Enum<?> value) {
        if (value != null) {
            json.raw(field).string(value.name());
        }
    }

    private void number(byte[] field, @Nullable Number value) {
        if (value != null) {
            json.raw(field).number(value.longValue());
        }
    }

    private void bool(byte[] field, @Nullable Boolean value) {
        if (value != null) {
            json.raw(field).bool(value);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
