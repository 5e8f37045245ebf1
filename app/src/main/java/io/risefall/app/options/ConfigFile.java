package io.risefall.app.options;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.risefall.app.process.CommandException;
import io.risefall.query.text.Nearest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A YAML file whose keys are the long options without their dashes; a list repeats an option. {@code sources} is a list of
 * sources, each with its own options.
 *
 * @param file the file that was read
 * @param entries its keys in order
 * @param sources the keys of each source
 * @param sections what stands below keys that are no options
 */
public record ConfigFile(Path file, List<Entry> entries, List<List<Entry>> sources, Map<String, ConfigNode> sections) {
    private static final String SOURCES = "sources";

    /**
     * One key.
     *
     * @param key the option without dashes
     * @param values its values; one, unless it is a list
     * @param line its line in the file
     */
    public record Entry(String key, List<String> values, int line) {
        /** The option as arguments. */
        public List<String> arguments() {
            return values.stream().map(value -> "--" + key + "=" + value).toList();
        }
    }

    public ConfigFile {
        entries = List.copyOf(entries);
        sources = List.copyOf(sources);
        sections = Map.copyOf(sections);
    }

    /**
     * Reads {@code file}; an unknown key is an error.
     *
     * @param known the keys of all commands
     * @param sourceKeys the keys of one source
     * @param sectionNames keys below which something else stands
     */
    public static ConfigFile read(Path file, Set<String> known, Set<String> sourceKeys, Set<String> sectionNames) {
        try {
            String text = Files.readString(file);
            refuseTabs(file, text);
            return read(file, text, known, sourceKeys, sectionNames);
        } catch (NoSuchFileException e) {
            throw new CommandException("configuration file not found: " + file, e);
        } catch (IOException e) {
            throw new CommandException(
                    "cannot read the configuration file " + file + ": " + CommandException.reason(e), e);
        }
    }

    /** Here, because the message of a YAML parser about a tab does not help. */
    private static void refuseTabs(Path file, String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String indent =
                    line.substring(0, line.length() - line.stripLeading().length());
            if (indent.contains("\t") && !line.isBlank() && !line.strip().startsWith("#")) {
                throw new CommandException(file + ":" + (i + 1) + ": tab before "
                        + line.strip().split(":", 2)[0] + "; YAML is indented with spaces");
            }
        }
    }

    private static ConfigFile read(
            Path file, String text, Set<String> known, Set<String> sourceKeys, Set<String> sectionNames)
            throws IOException {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            return new FileParser(file, parser, known, sourceKeys, sectionNames).read();
        } catch (JsonProcessingException e) {
            throw new CommandException(
                    file + ":" + e.getLocation().getLineNr() + ": "
                            + e.getOriginalMessage().lines().findFirst().orElse("not YAML"),
                    e);
        }
    }

    /** Parses the file in one pass. */
    private record FileParser(
            Path file, YAMLParser parser, Set<String> known, Set<String> sourceKeys, Set<String> sectionNames) {
        ConfigFile read() throws IOException {
            List<Entry> entries = new ArrayList<>();
            List<List<Entry>> sources = new ArrayList<>();
            Map<String, ConfigNode> sections = new LinkedHashMap<>();
            JsonToken first = parser.nextToken();
            if (first != null && first != JsonToken.START_OBJECT) {
                throw wrong("expected lines of the form key: value");
            }
            while (first != null && parser.nextToken() == JsonToken.FIELD_NAME) {
                if (parser.currentName().equals(SOURCES)) {
                    sources.addAll(sources());
                } else if (sectionNames.contains(parser.currentName())) {
                    section(sections);
                } else {
                    entries.add(entry(known));
                }
            }
            return new ConfigFile(file, entries, sources, sections);
        }

        private void section(Map<String, ConfigNode> sections) throws IOException {
            String name = parser.currentName();
            if (sections.containsKey(name)) {
                throw wrong(name + " stands here twice");
            }
            parser.nextToken();
            sections.put(name, ConfigNode.read(file, parser));
        }

        private List<List<Entry>> sources() throws IOException {
            List<List<Entry>> sources = new ArrayList<>();
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw wrong(SOURCES + " must be a list: a dash before each source");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                List<Entry> source = new ArrayList<>();
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    source.add(entry(sourceKeys));
                }
                sources.add(List.copyOf(source));
            }
            if (parser.currentToken() != JsonToken.END_ARRAY) {
                throw wrong("a source must be keys and values, such as - tail: /var/log/haproxy.log");
            }
            return sources;
        }

        private Entry entry(Set<String> keys) throws IOException {
            String key = parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            if (!keys.contains(key)) {
                boolean elsewhere = known.contains(key);
                throw wrong(
                        elsewhere
                                ? key + " is not an option of a source: move it out of " + SOURCES
                                : "unknown key " + key + Nearest.hint(key, withSources(keys)));
            }
            return new Entry(key, values(key), line);
        }

        /** {@code sources} is a key of the file, but not of a source. */
        private Set<String> withSources(Set<String> keys) {
            Set<String> all = new TreeSet<>(keys);
            if (keys == known) {
                all.add(SOURCES);
                all.addAll(sectionNames);
            }
            return all;
        }

        private List<String> values(String key) throws IOException {
            JsonToken token = parser.nextToken();
            if (token.isScalarValue()) {
                return token == JsonToken.VALUE_NULL ? List.of() : List.of(parser.getText());
            }
            List<String> values = new ArrayList<>();
            while (token == JsonToken.START_ARRAY && parser.nextToken().isScalarValue()) {
                values.add(parser.getText());
            }
            if (parser.currentToken() != JsonToken.END_ARRAY) {
                throw wrong(key + " must be a value or a list of values");
            }
            return values;
        }

        private CommandException wrong(String why) {
            return new CommandException(
                    file + ":" + parser.currentTokenLocation().getLineNr() + ": " + why);
        }
    }
}
