package io.risefall.app.truth;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.RunningRisefall;
import io.risefall.schemas.Corpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Counts of real HAProxies, through the whole pipeline: where lines are missing is told, and nowhere else. */
class LossTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    @Test
    void nothingIsLostButWhatIs() throws Exception {
        try (RunningRisefall risefall = RunningRisefall.start(folder.resolve("data"))) {
            for (Corpus.Scenario run : Corpus.scenarios()) {
                for (String form : run.forms()) {
                    if (!form.matches(".*\\.\\d")) {
                        load(risefall, run, form);
                    }
                }
            }
            Map<String, Integer> missing = new TreeMap<>();
            for (JsonNode row : rows(risefall, "select node, sum(missing) as missing from losses group by node")) {
                missing.put(row.get("node").asText(), row.get("missing").asInt());
            }
            for (JsonNode row : rows(risefall, "select * from losses order by node, from_at")) {
                System.out.println(row);
            }
            assertThat(missing).isEmpty();
        }
    }

    private void load(RunningRisefall risefall, Corpus.Scenario run, String form) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "import",
                "--node",
                run.name() + "." + form,
                "--zone",
                run.truth().get("tz").asText()));
        Path host = Files.createDirectories(folder.resolve(run.name()));
        for (String file : run.forms().stream()
                .filter(one -> one.equals(form) || one.startsWith(form + "."))
                .sorted(Comparator.reverseOrder())
                .toList()) {
            command.add(Files.write(host.resolve(file), run.log(file)).toString());
        }
        risefall.must(command.toArray(new String[0]));
    }

    private static JsonNode rows(RunningRisefall risefall, String sql) throws IOException {
        return JSON.readTree(risefall.must("query", "--format", "json", sql));
    }
}
