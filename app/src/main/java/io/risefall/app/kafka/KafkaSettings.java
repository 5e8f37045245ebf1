package io.risefall.app.kafka;

import io.risefall.app.process.CommandException;
import io.risefall.query.file.AtomicFile;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Kafka client settings in a properties file, as used by Kafka's own tools. */
public final class KafkaSettings {
    private KafkaSettings() {}

    public static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new CommandException("cannot read " + file + ": no such file", e);
        } catch (CharacterCodingException e) {
            throw notText(file, e);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandException(
                    "cannot read " + file + " as a properties file: " + CommandException.reason(e), e);
        }
        if (properties.stringPropertyNames().stream()
                .anyMatch(key -> key.chars().anyMatch(Character::isISOControl))) {
            throw notText(file, null);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    private static CommandException notText(Path file, @Nullable Throwable cause) {
        return new CommandException(
                "cannot read " + file + " as a properties file: it is not text in UTF-8; key stores belong into "
                        + "ssl.keystore.location and ssl.truststore.location of such a file",
                cause);
    }

    /** Writes the settings; only the owner can read the file. */
    static void write(Path file, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        StringWriter text = new StringWriter();
        properties.store(text, "Login for this Kafka; anyone who can read this file can write its topics");
        AtomicFile.write(file, text.toString());
    }
}
