package io.risefall.query.warehouse;

import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.note.AlertSilence;
import io.risefall.schemas.note.Note;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.state.Absence;
import io.risefall.schemas.state.BackendOutage;
import io.risefall.schemas.state.Doubt;
import io.risefall.schemas.state.Flapping;
import io.risefall.schemas.state.Loss;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Provenance;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateInterval;
import io.risefall.schemas.state.StateRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/** Records for tests of the warehouse, as they come from the topics. Times are {@code HH:MM:SS} of one day. */
public final class Records {
    /** Of all lines. */
    static final String SOURCE = "file:/a.log";

    private final Batch batch = new Batch();
    private final String day;
    private long offset;
    private long position;

    public Records(String day, long firstOffset) {
        this.day = day;
        offset = firstOffset;
    }

    public Batch batch() {
        return batch;
    }

    public Instant at(String time) {
        if (time == null) {
            return null;
        }
        if (time.equals("24:00:00")) {
            return at("00:00:00").plus(Duration.ofDays(1));
        }
        return Instant.parse(time.contains("T") ? time : day + "T" + time + "Z");
    }

    public Records state(String server, String state, String from, String to) {
        return state("lb1", server, Health.of(state), from, to);
    }

    Records outage(String server, String from, String to, Outage.EndedBy by, String status, String via) {
        return put(new Outage(
                "lb1",
                ServerName.parse(server),
                false,
                at(from),
                at(to),
                by,
                status == null ? null : new CheckReason(CheckStatus.valueOf(status), 503, "Service Unavailable", 1L),
                null,
                via == null ? null : ServerName.parse(via),
                false,
                false,
                null,
                false,
                true,
                1L));
    }

    /** An outage of which the DOWN line counts what was left. */
    public Records outage(String node, String server, String from, String to, CheckReason reason, ServerCounts left) {
        return put(new Outage(
                node,
                ServerName.parse(server),
                false,
                at(from),
                at(to),
                to == null ? null : Outage.EndedBy.UP,
                reason,
                null,
                null,
                false,
                false,
                null,
                left != null && left.none(),
                true,
                1L,
                null,
                left));
    }

    /** An outage that follows from these lines. */
    public Records outage(String server, String from, String to, Provenance provenance) {
        return put(outageOf(server, from, to, provenance));
    }

    Outage outageOf(String server, String from, String to, Provenance provenance) {
        return new Outage(
                "lb1",
                ServerName.parse(server),
                false,
                at(from),
                at(to),
                to == null ? null : Outage.EndedBy.UP,
                null,
                null,
                null,
                false,
                false,
                null,
                false,
                true,
                1L,
                null,
                null,
                provenance);
    }

    public Records state(String node, String server, Health state, String from, String to) {
        return put(new StateInterval(node, ServerName.parse(server), false, state, at(from), at(to), "test", 1L));
    }

    public Records backendOutage(String proxy, String from, String to) {
        return put(new BackendOutage("lb1", proxy, at(from), at(to)));
    }

    Records loss(String proxy, long pid, String from, String to, int missing) {
        return put(lossOf(proxy, pid, from, to, missing));
    }

    /** {@code missing} active servers less than expected. */
    Loss lossOf(String proxy, long pid, String from, String to, int missing) {
        return new Loss("lb1", proxy, pid, at(from), at(to), missing, 9, 1, 9 - missing, 1);
    }

    /** A line of option log-health-checks. */
    public Records check(
            String node,
            String server,
            String at,
            long pid,
            boolean agent,
            boolean passed,
            int health,
            int threshold,
            String state) {
        return check(node, server, at, pid, agent, passed, health, threshold, state, 1);
    }

    Records check(
            String node,
            String server,
            String at,
            long pid,
            boolean agent,
            boolean passed,
            int health,
            int threshold,
            String state,
            long millis) {
        return line(
                node,
                pid,
                at,
                new CheckResult(
                        ServerName.parse(server),
                        false,
                        agent,
                        passed ? CheckResult.Outcome.SUCCEEDED : CheckResult.Outcome.FAILED,
                        new CheckReason(passed ? CheckStatus.L7OK : CheckStatus.L7TOUT, null, null, millis),
                        health,
                        threshold,
                        CheckResult.State.valueOf(state.toUpperCase(Locale.ROOT)),
                        false,
                        null));
    }

