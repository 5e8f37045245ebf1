package io.risefall.schemas.state;

import io.risefall.schemas.Topics;
import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.json.JsonCursor;
import io.risefall.schemas.json.JsonCursor.OtherJsonException;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.MessageParts;
import io.risefall.schemas.state.Outage.EndedBy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the results of streams as {@link JsonSerde} reads them, several times as fast where they are as {@link ResultJson} wrote
 * them. All others, such as those of other writers and the rare ones, the serde reads. Thread-safe.
 */
public final class ResultReader {
    private static final JsonSerde<StateRecord> STATE = JsonSerde.of(StateRecord.class);
    private static final JsonSerde<Rollup> ROLLUP = JsonSerde.of(Rollup.class);

    private static final Map<String, Health> STATES = words(Health.values(), Health::word);
    private static final Map<String, EndedBy> ENDS = words(EndedBy.values(), EndedBy::word);
    private static final Map<String, Evidence.Role> ROLES = words(Evidence.Role.values(), Evidence.Role::word);
    private static final Map<String, Evidence.Rule> RULES = words(Evidence.Rule.values(), Evidence.Rule::word);

    private static <E> Map<String, E> words(E[] constants, Function<E, String> word) {
        return Arrays.stream(constants).collect(Collectors.toUnmodifiableMap(word, constant -> constant));
    }

    /** A value of {@link Topics#STATES}; null is a tombstone. */
    public @Nullable StateRecord state(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return new Fields(new JsonCursor(bytes)).state();
        } catch (OtherJsonException | IllegalArgumentException e) {
            return STATE.deserialize(topic, bytes);
        }
    }

    /** A value of {@link Topics#ROLLUPS}; null is a tombstone. */
    public @Nullable Rollup rollup(String topic, byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        try {
            return new Fields(new JsonCursor(bytes)).rollup();
        } catch (OtherJsonException | IllegalArgumentException e) {
            return ROLLUP.deserialize(topic, bytes);
        }
    }

    /** One result, field by field. */
    private record Fields(JsonCursor json) {
        StateRecord state() {
            if (json.skip(ResultFields.OUTAGE)) {
                return outage();
            }
            json.expect(ResultFields.STATE_INTERVAL);
            return interval();
        }

        private Outage outage() {
            String node = json.string();
            ServerName server = server();
            json.expect(ResultFields.BACKUP);
            boolean backup = json.bool();
            json.expect(ResultFields.STARTED_AT);
            Instant startedAt = json.instant();
            Instant endedAt = json.instant(ResultFields.ENDED_AT);
            EndedBy endedBy = json.skip(ResultFields.ENDED_BY) ? json.word(ENDS) : null;
            CheckReason reason = MessageParts.reason(json);
            String changedFrom = json.string(ResultFields.CHANGED_FROM);
            ServerName via = MessageParts.server(json, ResultFields.VIA);
            json.expect(ResultFields.AGENT);
            boolean agent = json.bool();
            json.expect(ResultFields.JOINED);
            boolean joined = json.bool();
            Instant firstFailureAt = json.instant(ResultFields.FIRST_FAILURE_AT);
            json.expect(ResultFields.BACKEND_EMPTIED);
            boolean backendEmptied = json.bool();
            json.expect(ResultFields.CERTAIN);
            boolean certain = json.bool();
            return new Outage(
                    node,
                    server,
                    backup,
                    startedAt,
                    endedAt,
                    endedBy,
                    reason,
                    changedFrom,
                    via,
                    agent,
                    joined,
                    firstFailureAt,
                    backendEmptied,
                    certain,
                    json.number(ResultFields.PID),
                    json.instant(ResultFields.FIRST_SUCCESS_AT),
                    MessageParts.counts(json),
                    ending());
        }

        private StateInterval interval() {
            String node = json.string();
            ServerName server = server();
            json.expect(ResultFields.BACKUP);
            boolean backup = json.bool();
            json.expect(ResultFields.STATE);
            Health state = json.word(STATES);
            json.expect(ResultFields.FROM_AT);
            Instant fromAt = json.instant();
            Instant toAt = json.instant(ResultFields.TO_AT);
            json.expect(ResultFields.CAUSE);
            String cause = json.string();
            Long pid = json.number(ResultFields.PID);
            return new StateInterval(node, server, backup, state, fromAt, toAt, cause, pid, ending());
        }

        Rollup rollup() {
            json.expect(ResultFields.ROLLUP);
            String node = json.string();
            ServerName server = server();
            json.expect(ResultFields.MINUTE);
            Instant minute = json.instant();
            json.expect(ResultFields.REASON);
            CheckStatus reason = json.word(CheckStatus.class);
            Integer code = json.smallNumber(ResultFields.CODE);
            json.expect(ResultFields.FAILURES);
            int failures = json.smallNumber();
            json.expect(ResultFields.DOWNS);
            int downs = json.smallNumber();
            Long slowest = json.number(ResultFields.MAX_DURATION);
            return new Rollup(node, server, minute, reason, code, failures, downs, slowest, ending());
        }

        private ServerName server() {
            json.expect(ResultFields.SERVER);
            return ServerName.parse(json.string());
        }

        private @Nullable Provenance ending() {
            Provenance provenance = json.skip(ResultFields.PROVENANCE) ? provenance() : null;
            json.expect(ResultFields.END);
            json.end();
            return provenance;
        }

        private Provenance provenance() {
            List<Evidence> evidence = new ArrayList<>();
            if (!json.skip(ResultFields.EVIDENCE_END)) {
                do {
                    evidence.add(evidence());
                } while (json.skip(ResultFields.NEXT));
                json.expect(ResultFields.EVIDENCE_END);
            }
            Integer leftOut = json.smallNumber(ResultFields.LEFT_OUT);
            json.expect(ResultFields.END);
            return new Provenance(evidence, Objects.requireNonNullElse(leftOut, 0));
        }

        private Evidence evidence() {
            json.expect(ResultFields.ROLE);
            Evidence.Role role = json.word(ROLES);
            LinePosition line = json.skip(ResultFields.SOURCE) ? line() : null;
            Instant at = json.instant(ResultFields.AT);
            Evidence.Rule rule = json.skip(ResultFields.RULE) ? json.word(RULES) : null;
            json.expect(ResultFields.END);
            return new Evidence(role, line, at, rule);
        }

        private LinePosition line() {
            String source = json.string();
            json.expect(ResultFields.POSITION);
            long position = json.number();
            Integer repeat = json.smallNumber(ResultFields.REPEAT);
            json.expect(ResultFields.END);
            return new LinePosition(source, position, Objects.requireNonNullElse(repeat, 0));
        }
    }
}
