package io.risefall.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A YAML file whose keys are the long options without their dashes; lists stand for options given several times.
 *
 * @param file where it was read
 * @param entries its keys in their order
 */
record ConfigFile(Path file, List<Entry> entries) {
    /**
     * One key.
     *
     * @param key the option without dashes
     * @param values its values; one, unless it is a list
     * @param line the line it stands on
     */
    record Entry(String key, List<String> values, int line) {}

    ConfigFile {
        entries = List.copyOf(entries);
    }

    /** Reads {@code file}; a key that is not one of {@code known} is an error. */
    static ConfigFile read(Path file, Set<String> known) {
        try (YAMLParser parser = new YAMLFactory().createParser(Files.readString(file))) {
            List<Entry> entries = new ArrayList<>();
            JsonToken first = parser.nextToken();
            if (first != null && first != JsonToken.START_OBJECT) {
                throw new Failure(at(file, parser) + "expected lines of the form key: value");
            }
            while (first != null && parser.nextToken() == JsonToken.FIELD_NAME) {
                String key = parser.currentName();
                if (!known.contains(key)) {
                    throw new Failure(at(file, parser) + "unknown key " + key + Nearest.hint(key, known));
                }
                int line = parser.currentTokenLocation().getLineNr();
                entries.add(new Entry(key, values(file, parser, key), line));
            }
            return new ConfigFile(file, entries);
        } catch (NoSuchFileException e) {
            throw new Failure("no configuration file " + file, e);
        } catch (JsonProcessingException e) {
            throw new Failure(
                    file + ":" + e.getLocation().getLineNr() + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse("not YAML"),
                    e);
        } catch (IOException e) {
            throw new Failure("cannot read the configuration file " + file + ": " + Failure.reason(e), e);
        }
    }

    private static List<String> values(Path file, YAMLParser parser, String key) throws IOException {
        JsonToken token = parser.nextToken();
        if (token.isScalarValue()) {
            return token == JsonToken.VALUE_NULL ? List.of() : List.of(parser.getText());
        }
        List<String> values = new ArrayList<>();
        while (token == JsonToken.START_ARRAY && parser.nextToken().isScalarValue()) {
            values.add(parser.getText());
        }
        if (parser.currentToken() != JsonToken.END_ARRAY) {
            throw new Failure(at(file, parser) + key + " must be a value or a list of values");
        }
        return values;
    }

    private static String at(Path file, YAMLParser parser) {
        return file + ":" + parser.currentTokenLocation().getLineNr() + ": ";
    }
}
