package io.risefall.ingest.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthPrefixesTest {
    /** What a scan goes by never refuses what the beginning lets through, nor that what the parser reads. */
    @ParameterizedTest
    @ValueSource(strings = {"1.5", "2.0", "2.6", "3.5-dev5"})
    void eachTestLetsThroughWhatTheNextOneDoes(String version) {
        Stream<String> others = Stream.of(
                "Pausing proxy app.",
                "Paused proxy app.",
                "Enabling proxy app.",
                "Resumed proxy app.",
                "Stopping backend app in 0 ms.");
        Stream.concat(others, Corpus.messages(version).stream()).forEach(message -> {
            byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
            for (int first = 0; first < 256; first++) {
                bytes[0] = (byte) first;
                String bent = new String(bytes, StandardCharsets.ISO_8859_1);
                boolean possible = HealthPrefixes.possible(bytes, 0, bytes.length);
                int wordEnd = bent.indexOf(' ') < 0 ? bytes.length : bent.indexOf(' ');
                boolean found =
                        HealthPrefixes.isFirst(bytes[0]) || HealthPrefixes.addressGoesOn(bytes, wordEnd, bytes.length);
                assertThat(found || !possible).as(bent).isTrue();
                assertThat(possible || HealthLineParser.parse(bent) instanceof HealthLineParser.NotHealth)
                        .as(bent)
                        .isTrue();
            }
        });
    }
}
