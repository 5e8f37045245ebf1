package io.risefall.app.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.RunningRisefall;
import io.risefall.schemas.Corpus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every run of the corpus, each form of its log alone, through the whole pipeline, held against HAProxy's own account.
 * Prints the table; fails on any difference that {@code expected-differences.txt} does not list with its reason.
 */
class TruthTest {
    /** Sampling and the way of a line; forms without fractions can be a whole second early besides. */
    private static final double PRECISE = 0.3;

    private static final double WHOLE_SECONDS = 1.3;

    private static final List<String> FORMS =
            List.of("rsyslog-iso.log", "rsyslog-traditional.log", "udp-rfc5424.log", "udp-local.log");

    /** What counts tell of lines that rsyslog lost: all 3 of one run, 10 of 11 of the other. */
    private static final Map<String, Integer> LOST =
            Map.of("heavy-2.0.rsyslog-iso.log", 3, "heavy-2.6.rsyslog-iso.log", 10);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void agreesWithHaproxy() throws Exception {
        List<String> table = new ArrayList<>(List.of(Comparison.head()));
        Set<String> differences = new LinkedHashSet<>();
        Map<String, Integer> losses = new TreeMap<>();
        try (RunningRisefall risefall = RunningRisefall.start(folder.resolve("data"))) {
            for (Corpus.Scenario run : Corpus.scenarios()) {
                for (String form : FORMS) {
                    if (run.has(form)) {
                        Comparison comparison = compare(risefall, run, form);
                        table.add(comparison.row(run.name(), form));
                        comparison.differences().forEach(text -> differences.add(run.name() + " " + form + " " + text));
                    }
                }
            }
            String sql = "select node, sum(missing)::int as missing from losses group by node";
            JSON.readTree(risefall.must("query", "--format", "json", sql))
                    .forEach(row -> losses.put(
                            row.get("node").asText(), row.get("missing").asInt()));
        }
        System.out.println(String.join("\n", table));
        List<Expected> expected = Expected.read();
        List<String> unexplained = differences.stream()
                .filter(text -> expected.stream().noneMatch(one -> one.explains(text)))
                .toList();
        System.out.println(differences.size() + " differences, " + unexplained.size() + " of them unexplained");
        assertThat(unexplained).isEmpty();
        assertThat(expected.stream().filter(one -> differences.stream().noneMatch(one::explains)))
                .as("listed, but no longer there")
                .isEmpty();
        assertThat(losses).isEqualTo(LOST);
    }

    private Comparison compare(RunningRisefall risefall, Corpus.Scenario run, String form) throws IOException {
        JsonNode truth = run.truth();
        String node = run.name() + "." + form;
        List<String> command = new ArrayList<>(
                List.of("import", "--node", node, "--zone", truth.get("tz").asText()));
        for (Path file : oldestFirst(run, form)) {
            command.add(file.toString());
        }
        risefall.must(command.toArray(new String[0]));
        boolean precise = form.equals("rsyslog-iso.log")
                || (form.equals("udp-rfc5424.log")
                        && !truth.get("haproxy_version").asText().startsWith("2.0"));
        return new Comparison(truth, precise ? PRECISE : WHOLE_SECONDS)
                .with(rows(risefall, "outages", "started_at", node), rows(risefall, "states", "from_at", node));
    }

    /** The log's files as they lie on a host, rotated ones first. */
    private List<Path> oldestFirst(Corpus.Scenario run, String form) throws IOException {
        Path host = Files.createDirectories(folder.resolve(run.name()));
        List<Path> files = new ArrayList<>();
        for (String name : run.forms().stream()
                .filter(one -> one.equals(form) || one.startsWith(form + "."))
                .sorted(Comparator.reverseOrder())
                .toList()) {
            files.add(Files.write(host.resolve(name), run.log(name)));
        }
        return files;
    }

    private static JsonNode rows(RunningRisefall risefall, String view, String order, String node) throws IOException {
        String sql = "select * from " + view + " where node = '" + node + "' order by " + order;
        return JSON.readTree(risefall.must("query", "--format", "json", sql));
    }

    /** A difference that is right: {@code RUN-PATTERN FORM-PATTERN TEXT-PATTERN # why the log cannot tell}. */
    private record Expected(String pattern, String why) {
        static List<Expected> read() throws IOException {
            try (InputStream in = TruthTest.class.getResourceAsStream("/truth/expected-differences.txt")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .map(line -> line.split(" # ", 2))
                        .map(parts -> new Expected(parts[0].strip(), parts[1]))
                        .toList();
            }
        }

        boolean explains(String difference) {
            return difference.matches(pattern);
        }
    }
}
