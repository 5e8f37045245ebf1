package io.risefall.ingest.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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

    /** Traffic is recognized here, before anything else is read of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "Agent checks for server b/s",
                "Backup Server b is DOWN.",
                "Backup Servers b/s",
                "Cannot",
                "Connect() failed.",
                "Enable",
                "Health checks",
                "Load balancing on",
                "Proxy P",
                "Proxy P of ours",
                "Paus",
                "Resume",
                "Server b is DOWN.",
                "Server",
                "Servers b/s are DOWN.",
                "SIGTERM",
                "Stoppage",
                "backend b",
                "backend b has none",
                "backends b has no server available!",
                "proxy p has none",
                "risefall {}",
                "risefall started",
                "b/s",
                "b/s ",
                "b/s c",
                "b/s changes its IP from 1 to 2",
                "b/s Ip changed from '1' to '2'",
                "b/s postpones",
                "b/s x",
                "b changed its IP from 1 to 2 by DNS cache.",
            })
    void whatIsNoneIsRefused(String message) {
        byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(HealthPrefixes.possible(bytes, 0, bytes.length)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Health check for server b/s failed",
                "backend b has no server available!",
                "b/s changed its IP from 1 to 2"
            })
    void noByteBehindTheLineCounts(String message) {
        byte[] bytes = ("xx" + message).getBytes(StandardCharsets.ISO_8859_1);
        assertThat(HealthPrefixes.possible(bytes, 2, bytes.length)).isTrue();
        int known =
                message.indexOf(message.startsWith("Health") ? " for" : message.startsWith("backend") ? " no" : "its");
        for (int to = 2; to < 2 + known; to++) {
            assertThat(HealthPrefixes.possible(bytes, 2, to))
                    .as("%s bytes", to - 2)
                    .isFalse();
        }
    }

    @Test
    void fewBytesBeginAHealthLine() {
        StringBuilder first = new StringBuilder();
        for (int value = 0; value < 256; value++) {
            if (HealthPrefixes.isFirst((byte) value)) {
                first.append((char) value);
            }
        }
        assertThat(first).hasToString("ABCEHLPRSbpr");
    }
}
