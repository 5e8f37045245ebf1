package io.risefall.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.schemas.suite.RealParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prometheus' own tool reads the rules, tries them on made-up series, and parses what the dashboards ask. */
@RealParts
class PromtoolRulesTest {
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
    private static final Path PROMETHEUS = GrafanaFiles.FOLDER.resolve("prometheus");

    @TempDir
    Path folder;

    @BeforeEach
    void needsPromtool() {
        assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed");
    }

    @Test
    void theConfigurationAndItsRulesAreValid() throws Exception {
        assertThat(promtool(
                        "check", "config", PROMETHEUS.resolve("prometheus.yml").toString()))
                .contains("rules found");
    }

    @Test
    void alertsFireWhenTheyShouldAndOnlyThen() throws Exception {
        assertThat(promtool(
                        "test", "rules", PROMETHEUS.resolve("rules_test.yml").toString()))
                .contains("SUCCESS");
        String tests = Files.readString(PROMETHEUS.resolve("rules_test.yml"));
        assertThat(Files.readAllLines(GrafanaFiles.RULES))
                .filteredOn(line -> line.contains("- alert: "))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(tests)
                        .contains(line.replace("- alert: ", "alertname: ").strip()));
    }

    /** JSON is YAML. */
    @Test
    void whatDashboardsAskIsValid() throws Exception {
        List<Map<String, String>> rules = new ArrayList<>();
        for (Path file : GrafanaFiles.dashboards()) {
            for (String expression : GrafanaFiles.expressions(GrafanaFiles.read(file))) {
                rules.add(Map.of("record", "asked:" + rules.size(), "expr", expression));
            }
        }
        assertThat(rules).hasSizeGreaterThan(30);
        Path made = folder.resolve("asked.yml");
        new ObjectMapper()
                .writeValue(made.toFile(), Map.of("groups", List.of(Map.of("name", "asked", "rules", rules))));
        assertThat(promtool("check", "rules", made.toString())).contains(rules.size() + " rules found");
    }

    private static String promtool(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(PROMTOOL.toString()));
        command.addAll(List.of(arguments));
        Process promtool = new ProcessBuilder(command).redirectErrorStream(true).start();
        promtool.getOutputStream().close();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor()).as(said).isZero();
        return said;
    }
}
