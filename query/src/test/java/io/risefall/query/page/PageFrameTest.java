package io.risefall.query.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.http.Answer;
import io.risefall.query.http.access.Session;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A page whose rest takes longer is begun with all that is known at once. */
class PageFrameTest {
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    private final List<Answer> begun = new ArrayList<>();

    private Answer incidents(PageContent.Rest rest) throws Exception {
        Map<String, Object> model = Map.of(
                "range", new PageRange(NOW.minusSeconds(60), NOW, "1h"),
                "presets", PageRange.PRESETS,
                "times", new PageTimes(NOW, ZoneOffset.UTC));
        return new PageFrame()
                .show(
                        new PageContent("incident/incidents.ftlx", model, rest),
                        ZoneOffset.UTC,
                        new Session(null, "", NOW),
                        begun::add);
    }

    private Answer.Rest rest() {
        return begun.get(0).rest().toCompletableFuture().join();
    }

    @Test
    void itIsBegunWithNavigationAndHeadingAndWithAllHeaders() throws Exception {
        Answer answer = incidents(() -> {
            assertThat(begun).hasSize(1);
            return Map.of("incidents", List.of(), "cut", false);
        });
        assertThat(answer).isSameAs(begun.get(0));
        assertThat(answer.headers()).containsKey("Content-Security-Policy");
        assertThat(new String(answer.body(), UTF_8))
                .startsWith("<!DOCTYPE html>")
                .contains("<h1>Incidents</h1>", "30 days")
                .doesNotContain("There was none");
        assertThat(new String(rest().bytes(), UTF_8))
                .contains("There was none")
                .endsWith("</html>\n")
                .doesNotContain("<h1>");
        assertThat(rest().whole()).isTrue();
    }

    @Test
    void whatFailsAfterThatEndsItWithAWordAboutIt() throws Exception {
        incidents(() -> {
            throw new SQLException("out of <memory>");
        });
        assertThat(rest().whole()).isFalse();
        assertThat(new String(rest().bytes(), UTF_8))
                .contains("role=\"alert\"", "out of &lt;memory&gt;")
                .endsWith("</html>\n");
    }
}
