package io.risefall.app.kafka;

import io.risefall.app.process.AtomicFile;
import io.risefall.app.process.Failure;
import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Settings of Kafka clients in a properties file, as Kafka's own tools take them. */
public final class KafkaSettings {
    private KafkaSettings() {}

    public static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw new Failure("cannot read " + file + ": there is no such file", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new Failure("cannot read " + file + " as a properties file: " + Failure.reason(e), e);
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty));
    }

    /** Writes a file that only its owner can read. */
    static void write(Path file, Map<String, String> settings) throws IOException {
        Properties properties = new Properties();
        properties.putAll(settings);
        StringWriter text = new StringWriter();
        properties.store(text, "How to enter this Kafka; who can read this can write its topics");
        AtomicFile.write(file, text.toString());
    }
}
