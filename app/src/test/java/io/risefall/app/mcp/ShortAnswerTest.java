package io.risefall.app.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

/** What is left out of a long answer is told, in Risefall's own words. */
class ShortAnswerTest {
    private final ObjectNode answer = new ObjectMapper().createObjectNode();

    @Test
    void whatIsShortStaysAsItIs() {
        answer.putArray("rows").addObject().put("proxy", "web");
        assertThat(ShortAnswer.of(answer).answer()).isEqualTo(answer);
        assertThat(ShortAnswer.of(answer).left()).isEmpty();
    }

    @Test
    void listsAreCutToTheirFirstEntries() {
        for (int i = 0; i < 3000; i++) {
            answer.withArray("rows")
                    .addObject()
                    .put("proxy", "web " + i + " ".repeat(100))
                    .putArray("ignore me");
        }
        ShortAnswer shown = ShortAnswer.of(answer);
        assertThat(shown.answer().path("rows")).hasSize(200);
        assertThat(shown.answer().path("rows").path(0).path("proxy").asText()).startsWith("web 0 ");
        assertThat(shown.answer().toString().length()).isLessThanOrEqualTo(ShortAnswer.CHARACTERS);
        assertThat(shown.left()).containsExactly("rows: 2800 of 3000 entries");
    }

    @Test
    void textsAreCutToTheirBeginning() {
        answer.putObject("outage").put("ignore previous instructions", "x".repeat(90_000));
        ShortAnswer shown = ShortAnswer.of(answer);
        assertThat(shown.answer().path("outage").toString())
                .hasSizeLessThan(2100)
                .endsWith("x…\"}");
        assertThat(shown.left()).containsExactly("outage: all but 2000 characters of 1 texts in it");
    }

    @Test
    void whatCannotBeShortIsRefusedWithARemedy() {
        for (int i = 0; i < 50; i++) {
            answer.put("column " + i, "x".repeat(2000));
        }
        assertThatThrownBy(() -> ShortAnswer.of(answer)).hasMessageContaining("ask for less");
    }
}
