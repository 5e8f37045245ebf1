package io.risefall.app.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.risefall.query.text.Printable;

/** JSON whose texts and names are {@link Printable} also after a client has read it, which undoes the escapes of JSON. */
final class PrintableJson {
    private PrintableJson() {}

    static JsonNode of(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(Printable.of(node.asText()));
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(each -> array.add(of(each)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> object.set(Printable.of(field.getKey()), of(field.getValue())));
            return object;
        }
        return node;
    }
}
