package io.risefall.query.annotation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.query.question.AnnotationsQuestion;
import io.risefall.query.question.QuestionContext;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.warehouse.Records;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.note.Note;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Graphs mark what happened within them, under the names that Grafana has. */
class AnnotationsTest {
    private static final Instant NOW = Instant.parse("2026-03-02T14:00:00Z");

    @TempDir
    static Path folder;

    private static Warehouse warehouse;

    @BeforeAll
    static void fill() {
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC);
        warehouse.write(new Records("2026-03-02", 0)
                .state("lb1", "web/a", Health.DOWN, "10:00:00", "10:05:00")
                .outage(
                        "lb1",
                        "web/a",
                        "10:00:00",
                        "10:05:00",
                        new CheckReason(CheckStatus.L4CON, null, null, null),
                        null)
                .state("lb1", "web/b", Health.MAINT, "11:00:00", null)
                .note(new Note(
                        Instant.parse("2026-03-02T12:00:00Z"), "<b>4.2</b> & \u001b[31m", null, "web", null, NOW))
                .readUntil("13:00:00")
                .batch());
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    private static JsonNode ask(String... parameters) throws Exception {
        QuestionParameters asked = new QuestionParameters(Map.of());
        for (int i = 0; i < parameters.length; i += 2) {
            asked = asked.with(parameters[i], parameters[i + 1]);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Connection views = warehouse.read()) {
            new AnnotationsQuestion().answer(new QuestionContext(views, ZoneOffset.UTC, NOW, null), asked, out);
        }
        return new ObjectMapper().readTree(out.toByteArray());
    }

    @Test
    void incidentsMaintenanceAndNotesHaveTheirTimesTagsAndIds() throws Exception {
        JsonNode all = ask();
        assertThat(all.findValuesAsText("title")).containsExactly("note", "maintenance", "incident");

        JsonNode note = all.get(0);
        assertThat(note.path("time").asLong())
                .isEqualTo(Instant.parse("2026-03-02T12:00:00Z").toEpochMilli());
        assertThat(note.path("timeEnd").isNull()).isTrue();
        assertThat(note.path("text").asText()).isEqualTo("web: &lt;b&gt;4.2&lt;/b&gt; &amp; \\u{1b}[31m");
        assertThat(note.path("tags").toString()).isEqualTo("[\"note\",\"web\"]");

        assertThat(all.get(1).path("text").asText()).isEqualTo("maint of web/b on lb1");
        assertThat(all.get(1).path("timeEnd").isNull()).isTrue();

        JsonNode incident = all.get(2);
        assertThat(incident.path("timeEnd").asLong() - incident.path("time").asLong())
                .isEqualTo(300_000);
        assertThat(incident.path("text").asText()).isEqualTo("server web/a");
        assertThat(incident.path("tags").toString()).contains("\"incident\"", "\"L4CON\"");
        assertThat(incident.path("id").asText()).matches("[0-9a-f]{12}");
        assertThat(incident.path("link").asText())
                .isEqualTo("/postmortem?id=" + incident.path("id").asText());
    }

    @Test
    void onlyWhatIsInTheRangeAndHasOneOfTheTags() throws Exception {
        String from = Long.toString(Instant.parse("2026-03-02T10:01:00Z").toEpochMilli());
        assertThat(ask("from", from, "to", "2026-03-02T11:30:00Z").findValuesAsText("title"))
                .containsExactly("maintenance", "incident");
        assertThat(ask("from", "2026-03-02T10:06:00Z", "to", "2026-03-02T10:59:00Z"))
                .isEmpty();
        assertThat(ask("tags", "note, L4CON").findValuesAsText("title")).containsExactly("note", "incident");
        assertThat(ask("tags", "other")).isEmpty();
    }

    @Test
    void aWrongRangeIsExplained() {
        assertThatThrownBy(() -> ask("from", "yesterday"))
                .hasMessageContaining("from must be milliseconds since 1970, or a time such as 2026-11-23T10:00:00Z");
        assertThatThrownBy(() -> ask("from", "2000", "to", "1000")).hasMessageContaining("from must be before to");
    }
}
