package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.risefall.ingest.line.LineOutcome.Events;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.HealthMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code journalctl} of systemd 252 printed of three runs of HAProxy 2.6, each of which logged through syslog as
 * {@code local}, {@code rfc3164}, {@code rfc5424}, {@code short} and {@code iso}, and as a service as {@code raw},
 * {@code short} or {@code timed}. A client planted lines about the server {@code app/forged} in all of them. Only the
 * machine's name and numbers were replaced.
 */
class JournalTest {
    private static final JsonMapper MAPPER = new JsonMapper();

    /** HAProxy's log target; its copy on stderr. */
    private record Target(String run, String name) {}

    @Test
    void whatAServiceWritesOnItsOutputSaysTheSameAsTheCopyOnStderr() {
        Map<String, List<HealthMessage>> real = real(json());
        for (String run : List.of("raw", "short", "timed")) {
            List<HealthMessage> copies = real.get(run + " stderr");
            assertThat(copies).hasSize(12);
            assertThat(real.get(run + " stdout")).as(run).containsExactlyElementsOf(copies);
        }
    }

    /** A burst loses lines on the way into the journal. */
    @Test
    void whatCameThroughSyslogSaysNothingElse() {
        Map<String, List<HealthMessage>> real = real(json());
        for (String run : List.of("raw", "short", "timed")) {
            for (String target : List.of("local", "rfc3164", "rfc5424", "short", "iso")) {
                List<HealthMessage> rest = new ArrayList<>(real.get(run + " stderr"));
                List<HealthMessage> heard = real.get(run + " " + target);
                assertThat(heard).as(run + " " + target).hasSizeBetween(10, 12);
                heard.forEach(message -> assertThat(rest.remove(message)).isTrue());
            }
        }
    }

    /** Where the line has a severity nothing planted passes; where none is said a faultless lie does. */
    @Test
    void nothingPlantedPassesWhereTheJournalKnowsASeverity() {
        Map<String, Integer> planted = new TreeMap<>();
        json().forEach((target, events) -> planted.merge(
                target.run() + " " + target.name(),
                (int) events.stream().filter(JournalTest::isPlanted).count(),
                Integer::sum));
        planted.values().removeIf(count -> count == 0);
        assertThat(planted)
                .isEqualTo(Map.of(
                        "raw stdout",
                        3,
                        "raw stderr",
                        1,
                        "raw iso",
                        2,
                        "short stderr",
                        1,
                        "short iso",
                        2,
                        "timed iso",
                        2));
    }

    @Test
    void pidHostAndTimeAreThere() {
        json().forEach((target, events) -> {
            assertThat(events).allMatch(event -> event.pid() != null && event.precise());
            boolean named = Set.of("local", "rfc3164", "rfc5424").contains(target.name());
            events.stream()
                    .filter(event -> !isPlanted(event))
                    .forEach(event -> assertThat(event.node()).isEqualTo(named ? "lb1" : "node1"));
        });
    }

    /** These print no severity, and a host that HAProxy sent as part of the message. */
    @ParameterizedTest
    @ValueSource(strings = {"short", "short-precise", "short-iso", "short-iso-precise", "short-full", "short-unix"})
    void theOtherFormsSayTheSame(String form) {
        List<HealthMessage> expected = new ArrayList<>();
        json().forEach((target, events) -> {
            if (Set.of("stdout", "stderr", "short").contains(target.name())
                    && !(target.name().equals("stdout") && target.run().equals("timed"))) {
                events.stream().filter(event -> !isPlanted(event)).forEach(event -> expected.add(spelled(event)));
            }
        });
        LineReader reader = OneLine.reader(null, Set.of("haproxy"));
        List<HealthMessage> heard = new ArrayList<>();
        for (String line : lines(form)) {
            if (OneLine.read(reader, line, null) instanceof Events events) {
                HealthEvent event = events.events().get(0);
                assertThat(event.node()).isEqualTo("node1");
                assertThat(event.precise()).isEqualTo(form.endsWith("precise") || form.endsWith("unix"));
                if (!isPlanted(event)) {
                    heard.add(spelled(event));
                }
            }
        }
        assertThat(heard).hasSizeGreaterThan(80).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static Map<String, List<HealthMessage>> real(Map<Target, List<HealthEvent>> read) {
        Map<String, List<HealthMessage>> real = new TreeMap<>();
        read.forEach((target, events) -> real.put(
                target.run() + " " + target.name(),
                events.stream()
                        .filter(event -> !isPlanted(event))
                        .map(JournalTest::spelled)
                        .toList()));
        return real;
    }

    private static Map<Target, List<HealthEvent>> json() {
        LineReader reader = OneLine.reader(null, Set.of("haproxy"));
        Map<Target, List<HealthEvent>> read = new HashMap<>();
        for (String line : lines("json")) {
            List<HealthEvent> of = read.computeIfAbsent(target(line), any -> new ArrayList<>());
            if (OneLine.read(reader, line, null) instanceof Events events) {
                assertThat(events.events().get(0).line()).isEqualTo(line);
                of.addAll(events.events());
            }
        }
        return read;
    }

    private static Target target(String line) {
        try {
            JsonNode entry = MAPPER.readTree(line);
            String run = entry.get("_CMDLINE").asText().replaceAll("^.*hap\\.|\\.cfg$", "");
            boolean copy = entry.get("MESSAGE").asText().matches("\\[[A-Z]+\\] .*");
            String facility = entry.path("SYSLOG_FACILITY").asText();
            if (entry.get("_TRANSPORT").asText().equals("stdout")) {
                return new Target(run, copy ? "stderr" : "stdout");
            }
            return new Target(
                    run,
                    switch (facility) {
                        case "16" -> "local";
                        case "17" -> "rfc3164";
                        case "18" -> "rfc5424";
                        case "1" -> "iso";
                        default -> "short";
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isPlanted(HealthEvent event) {
        return event.text().contains("app/forged");
    }

    private static HealthMessage spelled(HealthEvent event) {
        return event.message() instanceof BackendEmpty empty
                ? new BackendEmpty(empty.proxy(), empty.proxyKind())
                : event.message();
    }

    private static List<String> lines(String form) {
        try (InputStream in = JournalTest.class.getResourceAsStream("/journal/" + form + ".gz")) {
            return new String(new GZIPInputStream(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
