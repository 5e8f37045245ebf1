package io.risefall.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The chain of goldens: in a run's folder {@code golden}, each file is what one module makes of the one before: the log,
 * {@code events.jsonl} (ingest), {@code states.jsonl} (streams), {@code outages.csv} (query). To accept what is made now,
 * run with {@code -Drisefall.goldens=accept} and read the diff.
 */
public final class Golden {
    /** Runs with a chain, all of their {@code rsyslog-iso.log}. */
    public static final List<String> RUNS =
            List.of("basic-2.6", "maintenance-2.6", "reload-2.6", "agent-3.5-dev5", "tracked-2.0");

    private Golden() {}

    /** The lines of a golden, as the next module's input. */
    public static List<String> lines(String run, String name) throws IOException {
        return Files.readAllLines(file(run, name));
    }

    /** Compares what was made with the golden. */
    public static void check(String run, String name, List<String> made) throws IOException {
        Path file = file(run, name);
        if ("accept".equals(System.getProperty("risefall.goldens"))) {
            Files.createDirectories(file.getParent());
            Files.write(file, made);
        }
        assertThat(made).as(file.toString()).isEqualTo(lines(run, name));
    }

    /** A value as one line of JSON. */
    public static String line(byte[] json) {
        return new String(json, StandardCharsets.UTF_8);
    }

    private static Path file(String run, String name) {
        return Corpus.scenario(run).folder().resolve("golden").resolve(name);
    }
}
