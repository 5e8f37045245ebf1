package io.risefall.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dashboards and rules ask for metrics that there are, and Grafana can lay the panels out. */
class GrafanaFilesTest {
    private static final Pattern METRIC = Pattern.compile("\\b(?:risefall|jvm)_[a-z_]+");
    private static final int COLUMNS = 24;

    @TempDir
    Path folder;

    @Test
    void everyMetricThatIsAskedForIsScraped() throws Exception {
        Set<String> scraped = ScrapedPage.text(folder)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.replaceFirst("[{ ].*", ""))
                .collect(Collectors.toSet());
        List<String> texts = new ArrayList<>(List.of(Files.readString(GrafanaFiles.RULES)));
        for (Path file : GrafanaFiles.dashboards()) {
            texts.addAll(GrafanaFiles.expressions(GrafanaFiles.read(file)));
            GrafanaFiles.read(file)
                    .path("templating")
                    .path("list")
                    .forEach(variable ->
                            texts.add(variable.path("query").path("query").asText()));
        }
        Set<String> asked = new TreeSet<>();
        texts.forEach(text -> METRIC.matcher(text).results().forEach(found -> asked.add(found.group())));
        assertThat(asked).hasSizeGreaterThan(20);
        assertThat(scraped).containsAll(asked);
    }

    @Test
    void panelsHaveAPlaceOfTheirOwnATitleAndADatasource() throws Exception {
        Set<String> uids = new HashSet<>();
        assertThat(GrafanaFiles.dashboards())
                .extracting(file -> file.getFileName().toString())
                .containsExactly("backend.json", "fleet.json", "pipeline.json");
        for (Path file : GrafanaFiles.dashboards()) {
            JsonNode dashboard = GrafanaFiles.read(file);
            assertThat(uids.add(dashboard.path("uid").asText()))
                    .as(file.toString())
                    .isTrue();
            assertThat(dashboard.path("schemaVersion").isInt()).isTrue();
            Set<String> cells = new HashSet<>();
            Set<Integer> ids = new HashSet<>();
            for (JsonNode panel : dashboard.path("panels")) {
                String title = file + ": " + panel.path("title").asText();
                assertThat(panel.path("title").asText()).isNotBlank();
                assertThat(panel.path("type").asText()).isIn("stat", "timeseries", "table");
                assertThat(panel.path("datasource").path("uid").asText()).isEqualTo("${datasource}");
                assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
                assertThat(panel.path("targets")).as(title).isNotEmpty();
                JsonNode place = panel.path("gridPos");
                for (int x = 0; x < place.path("w").asInt(); x++) {
                    assertThat(place.path("x").asInt() + x).as(title).isLessThan(COLUMNS);
                    for (int y = 0; y < place.path("h").asInt(); y++) {
                        String cell = (place.path("x").asInt() + x) + ","
                                + (place.path("y").asInt() + y);
                        assertThat(cells.add(cell)).as(title + " at " + cell).isTrue();
                    }
                }
            }
            Set<String> variables = new TreeSet<>();
            dashboard
                    .path("templating")
                    .path("list")
                    .forEach(one -> variables.add(one.path("name").asText()));
            Pattern.compile("\\$\\{?([a-z]+)")
                    .matcher(dashboard.path("panels").toString())
                    .results()
                    .forEach(used -> assertThat(variables).as(file.toString()).contains(used.group(1)));
        }
    }
}
