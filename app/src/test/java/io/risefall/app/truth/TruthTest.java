package io.risefall.app.truth;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.app.truth.compare.Comparison;
import io.risefall.app.truth.compare.ExpectedDifferences;
import io.risefall.app.truth.compare.Truth;
import io.risefall.app.truth.feed.FrameSenders;
import io.risefall.app.truth.feed.LogForm;
import io.risefall.ingest.file.FileSource;
import io.risefall.schemas.Corpus;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.RealParts;
import io.risefall.schemas.suite.Turn;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every run of the corpus, each form of its log alone, through the whole pipeline, held against HAProxy's own account.
 * How each form comes in is in {@link LogForm}. Prints the table, whose sums are in {@code docs/truth.md}; fails on any
 * difference that {@code expected-differences.txt} does not list with its reason. Each build reads half of the logs, the
 * other half on another day. Most logs of the heavy runs, which have seven of eight outages, are only read with the
 * profile {@code long}.
 */
@RealParts
class TruthTest {
    /** What counts tell of lines that rsyslog lost: all 3 of one run, 10 of 11 of the other. */
    private static final Map<String, Integer> LOST =
            Map.of("heavy-2.0.rsyslog-iso.log", 3, "heavy-2.6.rsyslog-iso.log", 10);

    /** The log of a heavy run that is always read: one that rsyslog lost lines of. */
    private static final Set<String> HEAVY = Set.of("heavy-2.6.rsyslog-iso.log");

    private static final Duration RECEPTION = Duration.ofSeconds(60);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void agreesWithHaproxy() throws Exception {
        List<List<LogForm>> runs = runs();
        TruthTable table = new TruthTable();
        List<String> differences = new ArrayList<>();
        Map<String, Integer> losses = new TreeMap<>();
        FrameSenders senders = new FrameSenders(
                runs.stream().flatMap(List::stream).filter(LogForm::isFrames).toList());
        Path configuration = senders.configuration(folder.resolve("risefall.yaml"));
        try (RunningRisefall risefall =
                RunningRisefall.start(folder.resolve("data"), "--config", configuration.toString())) {
            feed(risefall, runs, senders);
            for (List<LogForm> run : runs) {
                compare(risefall, run, table, differences);
            }
            for (JsonNode row : rows(risefall, "select node, sum(missing)::int as missing from losses group by node")) {
                losses.put(row.get("node").asText(), row.get("missing").asInt());
            }
        }
        System.out.println(table.text());
        ExpectedDifferences expected = ExpectedDifferences.read();
        List<String> unexplained = expected.unexplained(differences);
        System.out.println(differences.size() + " differences, " + unexplained.size() + " of them unexplained");
        assertThat(unexplained).isEmpty();
        Set<String> read = runs.stream()
                .flatMap(List::stream)
                .map(form -> form.run().name() + " " + form.form())
                .collect(Collectors.toSet());
        assertThat(expected.unused(differences, read))
                .as("listed, but no longer there")
                .isEmpty();
        Map<String, Integer> lost = new TreeMap<>(LOST);
        lost.keySet().removeIf(node -> !isReadInEachBuild(node));
        assertThat(losses).isEqualTo(lost);
        TruthPage.check(table, Length.isLong(), expected);
    }

    /** By run, the logs that are read. */
    private static List<List<LogForm>> runs() {
        List<LogForm> logs = Corpus.scenarios().stream()
                .flatMap(run -> LogForm.of(run).stream())
                .toList();
        List<LogForm> light = Turn.oneIn(
                2, logs.stream().filter(log -> !log.node().startsWith("heavy-")).toList(), "logs of the corpus");
        return logs.stream()
                .filter(log -> light.contains(log) || isReadInEachBuild(log.node()))
                .collect(Collectors.groupingBy(log -> log.run().name(), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .toList();
    }

    private static boolean isReadInEachBuild(String node) {
        return Length.isLong() || HEAVY.contains(node);
    }

    /** What comes over connections is waited for; the import waits until everything can be queried. */
    private void feed(RunningRisefall risefall, List<List<LogForm>> runs, FrameSenders senders) throws Exception {
        long frames = senders.send();
        List<FileSource> files = new ArrayList<>();
        for (List<LogForm> run : runs) {
            for (LogForm form : run) {
                if (!form.isFrames()) {
                    files.addAll(form.files(folder));
                }
            }
        }
        String read = "select coalesce(sum(lines), 0)::bigint as lines from ingest where source like 'tcp:%'";
        awaitAnswer("all frames read")
                .atMost(RECEPTION)
                .until(() -> rows(risefall, read).get(0).get("lines").asLong() == frames);
        risefall.load(files);
    }

    private static void compare(RunningRisefall risefall, List<LogForm> run, TruthTable table, List<String> differences)
            throws IOException {
        JsonNode truth = run.get(0).truth();
        Map<String, Truth.Server> servers = Truth.servers(truth);
        double ended = truth.get("ended").asDouble();
        String ofRun = " where starts_with(node, '" + run.get(0).run().name() + ".') order by ";
        Map<String, List<JsonNode>> outages = byNode(rows(
                risefall,
                "select node, proxy, server, started_at, ended_at, reason, code, reason_text, via from outages" + ofRun
                        + "started_at"));
        Map<String, List<JsonNode>> states = byNode(
                rows(risefall, "select node, proxy, server, state, from_at, to_at from states" + ofRun + "from_at"));
        for (LogForm form : run) {
            Comparison comparison = new Comparison(
                            servers.values().stream()
                                    .map(server -> form.tellsOfUnlogged() ? server.asLogged() : server)
                                    .toList(),
                            ended,
                            form.tolerance())
                    .with(outages.getOrDefault(form.node(), List.of()), states.getOrDefault(form.node(), List.of()));
            table.add(form, comparison.numbers());
            comparison
                    .differences()
                    .forEach(text -> differences.add(form.run().name() + " " + form.form() + " " + text));
        }
    }

    private static Map<String, List<JsonNode>> byNode(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .collect(Collectors.groupingBy(row -> row.get("node").asText()));
    }

    private static JsonNode rows(RunningRisefall risefall, String sql) throws IOException {
        return JSON.readTree(risefall.must("query", "--format", "json", sql));
    }
}
