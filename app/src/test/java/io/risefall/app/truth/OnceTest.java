package io.risefall.app.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.Corpus;
import io.risefall.schemas.suite.RealParts;
import io.risefall.schemas.suite.Turn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several forms of one log of a real HAProxy, imported one after the other, tell the same as one of them alone. Half of the runs in each build, in turn. */
@RealParts
class OnceTest {
    /** Form by form: what a relay adds; the finest stamps count, so that no whole second comes in. */
    private static final Duration RELAYED = Duration.ofMillis(100);

    private static final String ALONE = "udp-rfc5424.log";
    private static final List<String> BESIDES =
            List.of("rsyslog-traditional.log", "udp-local.log", "rsyslog-iso.log", "udp-rfc3164.log", ALONE);

    private static final List<String> RUNS = List.of(
            "basic-2.6",
            "reasons-2.6",
            "maintenance-3.5-dev5",
            "tracked-2.6",
            "reload-2.6",
            "agent-3.5-dev5",
            "rotation-2.6");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void allFormsTogetherTellWhatOneTells() throws Exception {
        List<String> differences = new ArrayList<>();
        try (RunningRisefall risefall = RunningRisefall.start(folder.resolve("data"))) {
            List<String> names = Turn.oneIn(2, RUNS, "runs in several forms");
            List<Corpus.Scenario> runs = names.stream().map(Corpus::scenario).toList();
            load(risefall, runs, "alone", ALONE);
            for (String form : BESIDES) {
                load(risefall, runs, "together", form);
            }
            for (String name : names) {
                differences.addAll(outages(risefall, name));
                differences.addAll(counts(risefall, name));
            }
            assertThat(differences).isEmpty();
            assertThat(rows(
                            risefall,
                            "select source from ingest where received <> events + traffic + \"foreign\" + repeats"
                                    + " + rejected + unknown_header + waiting"))
                    .isEmpty();
        }
    }

    /** One form of all runs that have it; returns when it can be queried, so that forms come one after the other. */
    private void load(RunningRisefall risefall, List<Corpus.Scenario> runs, String how, String form) throws Exception {
        List<FileSource> files = new ArrayList<>();
        for (Corpus.Scenario run : runs) {
            Path host = Files.createDirectories(folder.resolve(how).resolve(run.name()));
            ZoneId zone = ZoneId.of(run.truth().get("tz").asText());
            LineDefaults defaults = new LineDefaults(how + "." + run.name(), zone, null, Set.of());
            for (String file : run.forms().stream()
                    .filter(one -> one.equals(form) || one.startsWith(form + "."))
                    .sorted(Comparator.reverseOrder())
                    .toList()) {
                files.add(new FileSource(Files.write(host.resolve(file), run.log(file)), defaults));
            }
        }
        risefall.load(files);
    }

    /** Outages one by one: the same servers, reasons and ends, at times that differ by what a relay adds. */
    private static List<String> outages(RunningRisefall risefall, String run) throws IOException {
        Map<String, List<JsonNode>> alone = new TreeMap<>();
        Map<String, List<JsonNode>> together = new TreeMap<>();
        for (JsonNode row : rows(
                risefall,
                "select node, proxy || '/' || server as server, started_at, ended_at, ended_by,"
                        + " reason, code, certain from outages where node like '%." + run
                        + "' order by started_at, ended_at")) {
            (row.get("node").asText().startsWith("alone") ? alone : together)
                    .computeIfAbsent(row.get("server").asText(), any -> new ArrayList<>())
                    .add(row);
        }
        assertThat(alone).as(run).isNotEmpty();
        List<String> differences = new ArrayList<>();
        if (!alone.keySet().equals(together.keySet())) {
            differences.add(run + ": servers " + alone.keySet() + " and " + together.keySet());
            return differences;
        }
        alone.forEach((server, outages) -> {
            List<JsonNode> others = together.get(server);
            if (outages.size() != others.size()) {
                differences.add(run + ": " + server + "\n  " + outages + "\n  " + others);
                return;
            }
            for (int i = 0; i < outages.size(); i++) {
                if (!agree(outages.get(i), others.get(i))) {
                    differences.add(run + ": " + server + "\n  " + outages.get(i) + "\n  " + others.get(i));
                }
            }
        });
        return differences;
    }

    private static boolean agree(JsonNode one, JsonNode other) {
        for (String column : List.of("ended_by", "reason", "code", "certain")) {
            if (!one.get(column).equals(other.get(column))) {
                return false;
            }
        }
        return near(one.get("started_at"), other.get("started_at")) && near(one.get("ended_at"), other.get("ended_at"));
    }

    private static boolean near(JsonNode one, JsonNode other) {
        if (one.isNull() || other.isNull()) {
            return one.isNull() && other.isNull();
        }
        return Duration.between(OffsetDateTime.parse(one.asText()), OffsetDateTime.parse(other.asText()))
                        .abs()
                        .compareTo(RELAYED)
                <= 0;
    }

    /** What is counted must be the same to the last one. */
    private static List<String> counts(RunningRisefall risefall, String run) throws IOException {
        Map<String, Map<String, String>> byNode = new TreeMap<>();
        String sql = """
                select node, what, n from (
                    select node, 'checks ' || proxy || '/' || server || ' ' || coalesce(reason, '') as what, count(*) as n
                    from checks group by all
                    union all
                    select node, 'failures ' || proxy || '/' || server || ' ' || reason || coalesce(' ' || code, ''),
                        sum(failures) from reasons_hour group by all
                    union all
                    select node, 'flaps ' || proxy || '/' || server, sum(flaps) from server_day group by all
                    union all
                    select node, 'flapping ' || proxy || '/' || server, sum(downs) from flapping group by all
                    union all
                    select node, 'empty ' || proxy, count(*) from backend_outages group by all
                ) where node like '%%.%s' order by all
                """.formatted(run);
        for (JsonNode row : rows(risefall, sql)) {
            String node = row.get("node").asText();
            byNode.computeIfAbsent(node.substring(0, node.indexOf('.')), any -> new TreeMap<>())
                    .put(row.get("what").asText(), row.get("n").asText());
        }
        Map<String, String> alone = byNode.get("alone");
        Map<String, String> together = byNode.get("together");
        List<String> differences = new ArrayList<>();
        alone.forEach((what, n) -> {
            if (!n.equals(together.get(what))) {
                differences.add(run + ": " + what + " " + n + " and " + together.get(what));
            }
        });
        together.keySet().stream()
                .filter(what -> !alone.containsKey(what))
                .forEach(what -> differences.add(run + ": " + what + " only together"));
        return differences;
    }

    private static JsonNode rows(RunningRisefall risefall, String sql) throws IOException {
        return JSON.readTree(risefall.must("query", "--format", "json", sql));
    }
}
