package io.risefall.streams.store;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.EpochMicros;
import io.risefall.streams.model.Line;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * Objects in Smile, which is JSON in binary: a byte with the version of the format, then Smile with shared names and strings.
 * Times are microseconds since 1970. Builds before this format stored JSON, which begins with a brace.
 */
final class SmileCodec<V> implements ObjectCodec<V> {
    private static final byte VERSION = 1;
    private static final byte JSON = '{';

    private static final SmileMapper MAPPER = SmileMapper.builder(SmileFactory.builder()
                    .enable(SmileGenerator.Feature.CHECK_SHARED_STRING_VALUES)
                    .build())
            .addModule(new JavaTimeModule())
            .addModule(new SimpleModule()
                    .addSerializer(Instant.class, new InstantWriter())
                    .addSerializer(Line.class, new LineWriter(new InstantWriter()))
                    .addDeserializer(Instant.class, new InstantReader()))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final ObjectReader reader;
    private final ObjectWriter writer;
    private final JsonSerde<V> json;

    private SmileCodec(Class<V> type) {
        reader = MAPPER.readerFor(type);
        writer = MAPPER.writerFor(type);
        json = JsonSerde.of(type);
    }

    static <V> SmileCodec<V> of(Class<V> type) {
        return new SmileCodec<>(type);
    }

    /** Whether a build before this format stored it. */
    static boolean isJson(byte[] stored) {
        return stored.length > 0 && stored[0] == JSON;
    }

    @Override
    public byte[] encode(String key, V object) {
        try (VersionedBytes bytes = new VersionedBytes(VERSION)) {
            writer.writeValue(bytes, object);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException("cannot store " + key, e);
        }
    }

    @Override
    public V decode(String key, byte[] stored) {
        if (isJson(stored)) {
            return Objects.requireNonNull(json.deserialize(key, stored), key);
        }
        if (stored.length == 0 || stored[0] != VERSION) {
            throw new IllegalStateException(
                    "what is stored under " + key + " has a format that this Risefall does not know");
        }
        try {
            return reader.readValue(stored, 1, stored.length - 1);
        } catch (IOException e) {
            throw new IllegalStateException("what is stored under " + key + " is damaged", e);
        }
    }

    /** Text for the few that are no number of microseconds: the ends of time. */
    static final class InstantWriter extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1;

        private static final Instant FIRST = Instant.EPOCH.plus(Long.MIN_VALUE / 2, ChronoUnit.MICROS);
        private static final Instant LAST = Instant.EPOCH.plus(Long.MAX_VALUE / 2, ChronoUnit.MICROS);

        InstantWriter() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant at, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (at.truncatedTo(ChronoUnit.MICROS).equals(at) && at.isAfter(FIRST) && at.isBefore(LAST)) {
                out.writeNumber(EpochMicros.of(at));
            } else {
                out.writeString(at.toString());
            }
        }
    }

    private static final class InstantReader extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantReader() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return in.currentToken() == JsonToken.VALUE_STRING
                    ? Instant.parse(in.getText())
                    : Instant.EPOCH.plus(in.getLongValue(), ChronoUnit.MICROS);
        }
    }
}
