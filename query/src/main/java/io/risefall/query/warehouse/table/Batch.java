package io.risefall.query.warehouse.table;

import io.risefall.schemas.Topics;
import io.risefall.schemas.event.EventReader;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Rejected;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.note.AlertSilence;
import io.risefall.schemas.note.Note;
import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.source.UnknownHeaders;
import io.risefall.schemas.state.Absence;
import io.risefall.schemas.state.BackendOutage;
import io.risefall.schemas.state.Corrections;
import io.risefall.schemas.state.Doubt;
import io.risefall.schemas.state.Flapping;
import io.risefall.schemas.state.Loss;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.ResultReader;
import io.risefall.schemas.state.StateInterval;
import io.risefall.schemas.state.StateRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records that are written together, and how far the topics have been read with them. Of one key only the last record
 * counts. A record that is not its topic's JSON is skipped and counted. Not thread-safe.
 */
public final class Batch {
    private static final Logger LOG = LoggerFactory.getLogger(Batch.class);

    private static final EventReader EVENT = new EventReader();
    private static final ResultReader RESULT = new ResultReader();
    private static final JsonSerde<Flapping> FLAPPING = JsonSerde.of(Flapping.class);
    private static final JsonSerde<Rejected> REJECTED = JsonSerde.of(Rejected.class);
    private static final JsonSerde<ProcessActivity> SIGN = JsonSerde.of(ProcessActivity.class);
    private static final JsonSerde<Absence> ABSENCE = JsonSerde.of(Absence.class);
    private static final JsonSerde<Note> NOTE = JsonSerde.of(Note.class);
    private static final JsonSerde<AlertSilence> SILENCE = JsonSerde.of(AlertSilence.class);
    private static final JsonSerde<ReadPosition> POSITION = JsonSerde.of(ReadPosition.class);

    private static final Set<Table> TRACED =
            EnumSet.of(Table.STATES, Table.OUTAGES, Table.BACKEND_OUTAGES, Table.ROLLUPS);

    private final Map<Table, Map<String, @Nullable Object>> keyed = new EnumMap<>(Table.class);
    private final Map<Table, List<Object>> appended = new EnumMap<>(Table.class);
    private final Map<TopicPartition, Long> nextOffsets = new LinkedHashMap<>();
    private int skipped;

