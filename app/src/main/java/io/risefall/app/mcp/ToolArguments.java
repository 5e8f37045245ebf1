package io.risefall.app.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import io.risefall.query.text.Nearest;
import io.risefall.query.text.Printable;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The arguments of a call, which are as the tool's schema wants them. */
final class ToolArguments {
    private final JsonNode values;

    private ToolArguments(JsonNode values) {
        this.values = values;
    }

    /**
     * Checks arguments.
     *
     * @param schema the tool's, with what {@code tools.json} uses of JSON Schema
     * @throws IllegalArgumentException with a sentence for whom called
     */
    static ToolArguments of(JsonNode values, JsonNode schema) {
        JsonNode properties = schema.path("properties");
        List<String> known = new ArrayList<>();
        properties.fieldNames().forEachRemaining(known::add);
        for (JsonNode required : schema.path("required")) {
            if (!values.has(required.asText())) {
                throw new IllegalArgumentException("the argument " + required.asText() + " is missing: "
                        + properties.path(required.asText()).path("description").asText());
            }
        }
        values.properties().forEach(value -> {
            if (!properties.has(value.getKey())) {
                throw new IllegalArgumentException("unknown argument '" + Printable.of(value.getKey()) + "'"
                        + Nearest.hint(value.getKey(), known) + "; known are " + String.join(", ", known));
            }
            check(value.getKey(), value.getValue(), properties.path(value.getKey()));
        });
        return new ToolArguments(values);
    }

    private static void check(String name, JsonNode value, JsonNode schema) {
        boolean right = switch (schema.path("type").asText()) {
            case "integer" ->
                value.isIntegralNumber()
                        && value.canConvertToInt()
                        && value.asInt() >= schema.path("minimum").asInt()
                        && value.asInt() <= schema.path("maximum").asInt();
            case "object" -> isOfTexts(value);
            default -> value.isTextual() && isOneOf(schema.path("enum"), value);
        };
        if (!right) {
            throw new IllegalArgumentException(name + " must be " + expected(schema) + ": "
                    + schema.path("description").asText());
        }
    }

    private static boolean isOfTexts(JsonNode value) {
        return value.isObject()
                && value.properties().stream().allMatch(each -> each.getValue().isTextual());
    }

    private static boolean isOneOf(JsonNode allowed, JsonNode value) {
        for (JsonNode one : allowed) {
            if (one.equals(value)) {
                return true;
            }
        }
        return allowed.isMissingNode();
    }

    private static String expected(JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "integer" ->
                "an integer from " + schema.path("minimum").asInt() + " to "
                        + schema.path("maximum").asInt();
            case "object" -> "an object of texts";
            default -> schema.has("enum") ? "one of " + schema.path("enum") : "a text";
        };
    }

    /** A text; null where it is left out. */
    @Nullable String text(String name) {
        return values.has(name) ? values.path(name).asText() : null;
    }

    int number(String name, int otherwise) {
        return values.path(name).asInt(otherwise);
    }

    Map<String, String> texts(String name) {
        Map<String, String> texts = new LinkedHashMap<>();
        values.path(name)
                .properties()
                .forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
    }

    ZoneId zone(ZoneId otherwise) {
        String zone = text("zone");
        try {
            return zone == null ? otherwise : ZoneId.of(zone);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "unknown zone '" + Printable.of(zone) + "': use a name such as Europe/Berlin", e);
        }
    }
}
