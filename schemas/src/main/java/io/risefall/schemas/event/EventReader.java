package io.risefall.schemas.event;

import io.risefall.schemas.json.JsonCursor;
import io.risefall.schemas.json.JsonCursor.OtherJsonException;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.MessageParts;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import java.time.Instant;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads events as {@link JsonSerde} reads them, several times as fast where they are as {@link EventJson} wrote them: it knows
 * which field comes next. All others, such as those of schema 1, of other writers and the rare messages, the serde reads.
 * Thread-safe.
 */
public final class EventReader implements Deserializer<HealthEvent> {
    private static final JsonSerde<HealthEvent> ANY = JsonSerde.of(HealthEvent.class);

    @Override
    public @Nullable HealthEvent deserialize(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return new Fields(new JsonCursor(bytes)).event();
        } catch (OtherJsonException | IllegalArgumentException e) {
            return ANY.deserialize(topic, bytes);
        }
    }

    /** One event, field by field. */
    private record Fields(JsonCursor json) {
        HealthEvent event() {
            json.expect(EventFields.AT);
            Instant at = json.instant();
            json.expect(EventFields.PRECISE);
            boolean precise = json.bool();
            json.expect(EventFields.RECEIVED_AT);
            Instant receivedAt = json.instant();
            json.expect(EventFields.NODE);
            String node = json.string();
            Long pid = json.number(EventFields.PID);
            String tag = json.string(EventFields.TAG);
            Severity severity = json.word(EventFields.SEVERITY, Severity.class);
            json.expect(EventFields.MESSAGE);
            HealthMessage message = message();
            LineFrame frame = frame();
            HealthEvent event =
                    new HealthEvent(at, precise, receivedAt, node, pid, tag, severity, message, frame, origin());
            json.expect(EventFields.ENDS);
            json.end();
            return event;
        }

        private LineFrame frame() {
            LineFrame frame;
            if (json.skip(EventFields.FRAME_BEFORE)) {
                String before = json.string();
                frame = new LineFrame(before, json.string(EventFields.AFTER), null);
            } else {
                json.expect(EventFields.FRAME_WHOLE);
                frame = new LineFrame(null, null, json.string());
            }
            json.expect(EventFields.END);
            return frame;
        }

        private Origin origin() {
            json.expect(EventFields.SOURCE);
            String source = json.string();
            json.expect(EventFields.POSITION);
            long position = json.number();
            json.expect(EventFields.REPEAT);
            return new Origin(source, position, json.smallNumber(), json.string(EventFields.SENDER));
        }

        private HealthMessage message() {
            if (json.skip(EventFields.CHECK)) {
                return check();
            }
            if (json.skip(EventFields.SWITCH)) {
                return serverSwitch();
            }
            json.expect(EventFields.EMPTY);
            String proxy = json.string();
            json.expect(EventFields.PROXY_KIND);
            BackendEmpty empty = new BackendEmpty(proxy, json.string(), json.string(EventFields.FORM));
            json.expect(EventFields.END);
            return empty;
        }

        private ServerSwitch serverSwitch() {
            ServerName server = ServerName.parse(json.string());
            json.expect(EventFields.BACKUP);
            boolean backup = json.bool();
            json.expect(EventFields.TRANSITION);
            Transition transition = json.word(Transition.class);
            Boolean up = json.bool(EventFields.UP);
            Boolean drain = json.bool(EventFields.DRAIN);
            String changedFrom = json.string(EventFields.CHANGED_FROM);
            String why = json.string(EventFields.WHY);
            CheckReason reason = MessageParts.reason(json);
            ServerName via = MessageParts.server(json, EventFields.VIA);
            String fqdn = json.string(EventFields.FQDN);
            ServerCounts counts = MessageParts.counts(json);
            json.expect(EventFields.CUT);
            boolean cut = json.bool();
            String tail = json.string(EventFields.TAIL);
            String form = json.string(EventFields.FORM);
            json.expect(EventFields.END);
            return new ServerSwitch(
                    server,
                    backup,
                    transition,
                    up,
                    drain,
                    changedFrom,
                    why,
                    reason,
                    via,
                    fqdn,
                    counts,
                    cut,
                    tail,
                    form);
        }

        private CheckResult check() {
            ServerName server = ServerName.parse(json.string());
            json.expect(EventFields.BACKUP);
            boolean backup = json.bool();
            json.expect(EventFields.AGENT);
            boolean agent = json.bool();
            json.expect(EventFields.OUTCOME);
            CheckResult.Outcome outcome = json.word(CheckResult.Outcome.class);
            CheckReason reason = MessageParts.reason(json);
            Integer health = json.smallNumber(EventFields.HEALTH);
            Integer threshold = json.smallNumber(EventFields.THRESHOLD);
            CheckResult.State state = json.word(EventFields.STATE, CheckResult.State.class);
            json.expect(EventFields.CUT);
            boolean cut = json.bool();
            String tail = json.string(EventFields.TAIL);
            json.expect(EventFields.END);
            return new CheckResult(server, backup, agent, outcome, reason, health, threshold, state, cut, tail);
        }
    }
}