    /** Adds one record; a null value is a tombstone. */
    public void add(Topics topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {
        readTo(new TopicPartition(topic.topic(), partition), offset + 1);
        try {
            add(topic, key == null ? "" : new String(key, StandardCharsets.UTF_8), value);
        } catch (SerializationException e) {
            skipped++;
            LOG.warn("skipped {}-{} at offset {}: {}", topic.topic(), partition, offset, e.getMessage());
        }
    }

    /** Says that a topic has been read up to {@code nextOffset}, also where only transaction markers stood. */
    public void readTo(TopicPartition partition, long nextOffset) {
        nextOffsets.merge(partition, nextOffset, Math::max);
    }

    private void add(Topics topic, String key, byte @Nullable [] value) {
        String name = topic.topic();
        switch (topic) {
            case EVENTS -> append(Table.EVENTS, EVENT.deserialize(name, value));
            case SIGNS -> append(Table.SIGNS, SIGN.deserialize(name, value));
            case REJECTED -> append(Table.REJECTED, REJECTED.deserialize(name, value));
            case STATES -> putTraced(tableOfState(key), key, RESULT.state(name, value));
            case ROLLUPS -> putTraced(Table.ROLLUPS, key, RESULT.rollup(name, value));
            case FLAPPING -> put(Table.FLAPPING, key, FLAPPING.deserialize(name, value));
            case ABSENCES -> put(Table.ABSENCES, key, ABSENCE.deserialize(name, value));
            case NOTES -> put(Table.NOTES, key, NOTE.deserialize(name, value));
            case SILENCES -> put(Table.ALERT_SILENCES, key, SILENCE.deserialize(name, value));
            case POSITIONS -> {
                ReadPosition position = POSITION.deserialize(name, value);
                if (position != null && position.fileOf() != null) {
                    // Its lines are in its source's tally.
                    return;
                }
                put(Table.POSITIONS, key, position);
                put(Table.POSITION_NODES, key, position);
                boolean allKnown = UnknownHeaders.of(position).lines() == 0;
                putUnless(allKnown && position != null, Table.POSITION_UNKNOWN, key, position);
                boolean noLevels = position != null && position.levels().isEmpty();
                putUnless(noLevels, Table.POSITION_CAPS, key, position);
                Arrivals arrivals = Arrivals.of(position);
                // They only grow: without any there are none to replace.
                putUnless(arrivals.clocks().isEmpty() && position != null, Table.POSITION_CLOCKS, key, position);
                putUnless(arrivals.dropped().isEmpty() && position != null, Table.POSITION_DROPS, key, position);
                boolean noInterruptions = arrivals.interruptions().isEmpty();
                putUnless(noInterruptions && position != null, Table.POSITION_INTERRUPTIONS, key, position);
                putUnless(arrivals.senders().isEmpty() && position != null, Table.POSITION_SENDERS, key, position);
            }
        }
    }

    /** A record and, where it has some, its evidence. */
    private void putTraced(Table table, String key, @Nullable Object value) {
        put(table, key, value);
        if (TRACED.contains(table)) {
            put(Table.EVIDENCE, key, value);
        }
    }

    private void putUnless(boolean nothing, Table table, String key, @Nullable Object value) {
        if (!nothing) {
            put(table, key, value);
        }
    }

    /** {@link StateRecord#key} names the type before the time. */
    private static Table tableOfState(String key) {
        int time = key.lastIndexOf('/');
        String type = time < 0 ? "" : key.substring(key.lastIndexOf('/', time - 1) + 1, time);
        return switch (type) {
            case "state" -> Table.STATES;
            case "outage" -> Table.OUTAGES;
            case "backend-outage" -> Table.BACKEND_OUTAGES;
            case "corrections" -> Table.CORRECTIONS;
            case "loss" -> Table.LOSSES;
            case "doubt" -> Table.DOUBTS;
            default -> throw new SerializationException("not a key of " + Topics.STATES.topic() + ": " + key);
        };
    }

    private void append(Table table, @Nullable Object value) {
        if (value != null) {
            appended.computeIfAbsent(table, any -> new ArrayList<>()).add(value);
        }
    }

    private void put(Table table, String key, @Nullable Object value) {
        Class<?> wanted = switch (table) {
            case STATES -> StateInterval.class;
            case OUTAGES -> Outage.class;
            case BACKEND_OUTAGES -> BackendOutage.class;
            case CORRECTIONS -> Corrections.class;
            case LOSSES -> Loss.class;
            case DOUBTS -> Doubt.class;
            default -> Object.class;
        };
        if (value != null && !wanted.isInstance(value)) {
            throw new SerializationException("the key " + key + " is not the value's");
        }
        keyed.computeIfAbsent(table, any -> new LinkedHashMap<>()).put(key, value);
    }

    public Map<Table, Map<String, @Nullable Object>> keyed() {
        return keyed;
    }

    public Map<Table, List<Object>> appended() {
        return appended;
    }

    /** The health lines among the records. */
    public List<HealthEvent> events() {
        return appended.getOrDefault(Table.EVENTS, List.of()).stream()
                .map(HealthEvent.class::cast)
                .toList();
    }

    /** The nodes of which there are signs of life, or to which nobody listened, among the records. */
    public Set<String> nodesAlive() {
        Set<String> nodes = appended.getOrDefault(Table.SIGNS, List.of()).stream()
                .map(sign -> ((ProcessActivity) sign).node())
                .collect(Collectors.toCollection(HashSet::new));
        keyed.getOrDefault(Table.ABSENCES, Map.of()).values().stream()
                .filter(Objects::nonNull)
                .forEach(absence -> nodes.add(((Absence) absence).node()));
        return nodes;
    }

    public Map<TopicPartition, Long> nextOffsets() {
        return nextOffsets;
    }

    /** Records that were not their topic's JSON. */
    public int skipped() {
        return skipped;
    }

    /** Whether there is nothing to write, not even an offset. */
    public boolean isEmpty() {
        return nextOffsets.isEmpty();
    }
}
