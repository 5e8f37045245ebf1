package io.risefall.streams.store;

import io.risefall.schemas.Topics;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.state.Flapping;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateRecord;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.TrackedEntity;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The records that an entity has on the output topics and that a late line can still correct, as they were sent. Called by
 * one stream thread.
 */
public final class EmittedRecords {
    private final KeyValueStore<String, byte[]> store;
    private final BiConsumer<OutputRecord, byte @Nullable []> topics;
    private final JsonSerde<StateRecord> states = JsonSerde.of(StateRecord.class);
    private final JsonSerde<Rollup> rollups = JsonSerde.of(Rollup.class);
    private final JsonSerde<Flapping> flapping = JsonSerde.of(Flapping.class);

    /** @param topics sends a record with its value in bytes; null deletes it from the topic */
    public EmittedRecords(KeyValueStore<String, byte[]> store, BiConsumer<OutputRecord, byte @Nullable []> topics) {
        this.store = store;
        this.topics = topics;
    }

    /** Sends records of an entity: of several with one key, the last. */
    public void emit(TrackedEntity entity, List<OutputRecord> records) {
        Map<String, OutputRecord> last = new LinkedHashMap<>();
        records.forEach(record -> last.put(record.key(), record));
        last.values().forEach(record -> emit(entity, record, bytes(record)));
    }

    /** Sends a record that nothing corrects later. */
    public void emitFinal(OutputRecord record) {
        topics.accept(record, bytes(record));
    }

    /**
     * Corrects the records of an entity: sends those that differ from what was sent before, and deletes those that are not
     * among them any more.
     */
    public void correct(TrackedEntity entity, Corrected corrected) {
        Map<String, byte[]> before = of(entity);
        corrected.records().forEach((key, record) -> {
            byte[] value = bytes(record);
            String storedKey = record.topic().ordinal() + key;
            if (!Arrays.equals(value, before.remove(storedKey))) {
                emit(entity, record, value);
            }
            if (corrected.isFinal(key)) {
                store.delete(LineKey.prefix(entity) + storedKey);
            }
        });
        for (String storedKey : before.keySet()) {
            String key = storedKey.substring(1);
            if (corrected.isFinal(key)) {
                store.delete(LineKey.prefix(entity) + storedKey);
            } else {
                emit(entity, new OutputRecord(Topics.values()[storedKey.charAt(0) - '0'], key, null), null);
            }
        }
    }

    /** What a replay gives. */
    public interface Corrected {
        /** All records of the entity that can still change, by key. */
        Map<String, OutputRecord> records();

        /** Whether the record of this key belongs to a time that no line can change any more. */
        boolean isFinal(String key);
    }

    /** Forgets what was sent of an entity; the topics keep it. */
    public void forget(TrackedEntity entity) {
        List.copyOf(of(entity).keySet()).forEach(key -> store.delete(LineKey.prefix(entity) + key));
    }

    /** By topic and key. */
    private Map<String, byte[]> of(TrackedEntity entity) {
        String prefix = LineKey.prefix(entity);
        Map<String, byte[]> records = new LinkedHashMap<>();
        try (KeyValueIterator<String, byte[]> all = store.prefixScan(prefix, new StringSerializer())) {
            all.forEachRemaining(entry -> records.put(entry.key.substring(prefix.length()), entry.value));
        }
        return records;
    }

    private void emit(TrackedEntity entity, OutputRecord record, byte @Nullable [] value) {
        String key = LineKey.prefix(entity) + record.topic().ordinal() + record.key();
        if (value == null) {
            if (store.delete(key) == null) {
                return; // it was never sent
            }
        } else {
            store.put(key, value);
        }
        topics.accept(record, value);
    }

    private byte @Nullable [] bytes(OutputRecord record) {
        String topic = record.topic().topic();
        Object value = record.value();
        if (value == null) {
            return null;
        }
        return switch (record.topic()) {
            case STATES -> states.serialize(topic, (StateRecord) value);
            case ROLLUPS -> rollups.serialize(topic, (Rollup) value);
            case FLAPPING -> flapping.serialize(topic, (Flapping) value);
            case EVENTS, REJECTED, SIGNS, POSITIONS, ABSENCES ->
                throw new IllegalStateException("not an output: " + topic);
        };
    }
}
