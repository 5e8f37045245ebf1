package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.risefall.ingest.line.LineOutcome;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.Corpus;
import io.risefall.schemas.Corpus.Scenario;
import io.risefall.schemas.SchemaCheck;
import io.risefall.schemas.Topics;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.suite.Slow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read from the logs of real HAProxy, in every form, against one another and against what happened. */
@Slow
class CorpusTest {
    private static final Set<String> TAGS = Set.of("haproxy", "edge.haproxy", "blue_lb");
    /** A pipe that is full takes no line: three of a burst are missing here. */
    private static final String LOST_SOME = "heavy-3.5-dev5 fd-iso.log";

    private static final Map<String, Run> RUNS = new ConcurrentHashMap<>();
    private static final JsonSerde<HealthEvent> JSON = JsonSerde.of(HealthEvent.class);

    static Stream<Scenario> scenarios() {
        return Corpus.scenarios().stream();
    }

    static Stream<Scenario> scenariosWithoutPlantedText() {
        return scenarios().filter(scenario -> !scenario.name().startsWith("injection"));
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void renderingGivesEveryMessageBack(Scenario scenario) {
        for (String form : scenario.forms()) {
            for (HealthEvent event : read(scenario, form).events()) {
                assertThat(event.frame().whole()).as(form).isNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("scenariosWithoutPlantedText")
    void everyLineCanBeRead(Scenario scenario) {
        for (String form : scenario.forms()) {
            Log log = read(scenario, form);
            assertThat(log.unreadable()).as(form).isEmpty();
            assertThat(log.foreign()).as(form).isEmpty();
            // HAProxy cut none of these, and so none may be read as if it had.
            assertThat(log.events()).as(form).noneMatch(CorpusTest::isCut);
        }
    }

    @ParameterizedTest
    @MethodSource("scenariosWithoutPlantedText")
    void formsThatLostNothingSayTheSame(Scenario scenario) {
        List<String> expected = texts(scenario, "udp-rfc5424.log");
        assertThat(expected).isNotEmpty();
        assertThat(texts(scenario, "udp-local.log")).containsExactlyInAnyOrderElementsOf(expected);
        for (String form :
                List.of("fd-priority.log", "fd-timed.log", "fd-iso.log", "stdout-raw.log", "udp-rfc3164.log")) {
            if (scenario.has(form) && !(scenario.name() + " " + form).equals(LOST_SOME)) {
                assertThat(texts(scenario, form)).as(form).containsExactlyInAnyOrderElementsOf(expected);
            }
        }
        List<String> traditional = new ArrayList<>();
        for (String form : scenario.forms()) {
            if (form.startsWith("rsyslog-traditional.log")) {
                traditional.addAll(texts(scenario, form));
            }
        }
        assertThat(traditional).containsExactlyInAnyOrderElementsOf(expected);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void timesAreThoseOfArrival(Scenario scenario) {
        assertArrivals(scenario, "udp-rfc5424.log", "2.0".equals(version(scenario)) ? 1100 : 200);
        assertArrivals(scenario, "udp-local.log", 1100);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyEventIsValidJsonAndComesBackTheSame(Scenario scenario) {
        Set<HealthMessage> seen = new HashSet<>();
        for (String form : scenario.forms()) {
            for (HealthEvent event : read(scenario, form).events()) {
                if (seen.add(event.message())) {
                    byte[] json = JSON.serialize("", event);
                    SchemaCheck.assertValid(Topics.EVENTS, json);
                    assertThat(JSON.deserialize("", json)).isEqualTo(event);
                }
            }
        }
    }

    /** The copy on stderr holds nothing from clients, and all that HAProxy says of servers and backends. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void nothingPlantedBecomesAnEventWhereTheHeaderHasASeverity(Scenario scenario) {
        if (scenario.name().startsWith("injection")) {
            List<HealthMessage> expected = messages(scenario, "haproxy-stderr.log");
            assertThat(expected).hasSizeGreaterThan(30);
            for (String form : scenario.forms()) {
                boolean severity = form.startsWith("udp")
                        || List.of("fd-short.log", "fd-timed.log").contains(form);
                if (severity || form.equals("fd-priority.log")) {
                    assertThat(messages(scenario, form)).as(form).containsExactlyInAnyOrderElementsOf(expected);
                }
            }
        }
    }

    /** Without severity a faultless lie cannot be told from the truth; every other is refused. */
    @Test
    void onlyFaultlessLiesPassWhereTheHeaderHasNoSeverity() {
        Scenario scenario = Corpus.scenario("injection-2.6");
        List<HealthMessage> lies = new ArrayList<>(messages(scenario, "rsyslog-traditional.log"));
        messages(scenario, "udp-rfc5424.log").forEach(lies::remove);
        assertThat(lies).hasSize(11);
        assertThat(lies).allMatch(lie -> lie.text().contains("\"at step 200 of tcp-check\""));
        assertThat(read(scenario, "rsyslog-traditional.log").unreadable())
                .hasSize(69)
                .allMatch(line -> line.contains(" 200 "));
    }

    private static void assertArrivals(Scenario scenario, String form, long toleranceMillis) {
        List<byte[]> lines = scenario.lines(form);
        List<Instant> arrivals = scenario.arrivals(form);
        LineReader reader = reader(scenario);
        for (int i = 0; i < lines.size(); i++) {
            Instant arrival = arrivals.get(i);
            LineOutcome outcome = reader.read(lines.get(i), 0, lines.get(i).length, i, arrival, null);
            Instant at = outcome instanceof LineOutcome.Events events
                    ? events.events().get(0).at()
                    : ((LineOutcome.Traffic) outcome).at();
            assertThat(at).isNotNull();
            assertThat(Duration.between(at, arrival))
                    .isBetween(Duration.ofMillis(-50), Duration.ofMillis(toleranceMillis));
        }
    }

    private static boolean isCut(HealthEvent event) {
        return event.message() instanceof ServerSwitch line && line.cut()
                || event.message() instanceof CheckResult check && check.cut();
    }

    private static String version(Scenario scenario) {
        return scenario.name().substring(scenario.name().indexOf('-') + 1);
    }

    private static List<String> texts(Scenario scenario, String form) {
        return read(scenario, form).events().stream().map(HealthEvent::text).toList();
    }

    /** Of servers and backends; spelled as in the log. */
    private static List<HealthMessage> messages(Scenario scenario, String form) {
        return read(scenario, form).events().stream()
                .map(HealthEvent::message)
                .filter(message -> message.kind() != HealthMessage.Kind.PROXY)
                .map(message -> message instanceof BackendEmpty empty
                        ? new BackendEmpty(empty.proxy(), empty.proxyKind())
                        : message)
                .toList();
    }

    private static Log read(Scenario scenario, String form) {
        LineReader reader = reader(scenario);
        Instant ended = run(scenario).ended();
        Log log = new Log(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        long position = 0;
        for (byte[] line : scenario.lines(form)) {
            LineOutcome outcome = reader.read(line, 0, line.length, position++, ended, "127.0.0.1");
            if (outcome instanceof LineOutcome.Events events) {
                log.events().addAll(events.events());
            } else if (outcome instanceof LineOutcome.Unreadable) {
                log.unreadable().add(new String(line, StandardCharsets.ISO_8859_1));
            } else if (outcome instanceof LineOutcome.Unrelated) {
                log.foreign().add(new String(line, StandardCharsets.ISO_8859_1));
            }
        }
        return log;
    }

    private static LineReader reader(Scenario scenario) {
        Run run = run(scenario);
        return new LineReader(
                new LineContext(scenario.name(), new LineDefaults(null, run.zone(), null, TAGS), run.ended()));
    }

    private static Run run(Scenario scenario) {
        return RUNS.computeIfAbsent(scenario.name(), name -> {
            JsonNode truth = scenario.truth();
            Instant ended = Instant.ofEpochSecond(truth.get("ended").asLong());
            return new Run(ZoneId.of(truth.get("tz").asText()), ended);
        });
    }

    /** Where and when a run was. */
    private record Run(ZoneId zone, Instant ended) {}

    /** What became of a log's lines, traffic left out. */
    private record Log(List<HealthEvent> events, List<String> unreadable, List<String> foreign) {}
}