    /** A health line; {@code pid} null: it has none. */
    public Records line(String node, Long pid, String at, HealthMessage message) {
        HealthEvent event = new HealthEvent(
                at(at),
                true,
                at(at),
                node,
                pid,
                "haproxy",
                Severity.NOTICE,
                message,
                new LineFrame("", null, null),
                new Origin(SOURCE, position++, 0, null));
        return add(
                Topics.EVENTS,
                event.key().toString(),
                JsonSerde.of(HealthEvent.class).serialize("", event));
    }

    /** Failed checks of one minute. */
    public Records failures(String node, String server, String minute, CheckStatus reason, int failures, int downs) {
        Rollup rollup =
                new Rollup(node, ServerName.parse(server), at(minute), reason, null, failures, downs, null, null);
        return add(Topics.ROLLUPS, rollup.key(), JsonSerde.of(Rollup.class).serialize("", rollup));
    }

    Records flapping(String server, String from, String calmAt, int downs, double penalty) {
        Flapping flapping = new Flapping("lb1", ServerName.parse(server), at(from), at(calmAt), downs, penalty);
        return add(Topics.FLAPPING, flapping.key(), JsonSerde.of(Flapping.class).serialize("", flapping));
    }

    Records backup(String server, String state, String from, String to) {
        return put(new StateInterval(
                "lb1", ServerName.parse(server), true, Health.of(state), at(from), at(to), "test", 1L));
    }

    /** Risefall did not listen to {@code source}, in which {@code node} had spoken. */
    public Records absence(String node, String source, String from, String to) {
        Absence absence = new Absence(node, source, at(from), at(to), "Risefall was stopped", 0);
        return add(Topics.ABSENCES, absence.key(), JsonSerde.of(Absence.class).serialize("", absence));
    }

    /** The state of {@code server} on lb1 stood only because Risefall was away. */
    public Records doubt(String server, String from, String awayUntil, String to) {
        return put(new Doubt("lb1", ServerName.parse(server), at(from), at(awayUntil), at(to)));
    }

    public Records note(Note note) {
        return add(Topics.NOTES, note.key(), JsonSerde.of(Note.class).serialize("", note));
    }

    public Records silence(AlertSilence silence) {
        return add(
                Topics.SILENCES, silence.key(), JsonSerde.of(AlertSilence.class).serialize("", silence));
    }

    public Records put(StateRecord value) {
        return add(Topics.STATES, value.key(), JsonSerde.of(StateRecord.class).serialize("", value));
    }

    Records takeBack(StateRecord value) {
        return add(Topics.STATES, value.key(), null);
    }

    /** A file read to its end; its last line is of {@code lastAt}. */
    public Records readUntil(String lastAt) {
        return read("lb1", "file:/var/log/haproxy.log", null, lastAt);
    }

    /** The same of another node's file. */
    public Records readUntil(String node, String lastAt) {
        return read(node, "file:/var/log/" + node + ".log", null, lastAt);
    }

    /** A source with health lines of this time. */
    Records lines(String source, String firstAt, String lastAt) {
        return read("lb1", source, at(firstAt), lastAt);
    }

    private Records read(String node, String source, Instant firstAt, String lastAt) {
        ReadPosition position = new ReadPosition(
                source,
                null,
                1000,
                at(lastAt),
                false,
                10,
                5,
                4,
                1,
                0,
                0,
                firstAt,
                firstAt == null ? null : at(lastAt),
                Map.of(node, at(lastAt)),
                null);
        return add(
                Topics.POSITIONS,
                position.source(),
                JsonSerde.of(ReadPosition.class).serialize("", position));
    }

    public Records add(Topics topic, String key, byte[] value) {
        batch.add(topic, 0, offset++, key.getBytes(StandardCharsets.UTF_8), value);
        return this;
    }
}
