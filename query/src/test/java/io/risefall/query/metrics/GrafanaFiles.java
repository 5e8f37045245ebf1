package io.risefall.query.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The dashboards and rules that come with Risefall. */
final class GrafanaFiles {
    static final Path FOLDER = Path.of("../grafana");
    static final Path RULES = FOLDER.resolve("prometheus/rules.yml");

    private GrafanaFiles() {}

    static List<Path> dashboards() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("dashboards"))) {
            return files.sorted().toList();
        }
    }

    static JsonNode read(Path dashboard) throws IOException {
        return new ObjectMapper().readTree(dashboard.toFile());
    }

    /** What all panels of a dashboard ask Prometheus, with values for Grafana's variables. */
    static List<String> expressions(JsonNode dashboard) {
        List<String> expressions = new ArrayList<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                expressions.add(target.path("expr")
                        .asText()
                        .replace("$__rate_interval", "1m")
                        .replace("$__range", "1d")
                        .replaceAll("\\$(proxy|node|instance)", "x"));
            }
        }
        return expressions;
    }
}
