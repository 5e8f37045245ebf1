package io.risefall.app.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/**
 * An answer that a model can take in one piece: long lists are cut to their first entries, long texts to their beginning,
 * and what was left out is told. Told are only the names of the answer's own fields, because those below can be anybody's.
 *
 * @param answer an object, with what is left
 * @param left what was left out, in words
 */
record ShortAnswer(JsonNode answer, List<String> left) {
    /** Clients take some ten thousand tokens of an answer; this is about twenty thousand. */
    static final int CHARACTERS = 80_000;

    /** A line of a log is rarely longer. */
    private static final int TEXT = 2000;

    private static final int[] ENTRIES = {1000, 200, 100, 50, 20, 10, 5, 2, 1};

    /** @throws IllegalArgumentException where even the first entry of each list is too much */
    static ShortAnswer of(JsonNode whole) {
        for (int entries : ENTRIES) {
            ShortAnswer answer = of(whole, entries);
            if (answer.answer.toString().length() <= CHARACTERS) {
                return answer;
            }
        }
        throw new IllegalArgumentException("the answer has more than " + CHARACTERS
                + " characters: ask for less, such as one backend, one day, or fewer columns");
    }

    private static ShortAnswer of(JsonNode whole, int entries) {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        List<String> left = new ArrayList<>();
        whole.properties().forEach(field -> {
            Cut cut = new Cut(entries);
            answer.set(field.getKey(), cut.of(field.getValue()));
            int size = field.getValue().size();
            if (field.getValue().isArray() && size > entries) {
                left.add(field.getKey() + ": " + (size - entries) + " of " + size + " entries");
                cut.lists--;
            }
            if (cut.lists > 0) {
                left.add(field.getKey() + ": all but " + entries + " entries of " + cut.lists + " lists in it");
            }
            if (cut.texts > 0) {
                left.add(field.getKey() + ": all but " + TEXT + " characters of " + cut.texts + " texts in it");
            }
        });
        return new ShortAnswer(answer, left);
    }

    private static final class Cut {
        private final int entries;
        private int lists;
        private int texts;

        Cut(int entries) {
            this.entries = entries;
        }

        JsonNode of(JsonNode node) {
            if (node.isTextual() && node.asText().length() > TEXT) {
                texts++;
                return TextNode.valueOf(node.asText().substring(0, TEXT) + "…");
            }
            if (node.isArray()) {
                lists += node.size() > entries ? 1 : 0;
                ArrayNode array = JsonNodeFactory.instance.arrayNode();
                for (int i = 0; i < Math.min(entries, node.size()); i++) {
                    array.add(of(node.get(i)));
                }
                return array;
            }
            if (node.isObject()) {
                ObjectNode object = JsonNodeFactory.instance.objectNode();
                node.properties().forEach(field -> object.set(field.getKey(), of(field.getValue())));
                return object;
            }
            return node;
        }
    }
}
