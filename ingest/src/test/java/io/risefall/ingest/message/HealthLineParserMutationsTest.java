package io.risefall.ingest.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.Mutations;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/**
 * Whatever the text: it is read without an exception, and what is read gives the same text again.
 */
class HealthLineParserMutationsTest {
    private static final int MUTATIONS = 60_000;

    @Test
    void realMessagesChanged() {
        new Mutations(1, "stdout-raw.log").run(MUTATIONS, HealthLineParserMutationsTest::check);
    }

    static void check(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        HealthLineParser.Result result = HealthLineParser.parse(text);
        if (result instanceof HealthLineParser.Parsed parsed) {
            assertThat(parsed.message().text()).isEqualTo(text);
            assertThat(HealthPrefixes.possible(bytes, 0, bytes.length))
                    .as("the quick look lets pass what can be read")
                    .isTrue();
        }
    }
}
