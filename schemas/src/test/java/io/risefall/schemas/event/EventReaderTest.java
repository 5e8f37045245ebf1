package io.risefall.schemas.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.risefall.schemas.Golden;
import io.risefall.schemas.SchemaCheck;
import io.risefall.schemas.Topics;
import io.risefall.schemas.json.JsonSerde;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Records of schema 1, of this build and of other writers. */
class EventReaderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSerde<HealthEvent> SERDE = JsonSerde.of(HealthEvent.class);
    private static final String TOPIC = Topics.EVENTS.topic();

    /** So many of the lines of schema 1 are of the corpus; those after them have other frames. */
    private static final int OF_CORPUS = 18;

    private final EventReader reader = new EventReader();

    /** As the last build with schema 1 wrote them: each kind of message of the corpus, and lines with other frames. */
    static Stream<String> ofSchema1() throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(EventReaderTest.class.getResourceAsStream("events.v1.jsonl")),
                StandardCharsets.UTF_8))) {
            return lines.lines().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("ofSchema1")
    void anEventOfSchema1SaysTheSame(String json) throws IOException {
        JsonNode old = JSON.readTree(json);
        HealthEvent event = read(json);
        assertThat(event.text()).isEqualTo(old.get("text").textValue());
        assertThat(event.line()).isEqualTo(old.get("line").textValue());

        byte[] written = new EventJson().bytes(event);
        assertThat(reader.deserialize(TOPIC, written)).isEqualTo(event);
        ObjectNode same = (ObjectNode) JSON.readTree(written);
        assertThat(same.remove("schema").intValue()).isEqualTo(2);
        assertThat(same.remove("frame").isObject()).isTrue();
        assertThat(same).isEqualTo(((ObjectNode) old).without(List.of("text", "line")));
    }

    /** A consumer can tell which schema a record has. */
    @ParameterizedTest
    @MethodSource("ofSchema1")
    void anEventHasOneOfTheSchemas(String json) {
        String written = new String(new EventJson().bytes(read(json)), StandardCharsets.UTF_8);
        assertThat(SchemaCheck.errors("haproxy.health.events.v1", json)).isEmpty();
        assertThat(SchemaCheck.errors("haproxy.health.events.v2", json)).isNotEmpty();
        assertThat(SchemaCheck.errors("haproxy.health.events.v2", written)).isEmpty();
        assertThat(SchemaCheck.errors("haproxy.health.events.v1", written)).isNotEmpty();
    }

    @Test
    void anEventOfSchema1IsWhatTheSameLineIsNow() throws IOException {
        Set<HealthEvent> now = new HashSet<>();
        for (String run : Golden.RUNS) {
            Golden.lines(run, "events.jsonl").forEach(json -> now.add(read(json)));
        }
        List<HealthEvent> ofCorpus =
                ofSchema1().limit(OF_CORPUS).map(this::read).toList();
        assertThat(now).containsAll(ofCorpus);
    }

    @Test
    void anEventIsSmallWithoutTheWords() throws IOException {
        int before = 0;
        int now = 0;
        for (String json : ofSchema1().toList()) {
            HealthEvent event = read(json);
            if (event.frame().whole() == null) {
                before += json.getBytes(StandardCharsets.UTF_8).length;
                now += new EventJson().bytes(event).length;
            }
        }
        assertThat(now).isLessThan(before * 3 / 4);
    }

    @Test
    void whatAnotherWriterAddsOrOrdersOtherwiseIsReadToo() throws IOException {
        for (String json : ofSchema1().toList()) {
            HealthEvent event = read(json);
            String written = new String(new EventJson().bytes(event), StandardCharsets.UTF_8);
            assertThat(read(written.replace(",\"node\":", ",\"later\":[1],\"node\":")))
                    .isEqualTo(event);
            assertThat(read(written.replace(",\"cut\":false", "").replace("{\"kind\":", "{\"cut\":false,\"kind\":")))
                    .isEqualTo(event);
            assertThat(read(" " + written)).isEqualTo(event);
            assertThat(read(JSON.readTree(written).toPrettyString())).isEqualTo(event);
        }
    }

    /** Each byte is replaced by some others: what is read by hand is what Jackson reads, or refuses. */
    @Test
    void damageIsReadAsJacksonReadsIt() throws IOException {
        for (String json : ofSchema1().toList()) {
            byte[] written = new EventJson().bytes(read(json));
            for (int i = 0; i < written.length; i++) {
                for (char other : "\"\\{},:09-.Zx \n\0".toCharArray()) {
                    byte[] damaged = written.clone();
                    damaged[i] = (byte) other;
                    if (written[i] > 0) {
                        assertThat(outcome(reader, damaged))
                                .as(new String(damaged, StandardCharsets.UTF_8))
                                .isEqualTo(outcome(SERDE, damaged));
                    }
                }
            }
        }
    }

    @Test
    void aRecordThatEndsEarlyIsRefused() throws IOException {
        byte[] written = new EventJson().bytes(read(ofSchema1().findFirst().orElseThrow()));
        for (int length = 0; length < written.length; length++) {
            byte[] cut = Arrays.copyOf(written, length);
            assertThatThrownBy(() -> reader.deserialize(TOPIC, cut)).isInstanceOf(SerializationException.class);
        }
        assertThat(reader.deserialize(TOPIC, null)).isNull();
    }

    private HealthEvent read(String json) {
        return reader.deserialize(TOPIC, json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Object> outcome(Deserializer<HealthEvent> of, byte[] json) {
        List<Object> outcome = new ArrayList<>();
        try {
            outcome.add(of.deserialize(TOPIC, json));
        } catch (SerializationException e) {
            outcome.add("refused");
        }
        return outcome;
    }
}
