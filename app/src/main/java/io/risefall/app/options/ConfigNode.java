package io.risefall.app.options;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.risefall.app.process.CommandException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of the configuration file and its place: a text, a list, or keys with values.
 *
 * @param text null: it is a list, or has keys
 * @param list null: it is a text, or has keys
 * @param keys null: it is a text or a list
 */
public record ConfigNode(
        Path file,
        int line,
        @Nullable String text,
        @Nullable List<ConfigNode> list,
        @Nullable Map<String, ConfigNode> keys) {
    /** Reads the value at which the parser stands. */
    static ConfigNode read(Path file, YAMLParser parser) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            List<ConfigNode> list = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                list.add(read(file, parser));
            }
            return new ConfigNode(file, line, null, list, null);
        }
        if (token == JsonToken.START_OBJECT) {
            Map<String, ConfigNode> keys = new LinkedHashMap<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                int at = parser.currentTokenLocation().getLineNr();
                parser.nextToken();
                if (keys.put(key, read(file, parser)) != null) {
                    throw new CommandException(file + ":" + at + ": " + key + " stands here twice");
                }
            }
            return new ConfigNode(file, line, null, null, keys);
        }
        return new ConfigNode(file, line, token == JsonToken.VALUE_NULL ? "" : parser.getText(), null, null);
    }

    /** What is wrong here. */
    public CommandException wrong(String why) {
        return new CommandException(file + ":" + line + ": " + why);
    }

    /** @throws CommandException if it has no keys */
    public Map<String, ConfigNode> keysOf(String what) {
        if (keys == null) {
            throw wrong(what + " must be keys and values");
        }
        return keys;
    }

    /** @throws CommandException if it is no list */
    public List<ConfigNode> listOf(String what) {
        if (list == null) {
            throw wrong(what + " must be a list: a dash before each");
        }
        return list;
    }

    /** @throws CommandException if it is not one text */
    public String textOf(String what) {
        if (text == null || text.isEmpty()) {
            throw wrong(what + " must be one value");
        }
        return text;
    }

    /** One text, or a list of texts. */
    public List<String> textsOf(String what) {
        return list == null
                ? List.of(textOf(what))
                : list.stream().map(one -> one.textOf(what)).toList();
    }
}
