package io.risefall.schemas.state;

import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.json.JsonBytes;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.message.MessageParts;
import org.jspecify.annotations.Nullable;

/**
 * Writes the results of streams as {@link JsonSerde} writes them, byte for byte, several times as fast. {@link ResultReader} reads
 * them. Those of which there are many it writes itself, the others the serde. Not thread-safe.
 */
public final class ResultJson {
    private static final JsonSerde<StateRecord> STATE = JsonSerde.of(StateRecord.class);

    private final JsonBytes json = new JsonBytes();

    public byte @Nullable [] bytes(StateRecord record) {
        json.clear();
        if (record instanceof Outage outage) {
            return outage(outage);
        }
        return record instanceof StateInterval interval ? interval(interval) : STATE.serialize("", record);
    }

    public byte[] bytes(Rollup rollup) {
        json.clear();
        json.literal(ResultFields.ROLLUP).string(rollup.node());
        MessageParts.write(json, ResultFields.SERVER, rollup.server());
        json.literal(ResultFields.MINUTE).instant(rollup.minute());
        json.literal(ResultFields.REASON).string(rollup.reason().name());
        json.number(ResultFields.CODE, rollup.code());
        json.literal(ResultFields.FAILURES).number(rollup.failures());
        json.literal(ResultFields.DOWNS).number(rollup.downs());
        json.number(ResultFields.MAX_DURATION, rollup.maxDurationMillis());
        return ending(rollup.provenance());
    }

    private byte[] outage(Outage outage) {
        json.literal(ResultFields.OUTAGE).string(outage.node());
        MessageParts.write(json, ResultFields.SERVER, outage.server());
        json.literal(ResultFields.BACKUP).bool(outage.backup());
        json.literal(ResultFields.STARTED_AT).instant(outage.startedAt());
        json.instant(ResultFields.ENDED_AT, outage.endedAt());
        json.string(
                ResultFields.ENDED_BY,
                outage.endedBy() == null ? null : outage.endedBy().word());
        MessageParts.write(json, outage.reason());
        json.string(ResultFields.CHANGED_FROM, outage.changedFrom());
        MessageParts.write(json, ResultFields.VIA, outage.via());
        json.literal(ResultFields.AGENT).bool(outage.agent());
        json.literal(ResultFields.JOINED).bool(outage.joined());
        json.instant(ResultFields.FIRST_FAILURE_AT, outage.firstFailureAt());
        json.literal(ResultFields.BACKEND_EMPTIED).bool(outage.backendEmptied());
        json.literal(ResultFields.CERTAIN).bool(outage.certain());
        json.number(ResultFields.PID, outage.pid());
        json.instant(ResultFields.FIRST_SUCCESS_AT, outage.firstSuccessAt());
        MessageParts.write(json, outage.counts());
        return ending(outage.provenance());
    }

    private byte[] interval(StateInterval interval) {
        json.literal(ResultFields.STATE_INTERVAL).string(interval.node());
        MessageParts.write(json, ResultFields.SERVER, interval.server());
        json.literal(ResultFields.BACKUP).bool(interval.backup());
        json.literal(ResultFields.STATE).string(interval.state().word());
        json.literal(ResultFields.FROM_AT).instant(interval.fromAt());
        json.instant(ResultFields.TO_AT, interval.toAt());
        json.literal(ResultFields.CAUSE).string(interval.cause());
        json.number(ResultFields.PID, interval.pid());
        return ending(interval.provenance());
    }

    private byte[] ending(@Nullable Provenance provenance) {
        if (provenance != null) {
            json.literal(ResultFields.PROVENANCE);
            boolean first = true;
            for (Evidence evidence : provenance.evidence()) {
                if (!first) {
                    json.literal(ResultFields.NEXT);
                }
                first = false;
                evidence(evidence);
            }
            json.literal(ResultFields.EVIDENCE_END);
            if (provenance.leftOut() != 0) {
                json.literal(ResultFields.LEFT_OUT).number(provenance.leftOut());
            }
            json.literal(ResultFields.END);
        }
        return json.literal(ResultFields.END).bytes();
    }

    private void evidence(Evidence evidence) {
        json.literal(ResultFields.ROLE).string(evidence.role().word());
        LinePosition line = evidence.line();
        if (line != null) {
            json.literal(ResultFields.SOURCE).string(line.source());
            json.literal(ResultFields.POSITION).number(line.position());
            if (line.repeat() != 0) {
                json.literal(ResultFields.REPEAT).number(line.repeat());
            }
            json.literal(ResultFields.END);
        }
        json.instant(ResultFields.AT, evidence.at());
        json.string(
                ResultFields.RULE,
                evidence.rule() == null ? null : evidence.rule().word());
        json.literal(ResultFields.END);
    }
}
