package io.risefall.query.alert.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.risefall.query.alert.channel.Outgoing;
import io.risefall.query.alert.model.AlertMessage;

/** Messages as the warehouse keeps them until they are told. */
final class OutgoingJson {
    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            // A newer build may have added some.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private OutgoingJson() {}

    static String of(AlertMessage message) {
        return write(message);
    }

    static String of(Outgoing outgoing) {
        return write(outgoing);
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("records are always JSON", e);
        }
    }

    /** @throws IllegalStateException for what no build has written */
    static AlertMessage message(String json) {
        return read(json, AlertMessage.class);
    }

    static Outgoing outgoing(String json) {
        return read(json, Outgoing.class);
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored message cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
