package io.risefall.schemas.event;

import io.risefall.schemas.json.JsonBytes;
import io.risefall.schemas.json.JsonBytes.Literal;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.MessageParts;
import io.risefall.schemas.message.ServerSwitch;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes events as {@link JsonSerde} writes them, byte for byte, several times as fast: it knows their fields and need not
 * find them out. {@link EventReader} reads them. The messages of which logs are full it writes itself, the others the serde. Not thread-safe.
 */
public final class EventJson {
    private static final JsonSerde<HealthMessage> MESSAGE = JsonSerde.of(HealthMessage.class);

    private final JsonBytes json = new JsonBytes();
    private Instant lastReceivedAt = Instant.EPOCH;
    private byte[] lastReceivedJson = {};

    public byte[] bytes(HealthEvent event) {
        json.clear();
        json.literal(EventFields.AT).instant(event.at());
        json.literal(EventFields.PRECISE).bool(event.precise());
        receivedAt(event.receivedAt());
        json.string(EventFields.NODE, event.node());
        json.number(EventFields.PID, event.pid());
        json.string(EventFields.TAG, event.tag());
        word(EventFields.SEVERITY, event.severity());
        json.literal(EventFields.MESSAGE);
        message(event.message());
        frame(event.frame());
        Origin origin = event.origin();
        json.string(EventFields.SOURCE, origin.source());
        json.literal(EventFields.POSITION).number(origin.position());
        json.literal(EventFields.REPEAT).number(origin.repeat());
        json.string(EventFields.SENDER, origin.sender());
        return json.literal(EventFields.ENDS).bytes();
    }

    /** Many lines of a file are read at once. */
    private void receivedAt(Instant at) {
        json.literal(EventFields.RECEIVED_AT);
        if (lastReceivedJson.length > 0 && at.equals(lastReceivedAt)) {
            json.raw(lastReceivedJson);
        } else {
            int from = json.length();
            json.instant(at);
            lastReceivedJson = json.since(from);
            lastReceivedAt = at;
        }
    }

    private void frame(LineFrame frame) {
        if (frame.before() != null) {
            json.literal(EventFields.FRAME_BEFORE).string(frame.before());
            json.string(EventFields.AFTER, frame.after());
        } else {
            json.literal(EventFields.FRAME_WHOLE).string(frame.header());
        }
        json.literal(EventFields.END);
    }

    private void message(HealthMessage message) {
        if (message instanceof ServerSwitch said) {
            serverSwitch(said);
        } else if (message instanceof CheckResult said) {
            check(said);
        } else if (message instanceof BackendEmpty said) {
            json.string(EventFields.EMPTY, said.proxy());
            json.string(EventFields.PROXY_KIND, said.proxyKind());
            json.string(EventFields.FORM, said.form());
            json.literal(EventFields.END);
        } else {
            byte[] written = MESSAGE.serialize("", message);
            if (written != null) {
                json.raw(written);
            }
        }
    }

    private void serverSwitch(ServerSwitch said) {
        MessageParts.write(json, EventFields.SWITCH, said.server());
        json.literal(EventFields.BACKUP).bool(said.backup());
        word(EventFields.TRANSITION, said.transition());
        json.bool(EventFields.UP, said.up());
        json.bool(EventFields.DRAIN, said.drain());
        json.string(EventFields.CHANGED_FROM, said.changedFrom());
        json.string(EventFields.WHY, said.why());
        MessageParts.write(json, said.reason());
        MessageParts.write(json, EventFields.VIA, said.via());
        json.string(EventFields.FQDN, said.fqdn());
        MessageParts.write(json, said.counts());
        json.literal(EventFields.CUT).bool(said.cut());
        json.string(EventFields.TAIL, said.tail());
        json.string(EventFields.FORM, said.form());
        json.literal(EventFields.END);
    }

    private void check(CheckResult said) {
        MessageParts.write(json, EventFields.CHECK, said.server());
        json.literal(EventFields.BACKUP).bool(said.backup());
        json.literal(EventFields.AGENT).bool(said.agent());
        word(EventFields.OUTCOME, said.outcome());
        MessageParts.write(json, said.reason());
        json.number(EventFields.HEALTH, said.health());
        json.number(EventFields.THRESHOLD, said.threshold());
        word(EventFields.STATE, said.state());
        json.literal(EventFields.CUT).bool(said.cut());
        json.string(EventFields.TAIL, said.tail());
        json.literal(EventFields.END);
    }

    private void word(Literal field, @Nullable Enum<?> value) {
        json.string(field, value == null ? null : value.name());
    }
}
