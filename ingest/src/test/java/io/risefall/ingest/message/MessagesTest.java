package io.risefall.ingest.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.Corpus;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every distinct message of all runs of a version, with names and milliseconds replaced and the counts cut off. */
class MessagesTest {
    @ParameterizedTest
    @ValueSource(strings = {"1.5", "2.0", "2.6", "3.5-dev5"})
    void everyMessageIsRead(String version) {
        List<String> messages = Corpus.messages(version);
        assertThat(messages).hasSizeGreaterThan(80);
        for (String message : messages) {
            String whole = message.replace("Nms", "12ms")
                    .replace("FE: n, BE: n", "FE: 1, BE: 2")
                    .replace("Y (host)", "Y ('host')")
                    .replace("(No IP for server X/Y ", "(No IP for server ). ")
                    .replaceFirst("( via X/Y) $", "$1. ");
            assertThat(HealthLineParser.parse(whole)).as(whole).isInstanceOf(HealthLineParser.Parsed.class);
        }
    }
}
