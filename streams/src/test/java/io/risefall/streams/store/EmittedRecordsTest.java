package io.risefall.streams.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.Digests;
import io.risefall.schemas.state.BackendOutage;
import io.risefall.schemas.state.StateRecord;
import io.risefall.streams.Story;
import io.risefall.streams.model.OutputRecord;
import io.risefall.streams.model.TrackedEntity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmittedRecordsTest {
    private static final TrackedEntity ENTITY = TrackedEntity.backend(Story.NODE, "web");
    private static final OutputRecord OPEN = outage(null);
    private static final OutputRecord ENDED = outage(Story.at("5"));

    private final KeyValueStore<String, byte[]> hashes = Stores.keyValueStoreBuilder(
                    Stores.inMemoryKeyValueStore("hashes"), Serdes.String(), Serdes.ByteArray())
            .withLoggingDisabled()
            .build();
    private final List<OutputRecord> sent = new ArrayList<>();
    private final EmittedRecords emitted = new EmittedRecords(hashes, (record, value) -> sent.add(record));

    @BeforeEach
    void open() {
        hashes.init(new MockProcessorContext<>().getStateStoreContext(), hashes);
    }

    @AfterEach
    void close() {
        hashes.close();
    }

    @Test
    void ofSeveralWithOneKeyTheLastIsSentOnce() {
        emitted.emit(ENTITY, List.of(OPEN));
        emitted.emit(ENTITY, List.of(ENDED));
        emitted.send();
        emitted.send();
        assertThat(sent).containsExactly(ENDED);
    }

    @Test
    void whatWasSentBeforeIsNotSentAgain() {
        emitted.emit(ENTITY, List.of(OPEN));
        emitted.send();
        emitted.emit(ENTITY, List.of(ENDED));
        emitted.emit(ENTITY, List.of(OPEN));
        emitted.send();
        assertThat(sent).containsExactly(OPEN);
    }

    /** They stored the first bytes of its SHA-256, and the ones before them the record itself. */
    @Test
    void whatAnOlderBuildSentIsNotSentAgain() {
        emitted.emit(ENTITY, List.of(OPEN));
        emitted.send();
        String key = onlyKey();
        byte[] now = hashes.get(key);
        byte[] written = JsonSerde.of(StateRecord.class).serialize("", (StateRecord) OPEN.value());
        for (byte[] older : List.of(written, Arrays.copyOf(Digests.sha256().digest(written), 8))) {
            hashes.put(key, older);
            emitted.emit(ENTITY, List.of(OPEN));
            emitted.send();
            assertThat(sent).containsExactly(OPEN);
            assertThat(hashes.get(key)).isEqualTo(now);
        }
        hashes.put(key, Arrays.copyOf(Digests.sha256().digest(written), 8));
        emitted.emit(ENTITY, List.of(ENDED));
        emitted.send();
        assertThat(sent).containsExactly(OPEN, ENDED);
    }

    private String onlyKey() {
        try (KeyValueIterator<String, byte[]> all = hashes.all()) {
            return all.next().key;
        }
    }

    /** A reload can have changed it just before. */
    @Test
    void theLastRecordsOfAnEntityReplaceThoseThatWait() {
        emitted.emit(ENTITY, List.of(OPEN));
        emitted.forget(ENTITY, List.of(ENDED));
        emitted.send();
        assertThat(sent).containsExactly(ENDED);
        assertThat(hashes.approximateNumEntries()).isZero();
    }

    private static OutputRecord outage(@Nullable Instant endedAt) {
        return OutputRecord.of(new BackendOutage(Story.NODE, "web", Story.at("1"), endedAt, null));
    }
}
