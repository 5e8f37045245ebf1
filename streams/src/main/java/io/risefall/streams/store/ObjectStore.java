package io.risefall.streams.store;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A store of immutable objects that serializes an object once per commit, however often it changed, and deserializes it only
 * when it was not used for long. It holds the objects used last and writes those that changed to the store below it, which
 * has bytes and a changelog. What is read is always what was put last, also by iterators.
 *
 * <p>Kafka Streams calls {@link #flushCache} of a {@link CachedStateStore} before each commit, whoever asked for it, and before a
 * task is closed or handed over; {@link #clearCache} when a transaction was aborted. The interface is one of Kafka's internals, for
 * want of a public one; {@code ObjectStoreCommitTest} fails if an update of Kafka does not call it. One thread.
 */
public final class ObjectStore<V> implements KeyValueStore<String, V>, CachedStateStore<String, V> {
    private final KeyValueStore<String, byte[]> bytes;
    private final ObjectCodec<V> codec;
    private final Limit<V> limit;
    /** What is known, the one used last at the end; a null value: there is none. */
    private final LinkedHashMap<String, Live<V>> live = new LinkedHashMap<>(16, 0.75f, true);
    /** Keys of {@link #live} that differ from the store below. */
    private final Set<String> changed = new LinkedHashSet<>();
    /** Those of them that the store below may not have, so that its iterators would miss them. */
    private final Set<String> added = new LinkedHashSet<>();

    /** The sum of the sizes of what is in {@link #live}. */
    private int held;

    private int iterators;
    private long serialized;
    private long deserialized;

    private record Live<V>(@Nullable V value) {}

    /**
     * How much is held; beyond it the objects that were not used for the longest time are written and dropped.
     *
     * @param most the sum of the sizes of all objects
     * @param size of an object, at least one
     */
    record Limit<V>(int most, ToIntFunction<V> size) {
        static <V> Limit<V> objects(int most) {
            return new Limit<>(most, any -> 1);
        }

        private int of(Live<V> object) {
            return object.value == null ? 1 : size.applyAsInt(object.value);
        }
    }

    ObjectStore(KeyValueStore<String, byte[]> bytes, ObjectCodec<V> codec, Limit<V> limit) {
        this.bytes = bytes;
        this.codec = codec;
        this.limit = limit;
    }

    @Override
    public @Nullable V get(String key) {
        Live<V> known = live.get(key);
        if (known != null) {
            return known.value;
        }
        byte[] stored = bytes.get(key);
        V value = stored == null ? null : deserialize(key, stored);
        hold(key, value);
        return value;
    }

    @Override
    public void put(String key, @Nullable V value) {
        Live<V> before = live.get(key);
        if (before != null && before.value == value) {
            return;
        }
        boolean inStore = before != null && before.value != null && !added.contains(key);
        if (value != null && !inStore) {
            added.add(key);
        }
        changed.add(key);
        hold(key, value);
    }

    @Override
    public @Nullable V putIfAbsent(String key, V value) {
        V before = get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public void putAll(List<KeyValue<String, V>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public @Nullable V delete(String key) {
        V before = get(key);
        if (before != null) {
            put(key, null);
        }
        return before;
    }

    private void hold(String key, @Nullable V value) {
        Live<V> now = new Live<>(value);
        Live<V> before = live.put(key, now);
        held += limit.of(now) - (before == null ? 0 : limit.of(before));
        dropUnused();
    }

    /** Not below an open iterator: it would not see what is written now. */
    private void dropUnused() {
        while (held > limit.most && live.size() > 1 && iterators == 0) {
            Map.Entry<String, Live<V>> eldest = live.entrySet().iterator().next();
            if (changed.remove(eldest.getKey())) {
                write(eldest.getKey(), eldest.getValue());
            }
            held -= limit.of(eldest.getValue());
            live.remove(eldest.getKey());
        }
    }

    private void write(String key) {
        Live<V> object = live.get(key);
        if (object == null) {
            throw new IllegalStateException(key + " changed, and is not held");
        }
        write(key, object);
    }

    private void write(String key, Live<V> object) {
        bytes.put(key, object.value == null ? null : serialize(key, object.value));
        added.remove(key);
    }

    private byte[] serialize(String key, V value) {
        serialized++;
        return codec.encode(key, value);
    }

    private V deserialize(String key, byte[] value) {
        deserialized++;
        return codec.decode(key, value);
    }

    /** How many objects were serialized so far. */
    long serialized() {
        return serialized;
    }

    /** How many objects were deserialized so far. */
    long deserialized() {
        return deserialized;
    }

    @Override
    public KeyValueIterator<String, V> range(@Nullable String from, @Nullable String to) {
        addToStore();
        return new ObjectIterator(bytes.range(from, to), false);
    }

    @Override
    public KeyValueIterator<String, V> reverseRange(@Nullable String from, @Nullable String to) {
        addToStore();
        return new ObjectIterator(bytes.reverseRange(from, to), false);
    }

    @Override
    public KeyValueIterator<String, V> all() {
        addToStore();
        return new ObjectIterator(bytes.all(), false);
    }

    @Override
    public KeyValueIterator<String, V> reverseAll() {
        addToStore();
        return new ObjectIterator(bytes.reverseAll(), false);
    }

    @Override
    public <S extends Serializer<P>, P> KeyValueIterator<String, V> prefixScan(P prefix, S serializer) {
        addToStore();
        return new ObjectIterator(bytes.prefixScan(prefix, serializer), true);
    }

    /** Keys that the store below does not have must be there before it is iterated over. */
    private void addToStore() {
        for (String key : List.copyOf(added)) {
            write(key);
            changed.remove(key);
        }
    }

    @Override
    public long approximateNumEntries() {
        return bytes.approximateNumEntries() + added.size();
    }

    @Override
    public void flushCache() {
        changed.forEach(this::write);
        changed.clear();
    }

    @Override
    public void clearCache() {
        live.clear();
        held = 0;
        changed.clear();
        added.clear();
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<String, V> listener, boolean sendOldValues) {
        return false; // nobody listens to a store of a processor
    }

    @Override
    public String name() {
        return bytes.name();
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        bytes.init(context, root);
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {
        bytes.commit(offsets);
    }

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return bytes.committedOffset(partition);
    }

    @Override
    @SuppressWarnings("deprecation") // Kafka asks it all the same
    public boolean managesOffsets() {
        return bytes.managesOffsets();
    }

    @Override
    public Position getPosition() {
        return bytes.getPosition();
    }

    @Override
    public boolean persistent() {
        return bytes.persistent();
    }

    @Override
    public boolean isOpen() {
        return bytes.isOpen();
    }

    @Override
    public void close() {
        clearCache();
        bytes.close();
    }

    /** Iterates over the store below, with the objects that are held in place of their bytes. */
    private final class ObjectIterator implements KeyValueIterator<String, V> {
        private final KeyValueIterator<String, byte[]> stored;
        private final boolean hold;
        private @Nullable KeyValue<String, V> next;

        /** @param hold whether what is read is going to be used again */
        ObjectIterator(KeyValueIterator<String, byte[]> stored, boolean hold) {
            this.stored = stored;
            this.hold = hold;
            iterators++;
        }

        @Override
        public boolean hasNext() {
            while (next == null && stored.hasNext()) {
                KeyValue<String, byte[]> entry = stored.next();
                V value = value(entry);
                if (value != null) {
                    next = KeyValue.pair(entry.key, value);
                }
            }
            return next != null;
        }

        private @Nullable V value(KeyValue<String, byte[]> entry) {
            Live<V> known = live.get(entry.key);
            if (known != null) {
                return known.value;
            }
            V value = deserialize(entry.key, entry.value);
            if (hold) {
                ObjectStore.this.hold(entry.key, value);
            }
            return value;
        }

        @Override
        public KeyValue<String, V> next() {
            KeyValue<String, V> result = peek();
            next = null;
            return result;
        }

        @Override
        public String peekNextKey() {
            return peek().key;
        }

        private KeyValue<String, V> peek() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            return next;
        }

        @Override
        public void close() {
            stored.close();
            iterators--;
            dropUnused();
        }
    }
}
