package io.risefall.streams.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.streams.model.Line;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Writes lines as Jackson does by itself, twice as fast: it knows their fields and need not find them out. The messages of which
 * logs are full it writes field by field, the others Jackson. Thread-safe.
 */
final class LineWriter extends StdSerializer<Line> {
    private static final long serialVersionUID = 1;

    private static final SerializableString AT = new SerializedString("at");
    private static final SerializableString PID = new SerializedString("pid");
    private static final SerializableString SEVERITY = new SerializedString("severity");
    private static final SerializableString MESSAGE = new SerializedString("message");
    private static final SerializableString STAMP = new SerializedString("stamp");
    private static final SerializableString TARGET = new SerializedString("target");
    private static final SerializableString NAME_END = new SerializedString("nameEnd");
    private static final SerializableString KIND = new SerializedString("kind");
    private static final SerializableString SERVER = new SerializedString("server");
    private static final SerializableString BACKUP = new SerializedString("backup");
    private static final SerializableString AGENT = new SerializedString("agent");
    private static final SerializableString OUTCOME = new SerializedString("outcome");
    private static final SerializableString REASON = new SerializedString("reason");
    private static final SerializableString STATUS = new SerializedString("status");
    private static final SerializableString CODE = new SerializedString("code");
    private static final SerializableString INFO = new SerializedString("info");
    private static final SerializableString DURATION = new SerializedString("durationMillis");
    private static final SerializableString HEALTH = new SerializedString("health");
    private static final SerializableString THRESHOLD = new SerializedString("threshold");
    private static final SerializableString STATE = new SerializedString("state");
    private static final SerializableString CUT = new SerializedString("cut");
    private static final SerializableString TAIL = new SerializedString("tail");
    private static final SerializableString TRANSITION = new SerializedString("transition");
    private static final SerializableString UP = new SerializedString("up");
    private static final SerializableString DRAIN = new SerializedString("drain");
    private static final SerializableString CHANGED_FROM = new SerializedString("changedFrom");
    private static final SerializableString WHY = new SerializedString("why");
    private static final SerializableString VIA = new SerializedString("via");
    private static final SerializableString FQDN = new SerializedString("fqdn");
    private static final SerializableString COUNTS = new SerializedString("counts");
    private static final SerializableString ACTIVE = new SerializedString("active");
    private static final SerializableString RUNNING_ON_BACKUP = new SerializedString("runningOnBackup");
    private static final SerializableString SESSIONS_ACTIVE = new SerializedString("sessionsActive");
    private static final SerializableString REQUEUED = new SerializedString("requeued");
    private static final SerializableString QUEUED = new SerializedString("queued");
    private static final SerializableString FORM = new SerializedString("form");

    private final StdSerializer<Instant> instants;

    /** @param instants writes times */
    LineWriter(StdSerializer<Instant> instants) {
        super(Line.class);
        this.instants = instants;
    }

    @Override
    public void serialize(Line line, JsonGenerator out, SerializerProvider provider) throws IOException {
        out.writeStartObject();
        out.writeFieldName(AT);
        instants.serialize(line.at(), out, provider);
        number(out, PID, line.pid());
        word(out, SEVERITY, line.severity());
        message(line.message(), out, provider);
        word(out, STAMP, line.stamp());
        text(out, TARGET, line.target());
        text(out, NAME_END, line.nameEnd());
        out.writeEndObject();
    }

    private static void message(HealthMessage message, JsonGenerator out, SerializerProvider provider)
            throws IOException {
        out.writeFieldName(MESSAGE);
        if (message instanceof CheckResult check) {
            check(check, out);
        } else if (message instanceof ServerSwitch change) {
            serverSwitch(change, out);
        } else {
            provider.findTypedValueSerializer(message.getClass(), true, null).serialize(message, out, provider);
        }
    }

    private static void begin(HealthMessage message, JsonGenerator out) throws IOException {
        out.writeStartObject();
        text(out, KIND, message.kind().word());
        text(out, SERVER, String.valueOf(message.serverName()));
    }

    private static void check(CheckResult check, JsonGenerator out) throws IOException {
        begin(check, out);
        flag(out, BACKUP, check.backup());
        flag(out, AGENT, check.agent());
        word(out, OUTCOME, check.outcome());
        reason(check.reason(), out);
        number(out, HEALTH, check.health());
        number(out, THRESHOLD, check.threshold());
        word(out, STATE, check.state());
        flag(out, CUT, check.cut());
        text(out, TAIL, check.tail());
        out.writeEndObject();
    }

    private static void serverSwitch(ServerSwitch change, JsonGenerator out) throws IOException {
        begin(change, out);
        flag(out, BACKUP, change.backup());
        word(out, TRANSITION, change.transition());
        flag(out, UP, change.up());
        flag(out, DRAIN, change.drain());
        text(out, CHANGED_FROM, change.changedFrom());
        text(out, WHY, change.why());
        reason(change.reason(), out);
        text(out, VIA, change.via() == null ? null : change.via().toString());
        text(out, FQDN, change.fqdn());
        counts(change.counts(), out);
        flag(out, CUT, change.cut());
        text(out, TAIL, change.tail());
        text(out, FORM, change.form());
        out.writeEndObject();
    }

    private static void reason(@Nullable CheckReason reason, JsonGenerator out) throws IOException {
        if (reason != null) {
            out.writeFieldName(REASON);
            out.writeStartObject();
            word(out, STATUS, reason.status());
            number(out, CODE, reason.code());
            text(out, INFO, reason.info());
            number(out, DURATION, reason.durationMillis());
            out.writeEndObject();
        }
    }

    private static void counts(@Nullable ServerCounts counts, JsonGenerator out) throws IOException {
        if (counts != null) {
            out.writeFieldName(COUNTS);
            out.writeStartObject();
            number(out, ACTIVE, counts.active());
            number(out, BACKUP, counts.backup());
            flag(out, RUNNING_ON_BACKUP, counts.runningOnBackup());
            number(out, SESSIONS_ACTIVE, counts.sessionsActive());
            number(out, REQUEUED, counts.requeued());
            number(out, QUEUED, counts.queued());
            out.writeEndObject();
        }
    }

    private static void text(JsonGenerator out, SerializableString field, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeFieldName(field);
            out.writeString(value);
        }
    }

    private static void word(JsonGenerator out, SerializableString field, @Nullable Enum<?> value) throws IOException {
        text(out, field, value == null ? null : value.name());
    }

    private static void number(JsonGenerator out, SerializableString field, @Nullable Number value) throws IOException {
        if (value != null) {
            out.writeFieldName(field);
            out.writeNumber(value.longValue());
        }
    }

    private static void flag(JsonGenerator out, SerializableString field, @Nullable Boolean value) throws IOException {
        if (value != null) {
            out.writeFieldName(field);
            out.writeBoolean(value);
        }
    }
}
