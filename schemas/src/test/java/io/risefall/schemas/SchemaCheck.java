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
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/** Whether a value is what its topic's JSON Schema says, formats of dates included. */
public final class SchemaCheck {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private SchemaCheck() {}

    public static void assertValid(Topics topic, byte @Nullable [] json) {
        Assertions.assertThat(json).isNotNull();
        String text = new String(json, StandardCharsets.UTF_8);
        Assertions.assertThat(errors(topic, text)).as(text).isEmpty();
    }

    static List<Error> errors(Topics topic, String json) {
        return errors(topic.schema(), json);
    }

    /** @param schema the name of a schema, such as {@link Topics#schema} */
    public static List<Error> errors(String schema, String json) {
        return SCHEMAS.computeIfAbsent(schema, name -> REGISTRY.getSchema(text(name), InputFormat.JSON))
                .validate(
                        json,
                        InputFormat.JSON,
                        execution -> execution.executionConfig(config -> config.formatAssertionsEnabled(true)));
    }

    private static String text(String schema) {
        String name = "/schemas/" + schema + ".json";
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
