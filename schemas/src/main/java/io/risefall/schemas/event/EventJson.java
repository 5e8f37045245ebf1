package io.risefall.schemas.event;

import io.risefall.schemas.json.JsonBytes;
import io.risefall.schemas.json.JsonBytes.Literal;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerSwitch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as {@link JsonSerde} writes them, byte for byte, several times as fast: it knows their fields and need not
 * find them out. The messages of which logs are full it writes itself, the others the serde. Not thread-safe.
 */
public final class EventJson {
    private static final JsonSerde<HealthMessage> MESSAGE = JsonSerde.of(HealthMessage.class);

    private static final Literal AT = new Literal("{\"at\":");
    private static final Literal PRECISE = new Literal(",\"precise\":");
    private static final Literal RECEIVED_AT = new Literal(",\"receivedAt\":");
    private static final Literal NODE = new Literal(",\"node\":");
    private static final Literal PID = new Literal(",\"pid\":");
    private static final Literal TAG = new Literal(",\"tag\":");
    private static final Literal SEVERITY = new Literal(",\"severity\":");
    private static final Literal MESSAGE_FIELD = new Literal(",\"message\":");
    private static final Literal TEXT = new Literal(",\"text\":");
    private static final Literal LINE = new Literal(",\"line\":");
    private static final Literal SOURCE = new Literal(",\"origin\":{\"source\":");
    private static final Literal POSITION = new Literal(",\"position\":");
    private static final Literal REPEAT = new Literal(",\"repeat\":");
    private static final Literal SENDER = new Literal(",\"sender\":");
    private static final Literal END = new Literal("}");
    private static final Literal ENDS = new Literal("}}");

    private static final Literal SWITCH = new Literal("{\"kind\":\"switch\",\"server\":");
    private static final Literal CHECK = new Literal("{\"kind\":\"check\",\"server\":");
    private static final Literal SLASH = new Literal("/");
    private static final Literal BACKUP = new Literal(",\"backup\":");
    private static final Literal TRANSITION = new Literal(",\"transition\":");
    private static final Literal UP = new Literal(",\"up\":");
    private static final Literal DRAIN = new Literal(",\"drain\":");
    private static final Literal CHANGED_FROM = new Literal(",\"changedFrom\":");
    private static final Literal WHY = new Literal(",\"why\":");
    private static final Literal VIA = new Literal(",\"via\":");
    private static final Literal FQDN = new Literal(",\"fqdn\":");
    private static final Literal COUNTS = new Literal(",\"counts\":{\"active\":");
    private static final Literal RUNNING_ON_BACKUP = new Literal(",\"runningOnBackup\":");
    private static final Literal SESSIONS_ACTIVE = new Literal(",\"sessionsActive\":");
    private static final Literal REQUEUED = new Literal(",\"requeued\":");
    private static final Literal QUEUED = new Literal(",\"queued\":");
    private static final Literal REASON = new Literal(",\"reason\":{\"status\":");
    private static final Literal CODE = new Literal(",\"code\":");
    private static final Literal INFO = new Literal(",\"info\":");
    private static final Literal DURATION = new Literal(",\"durationMillis\":");
    private static final Literal AGENT = new Literal(",\"agent\":");
    private static final Literal OUTCOME = new Literal(",\"outcome\":");
    private static final Literal HEALTH = new Literal(",\"health\":");
    private static final Literal THRESHOLD = new Literal(",\"threshold\":");
    private static final Literal STATE = new Literal(",\"state\":");
    private static final Literal CUT = new Literal(",\"cut\":");
    private static final Literal TAIL = new Literal(",\"tail\":");
    private static final Literal FORM = new Literal(",\"form\":");

    private final JsonBytes json = new JsonBytes();
    private Instant lastReceivedAt = Instant.EPOCH;
    private byte[] lastReceivedJson = {};

    public byte[] bytes(HealthEvent event) {
        json.clear();
        json.literal(AT).instant(event.at());
        json.literal(PRECISE).bool(event.precise());
        receivedAt(event.receivedAt());
        string(NODE, event.node());
        number(PID, event.pid());
        string(TAG, event.tag());
        word(SEVERITY, event.severity());
        json.literal(MESSAGE_FIELD);
        message(event.message());
        string(TEXT, event.text());
        string(LINE, event.line());
        Origin origin = event.origin();
        string(SOURCE, origin.source());
        json.literal(POSITION).number(origin.position());
        json.literal(REPEAT).number(origin.repeat());
        string(SENDER, origin.sender());
        return json.literal(ENDS).bytes();
    }

    /** Many lines of a file are read at once. */
    private void receivedAt(Instant at) {
        json.literal(RECEIVED_AT);
        if (lastReceivedJson.length > 0 && at.equals(lastReceivedAt)) {
            json.raw(lastReceivedJson);
        } else {
            int from = json.length();
            json.instant(at);
            lastReceivedJson = json.since(from);
            lastReceivedAt = at;
        }
    }

    private void message(HealthMessage message) {
        if (message instanceof ServerSwitch said) {
            serverSwitch(said);
        } else if (message instanceof CheckResult said) {
            check(said);
        } else {
            byte[] written = MESSAGE.serialize("", message);
            if (written != null) {
                json.raw(written);
            }
        }
    }

    private void serverSwitch(ServerSwitch said) {
        server(SWITCH, said.server());
        json.literal(BACKUP).bool(said.backup());
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
        json.literal(CUT).bool(said.cut());
        string(TAIL, said.tail());
        string(FORM, said.form());
        json.literal(END);
    }

    private void check(CheckResult said) {
        server(CHECK, said.server());
        json.literal(BACKUP).bool(said.backup());
        json.literal(AGENT).bool(said.agent());
        word(OUTCOME, said.outcome());
        reason(said.reason());
        number(HEALTH, said.health());
        number(THRESHOLD, said.threshold());
        word(STATE, said.state());
        json.literal(CUT).bool(said.cut());
        string(TAIL, said.tail());
        json.literal(END);
    }

    private void reason(@Nullable CheckReason reason) {
        if (reason != null) {
            word(REASON, reason.status());
            number(CODE, reason.code());
            string(INFO, reason.info());
            number(DURATION, reason.durationMillis());
            json.literal(END);
        }
    }

    private void counts(@Nullable ServerCounts counts) {
        if (counts != null) {
            json.literal(COUNTS).number(counts.active());
            json.literal(BACKUP).number(counts.backup());
            json.literal(RUNNING_ON_BACKUP).bool(counts.runningOnBackup());
            number(SESSIONS_ACTIVE, counts.sessionsActive());
            number(REQUEUED, counts.requeued());
            number(QUEUED, counts.queued());
            json.literal(END);
        }
    }

    private void server(Literal field, ServerName server) {
        json.literal(field)
                .quote()
                .characters(server.proxy())
                .literal(SLASH)
                .characters(server.server())
                .quote();
    }

    private void string(Literal field, @Nullable String value) {
        if (value != null) {
            json.literal(field).string(value);
        }
    }

    private void word(Literal field, @Nullable Enum<?> value) {
        if (value != null) {
            json.literal(field).string(value.name());
        }
    }

    private void number(Literal field, @Nullable Number value) {
        if (value != null) {
            json.literal(field).number(value.longValue());
        }
    }

    private void bool(Literal field, @Nullable Boolean value) {
        if (value != null) {
            json.literal(field).bool(value);
        }
    }
}
