package io.risefall.schemas.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickInstantTest {
    private static final ObjectMapper JACKSON =
            JsonMapper.builder().addModule(new JavaTimeModule()).build();

    private static final JsonSerde<Instant> SERDE = JsonSerde.of(Instant.class);

    @Test
    void whatIsWrittenIsReadBack() {
        Random random = new Random(4);
        for (int fraction : List.of(1, 1_000, 1_000_000, 1_000_000_000)) {
            for (int i = 0; i < 2_000; i++) {
                Instant at = Instant.ofEpochSecond(
                        random.nextLong(-70_000_000_000L, 300_000_000_000L),
                        random.nextInt(1_000_000_000) / fraction * (long) fraction);
                assertThat(SERDE.deserialize("topic", SERDE.serialize("topic", at)))
                        .isEqualTo(at);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"2026-11-23T00:21:56Z\"",
                "\"2026-11-23T00:21:56.4Z\"",
                "\"2026-11-23T00:21:56.466547123Z\"",
                "\"2026-11-23T00:21:56.4665471234Z\"",
                "\"2026-11-23T00:21:56+00:00\"",
                "\"2026-11-23T00:21:56+01:00\"",
                "\"2026-11-23T00:21:56Z\\\"x\"",
                "\"2026-11-23T00:21:56Zx\"",
                "\" 2026-11-23T00:21:56Z\"",
                "\"2026-11-23T00:21Z\"",
                "\"2026-11-23T24:00:00Z\"",
                "\"2026-11-23T23:59:60Z\"",
                "\"2026-02-29T00:00:00Z\"",
                "\"2026-13-01T00:00:00Z\"",
                "\"+12026-11-23T00:21:56Z\"",
                "\"-0001-11-23T00:21:56Z\"",
                "\"2026-11-23T00:21:5\u0661Z\"",
                "\"\"",
                "\"soon\"",
                "1795400516",
                "1795400516.5",
                "null",
                "true"
            })
    void anyTextIsReadAsJacksonReadsIt(String json) {
        assertThat(quick(json)).isEqualTo(jackson(json));
    }

    /** What both say of what is no moment is a problem of their own. */
    private static @Nullable Object quick(String json) {
        try {
            return SERDE.deserialize("topic", json.getBytes(StandardCharsets.UTF_8));
        } catch (SerializationException e) {
            return "no moment";
        }
    }

    private static @Nullable Object jackson(String json) {
        try {
            return JACKSON.readValue(json, Instant.class);
        } catch (JsonProcessingException e) {
            return "no moment";
        }
    }
}
