package io.risefall.streams.store;

import io.risefall.schemas.Topics;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.state.Flapping;
import io.risefall.schemas.state.ResultJson;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateRecord;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.TrackedEntity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The records that an entity has on the output topics. They are sent once per commit, however often they changed, and only if
 * they differ from what was sent before; of that a {@link ContentHash} is stored as long as a late line can still correct it.
 * Called by one stream thread.
 */
public final class EmittedRecords {
    private final KeyValueStore<String, byte[]> hashes;
    private final BiConsumer<OutputRecord, byte @Nullable []> topics;
    private final ContentHash hash = new ContentHash();
    private final ResultJson results = new ResultJson();
    private final JsonSerde<Flapping> flapping = JsonSerde.of(Flapping.class);
    /** By {@link #storedKey}. */
    private final Map<TrackedEntity, Map<String, Unsent>> unsent = new LinkedHashMap<>();

    /** @param correctable whether a late line can still correct it, so that it must be remembered */
    private record Unsent(OutputRecord record, boolean correctable) {}

    /**
     * @param hashes is written to by {@link #send}, so it must not be cached
     * @param topics sends a record with its value in bytes; null deletes it from the topic
     */
    public EmittedRecords(KeyValueStore<String, byte[]> hashes, BiConsumer<OutputRecord, byte @Nullable []> topics) {
        this.hashes = hashes;
        this.topics = topics;
    }

    /** Emits records of an entity with the next {@link #send}: of several with one key, the last. */
    public void emit(TrackedEntity entity, List<OutputRecord> records) {
        if (!records.isEmpty()) {
            Map<String, Unsent> ofEntity = unsent(entity);
            records.forEach(record -> ofEntity.put(storedKey(record), new Unsent(record, true)));
        }
    }

    /** Sends a record that nothing corrects later, at once. */
    public void emitFinal(OutputRecord record) {
        topics.accept(record, bytes(record));
    }

    /** Replaces all records of an entity that can still change, with the next {@link #send}. */
    public void correct(TrackedEntity entity, Corrected corrected) {
        Map<String, Unsent> ofEntity = unsent(entity);
        Set<String> before = new LinkedHashSet<>(stored(entity));
        before.addAll(ofEntity.keySet());
        corrected.records().forEach((key, record) -> {
            before.remove(storedKey(record));
            ofEntity.put(storedKey(record), new Unsent(record, !corrected.isFinal(key)));
        });
        for (String storedKey : before) {
            String key = storedKey.substring(1);
            if (!corrected.isFinal(key)) {
                OutputRecord deleted = new OutputRecord(Topics.values()[storedKey.charAt(0) - '0'], key, null);
                ofEntity.put(storedKey, new Unsent(deleted, false));
            } else if (ofEntity.computeIfPresent(storedKey, (same, record) -> new Unsent(record.record, false))
                    == null) {
                hashes.delete(LineKey.prefix(entity) + storedKey);
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

    /** Sends what was emitted and differs from what was sent before. Must be called before each commit. */
    public void send() {
        for (Map.Entry<TrackedEntity, Map<String, Unsent>> ofEntity : unsent.entrySet()) {
            String prefix = LineKey.prefix(ofEntity.getKey());
            for (Map.Entry<String, Unsent> one : ofEntity.getValue().entrySet()) {
                send(prefix + one.getKey(), one.getValue());
            }
        }
        unsent.clear();
    }

    private void send(String key, Unsent emitted) {
        byte[] value = bytes(emitted.record);
        byte[] before = hashes.get(key);
        byte[] now = value == null ? null : hash.of(value);
        boolean same =
                before == null ? value == null : value != null && now != null && ContentHash.isOf(before, value, now);
        byte[] kept = emitted.correctable ? now : null;
        if (!Arrays.equals(kept, before)) {
            hashes.put(key, kept);
        }
        if (!same) {
            topics.accept(emitted.record, value);
        }
    }

    /** Sends the last records of an entity, after those that wait, and forgets it; the topics keep its records. */
    public void forget(TrackedEntity entity, List<OutputRecord> lastRecords) {
        emit(entity, lastRecords);
        String prefix = LineKey.prefix(entity);
        Map<String, Unsent> last = unsent.remove(entity);
        if (last != null) {
            last.forEach((key, record) -> send(prefix + key, record));
        }
        stored(entity).forEach(key -> hashes.delete(prefix + key));
    }

    private Map<String, Unsent> unsent(TrackedEntity entity) {
        return unsent.computeIfAbsent(entity, any -> new LinkedHashMap<>());
    }

    /** Keys without the entity. */
    private List<String> stored(TrackedEntity entity) {
        String prefix = LineKey.prefix(entity);
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> all = hashes.prefixScan(prefix, new StringSerializer())) {
            all.forEachRemaining(entry -> keys.add(entry.key.substring(prefix.length())));
        }
        return keys;
    }

    private static String storedKey(OutputRecord record) {
        return record.topic().ordinal() + record.key();
    }

    private byte @Nullable [] bytes(OutputRecord record) {
        String topic = record.topic().topic();
        Object value = record.value();
        if (value == null) {
            return null;
        }
        return switch (record.topic()) {
            case STATES -> results.bytes((StateRecord) value);
            case ROLLUPS -> results.bytes((Rollup) value);
            case FLAPPING -> flapping.serialize(topic, (Flapping) value);
            case EVENTS, REJECTED, SIGNS, POSITIONS, ABSENCES, NOTES, SILENCES ->
                throw new IllegalStateException("not an output: " + topic);
        };
    }
}
