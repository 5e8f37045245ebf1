package io.risefall.schemas;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Whether a value is what its topic's JSON Schema says, formats of dates included. */
public final class SchemaCheck {
    private static final Map<Topics, Schema> SCHEMAS = new EnumMap<>(Topics.class);

    static {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
        for (Topics topic : Topics.values()) {
            SCHEMAS.put(topic, registry.getSchema(text(topic), InputFormat.JSON));
        }
    }

    private SchemaCheck() {}

    public static void assertValid(Topics topic, byte @Nullable [] json) {
        Assertions.assertThat(json).isNotNull();
        String text = new String(json, StandardCharsets.UTF_8);
        Assertions.assertThat(errors(topic, text)).as(text).isEmpty();
    }

    static List<Error> errors(Topics topic, String json) {
        return SCHEMAS.get(topic)
                .validate(
                        json,
                        InputFormat.JSON,
                        execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static String text(Topics topic) {
        String name = "/schemas/" + topic.schema() + ".json";
        try (InputStream in = Topics.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
