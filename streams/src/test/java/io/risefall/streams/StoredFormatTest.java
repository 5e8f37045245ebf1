package io.risefall.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.risefall.schemas.FrozenFormat;
import io.risefall.schemas.Topics;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.streams.absence.NodeAbsences;
import io.risefall.streams.absence.SourceCoverage;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.node.Processes;
import io.risefall.streams.store.EntityHistory;
import io.risefall.streams.store.Names;
import io.risefall.streams.store.StateStores;
import io.risefall.streams.store.StoredFormat;
import io.risefall.streams.store.StoredState;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the stores hold, its version, and what an older or newer one is met with. */
class StoredFormatTest {
    private static final List<HealthEvent> EVENTS = Story.events("""
            0 1 check pass 3/3 UP
            5 1 check fail 0/2 DOWN L4CON
            5 1 down left=0
            """);

    @TempDir
    Path stateDir;

    @Test
    void changesOnlyWithItsVersion() throws IOException {
        Map<String, String> types = new TreeMap<>();
        List.of(
                        Line.class,
                        EntityHistory.class,
                        Processes.class,
                        TrackedEntity.class,
                        NodeAbsences.class,
                        SourceCoverage.class)
                .forEach(type -> collect(type, types));
        List<String> format = new ArrayList<>();
        format.add("stores: "
                + StateStores.builders().stream()
                        .map(StoreBuilder::name)
                        .sorted()
                        .collect(Collectors.joining(", ")));
        types.forEach((type, parts) -> format.add(type + ": " + parts));
        FrozenFormat.check("stored-format.txt", StoredFormat.VERSION, format);
    }

    private static void collect(Type type, Map<String, String> types) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(argument -> collect(argument, types));
        }
        if (!(type instanceof Class<?> named)
                || !named.getName().startsWith("io.risefall")
                || types.containsKey(plain(named))) {
            return;
        }
        if (named.isEnum()) {
            types.put(plain(named), Arrays.toString(named.getEnumConstants()));
        } else if (named.isRecord()) {
            types.put(
                    plain(named),
                    stored(named)
                            .map(part -> storedName(part) + " " + plain(part.getGenericType()))
                            .collect(Collectors.joining(", ")));
            stored(named).map(RecordComponent::getGenericType).forEach(part -> collect(part, types));
        } else {
            Class<?>[] kinds = named == EntityState.class
                    ? Arrays.stream(StoredState.class
                                    .getAnnotation(JsonSubTypes.class)
                                    .value())
                            .map(JsonSubTypes.Type::value)
                            .toArray(Class<?>[]::new)
                    : named.getPermittedSubclasses();
            types.put(
                    plain(named),
                    Arrays.stream(kinds).map(StoredFormatTest::plain).sorted().collect(Collectors.joining(" or ")));
            Arrays.stream(kinds).forEach(kind -> collect(kind, types));
        }
    }

    private static Stream<RecordComponent> stored(Class<?> named) {
        return Arrays.stream(named.getRecordComponents())
                .filter(part -> part.getAccessor().getAnnotation(JsonIgnore.class) == null);
    }

    private static String storedName(RecordComponent part) {
        JsonProperty property = part.getAccessor().getAnnotation(JsonProperty.class);
        return property == null ? part.getName() : property.value();
    }

    /** Without packages. */
    private static String plain(Type type) {
        return type.getTypeName().replaceAll("[a-z]+\\.", "").replace('$', '.');
    }

    /** Stores as an older build left them: without a version, and with an outage record of its own. */
    @Test
    void anOlderOneIsReplayed() {
        try (TopologyRun old = new TopologyRun(stateDir.resolve("old"));
                TopologyRun run = new TopologyRun(stateDir.resolve("new"))) {
            EVENTS.forEach(old::pipe);
            old.tick();
            for (String store : List.of(Names.LINES, Names.HISTORIES, Names.PROCESSES, Names.EMITTED)) {
                old.store(store)
                        .all()
                        .forEachRemaining(entry -> run.store(store).put(entry.key, entry.value));
            }
            String outage = old.outputs().get(Topics.STATES).keySet().stream()
                    .filter(key -> key.contains("/outage/"))
                    .findFirst()
                    .orElseThrow();
            run.store(Names.EMITTED)
                    .all()
                    .forEachRemaining(entry -> run.store(Names.EMITTED)
                            .put(entry.key, entry.key.endsWith(outage) ? "{}".getBytes(UTF_8) : entry.value));

            run.tick();
            assertThat(run.outputs().get(Topics.STATES))
                    .containsOnly(
                            Map.entry(outage, old.outputs().get(Topics.STATES).get(outage)));
            assertThat(run.store(Names.FORMAT).get("version")).isEqualTo(StoredFormat.VERSION);
        }
    }

    @Test
    void aNewerOneIsRefusedWithARemedy() {
        try (TopologyRun run = new TopologyRun(stateDir)) {
            KeyValueStore<String, Integer> versions = run.store(Names.FORMAT);
            versions.put("version", StoredFormat.VERSION + 1);
            assertThatThrownBy(() -> new StoredFormat(versions, "risefall"))
                    .hasMessage("the state of streams application risefall has version " + (StoredFormat.VERSION + 1)
                            + ", but this Risefall supports " + StoredFormat.VERSION + "; use the newer Risefall");
        }
    }
}
