package io.risefall.schemas.event;

import io.risefall.schemas.json.JsonBytes;
import io.risefall.schemas.json.JsonBytes.Literal;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerCounts;
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
        string(EventFields.NODE, event.node());
        number(EventFields.PID, event.pid());
        string(EventFields.TAG, event.tag());
        word(EventFields.SEVERITY, event.severity());
        json.literal(EventFields.MESSAGE);
        message(event.message());
        frame(event.frame());
        Origin origin = event.origin();
        string(EventFields.SOURCE, origin.source());
        json.literal(EventFields.POSITION).number(origin.position());
        json.literal(EventFields.REPEAT).number(origin.repeat());
        string(EventFields.SENDER, origin.sender());
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
            string(EventFields.AFTER, frame.after());
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
            string(EventFields.EMPTY, said.proxy());
            string(EventFields.PROXY_KIND, said.proxyKind());
            string(EventFields.FORM, said.form());
            json.literal(EventFields.END);
        } else {
            byte[] written = MESSAGE.serialize("", message);
            if (written != null) {
                json.raw(written);
            }
        }
    }

    private void serverSwitch(ServerSwitch said) {
        server(EventFields.SWITCH, said.server());
        json.literal(EventFields.BACKUP).bool(said.backup());
        word(EventFields.TRANSITION, said.transition());
        bool(EventFields.UP, said.up());
        bool(EventFields.DRAIN, said.drain());
        string(EventFields.CHANGED_FROM, said.changedFrom());
        string(EventFields.WHY, said.why());
        reason(said.reason());
        if (said.via() != null) {
            server(EventFields.VIA, said.via());
        }
        string(EventFields.FQDN, said.fqdn());
        counts(said.counts());
        json.literal(EventFields.CUT).bool(said.cut());
        string(EventFields.TAIL, said.tail());
        string(EventFields.FORM, said.form());
        json.literal(EventFields.END);
    }

    private void check(CheckResult said) {
        server(EventFields.CHECK, said.server());
        json.literal(EventFields.BACKUP).bool(said.backup());
        json.literal(EventFields.AGENT).bool(said.agent());
        word(EventFields.OUTCOME, said.outcome());
        reason(said.reason());
        number(EventFields.HEALTH, said.health());
        number(EventFields.THRESHOLD, said.threshold());
        word(EventFields.STATE, said.state());
        json.literal(EventFields.CUT).bool(said.cut());
        string(EventFields.TAIL, said.tail());
        json.literal(EventFields.END);
    }

    private void reason(@Nullable CheckReason reason) {
        if (reason != null) {
            word(EventFields.REASON, reason.status());
            number(EventFields.CODE, reason.code());
            string(EventFields.INFO, reason.info());
            number(EventFields.DURATION, reason.durationMillis());
            json.literal(EventFields.END);
        }
    }

    private void counts(@Nullable ServerCounts counts) {
        if (counts != null) {
            json.literal(EventFields.COUNTS).number(counts.active());
            json.literal(EventFields.BACKUP).number(counts.backup());
            json.literal(EventFields.RUNNING_ON_BACKUP).bool(counts.runningOnBackup());
            number(EventFields.SESSIONS_ACTIVE, counts.sessionsActive());
            number(EventFields.REQUEUED, counts.requeued());
            number(EventFields.QUEUED, counts.queued());
            json.literal(EventFields.END);
        }
    }

    private void server(Literal field, ServerName server) {
        json.literal(field)
                .quote()
                .characters(server.proxy())
                .literal(EventFields.SLASH)
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
