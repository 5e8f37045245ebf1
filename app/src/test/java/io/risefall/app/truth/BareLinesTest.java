package io.risefall.app.truth;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.app.truth.compare.Comparison;
import io.risefall.app.truth.compare.Truth;
import io.risefall.app.truth.feed.LogForm;
import io.risefall.schemas.Corpus;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What HAProxy wrote on its output, in files that are followed: lines that say no time. All of it happened at the moment of its
 * receipt, as far as they tell, so nothing of when is compared, here no more than that every outage is there, in its server's order,
 * with its reason and with or without an end. Their times are compared in {@link TruthTest}, as a container engine keeps them.
 */
@RealParts
class BareLinesTest {
    /** Reloads need time: whether a new process's first DOWN goes on with an outage depends on when it comes. */
    private static final String RELOAD = "reload-";

    private static final Set<String> BARE = Set.of("stdout-raw.log", "fd-short.log", "fd-priority.log");

    private static final Duration RECEPTION = Duration.ofMinutes(2);

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void everyOutageIsThereInOrder() throws Exception {
        List<String> differences = new ArrayList<>();
        List<LogForm> forms = Corpus.scenarios().stream()
                .filter(run -> !run.name().startsWith(RELOAD))
                .flatMap(run -> LogForm.of(run).stream())
                .filter(form -> BARE.contains(form.form()))
                .toList();
        StringBuilder sources = new StringBuilder("sources:\n");
        long lines = 0;
        for (LogForm form : forms) {
            Path file = folder.resolve(form.node());
            Files.write(file, form.run().log(form.form()));
            lines += form.run().lines(form.form()).size();
            sources.append("  - tail: ['%s']\n    node: %s\n".formatted(file, form.node()));
        }
        Path configuration = Files.writeString(folder.resolve("risefall.yaml"), sources);
        try (RunningRisefall risefall =
                RunningRisefall.start(folder.resolve("data"), "--config", configuration.toString())) {
            awaitRead(risefall, lines);
            Map<String, List<JsonNode>> outages = outages(risefall);
            assertThat(forms).hasSizeGreaterThan(50);
            for (LogForm form : forms) {
                for (Truth.Server server : Truth.servers(form.truth()).values()) {
                    String name = form.node() + " " + server.name();
                    List<JsonNode> told = outages.getOrDefault(name, List.of());
                    if (!(server.logged() ? agree(server.outages(), told) : told.isEmpty())) {
                        differences.add(name + " " + server.outages() + " and " + told);
                    }
                }
            }
        }
        assertThat(differences).isEmpty();
    }

    private static void awaitRead(RunningRisefall risefall, long lines) throws Exception {
        String read = "select coalesce(sum(lines), 0)::bigint as lines from ingest where source like 'file:%'";
        awaitAnswer("all lines read")
                .atMost(RECEPTION)
                .until(() -> JSON.readTree(risefall.must("query", "--format", "json", read))
                                .get(0)
                                .get("lines")
                                .asLong()
                        == lines);
        risefall.load(List.of());
    }

    private static Map<String, List<JsonNode>> outages(RunningRisefall risefall) throws IOException {
        JsonNode rows = JSON.readTree(risefall.must(
                "query",
                "--format",
                "json",
                "select node || ' ' || proxy || '/' || server as name, ended_at, reason, code, reason_text, via"
                        + " from outages order by started_at"));
        return StreamSupport.stream(rows.spliterator(), false)
                .collect(Collectors.groupingBy(row -> row.get("name").asText()));
    }

    private static boolean agree(List<Truth.Outage> happened, List<JsonNode> told) {
        if (happened.size() != told.size()) {
            return false;
        }
        for (int i = 0; i < told.size(); i++) {
            boolean open = told.get(i).get("ended_at").isNull();
            if (!Comparison.isReason(happened.get(i), told.get(i))
                    || open != (happened.get(i).end() == null)) {
                return false;
            }
        }
        return true;
    }
}
