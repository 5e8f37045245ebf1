package io.risefall.ingest.unknown;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.message.HealthLineParser;
import io.risefall.ingest.message.HealthLineParser.Parsed;
import io.risefall.schemas.Corpus;
import io.risefall.schemas.message.HealthMessage.Kind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HealthSentenceTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Server b/s is DOWN",
                "x | Server b/s is UP, reason: Layer4 check passed",
                "{\"msg\":\"Server b/s is stopping",
                "{\"msg\":\"a\\nServer b/s is DOWN",
                "\tBackup Server b/10.0.0.7:80 is going DOWN for maintenance.",
                ">Server b.c-d_e/s:1 was DOWN and now enters maintenance.",
                "MESSAGE=Health check for server b/s failed, reason: Layer4 timeout",
                "\u2502Health check for backup server b/s conditionally succeeded",
                "(Agent check for server b/s succeeded",
                "x: backend b has no server available!",
                "x: proxy b has no server available!",
                "[ALERT]: backend 'b' has no server available!",
                "Server a is slow; Server b/s is DOWN",
            })
    void isFoundBehindAnyBoundary(String line) {
        assertThat(find(line)).isNotNegative();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "S",
                "Server b/s is",
                "Server b/s is slow",
                "MyServer b/s is DOWN",
                "1Server b/s is DOWN",
                "Server b is DOWN",
                "Server b/ is DOWN",
                "Server /s is DOWN",
                "Server b/s/t is DOWN",
                "server b/s is DOWN",
                "Health check for b/s failed",
                "Health check for server b/s slow",
                "backend b has no server",
                "backend 'b has no server available!",
                "backend  has no server available!",
                "GET /?q=Server%20b/s%20is%20DOWN",
            })
    void nothingElseIs(String line) {
        assertThat(find(line)).isNegative();
    }

    /** Every wording of servers, checks and empty backends that real HAProxies printed, as the messages of the corpus have them. */
    @ParameterizedTest
    @ValueSource(strings = {"2.0", "2.6", "3.5-dev5"})
    void everyWordingIsFound(String version) {
        int found = 0;
        for (String message : Corpus.messages(version)) {
            if (HealthLineParser.parse(message) instanceof Parsed parsed
                    && isOfHealth(parsed.message().kind())) {
                found++;
                assertThat(find("label: " + message)).as(message).isEqualTo("label: ".length());
            }
        }
        assertThat(found).isPositive();
    }

    private static boolean isOfHealth(Kind kind) {
        return kind == Kind.SWITCH || kind == Kind.CHECK || kind == Kind.BACKEND_EMPTY;
    }

    @Test
    void whatIsFarBehindIsNoHeader() {
        assertThat(find(" ".repeat(20_000) + "Server b/s is DOWN")).isNegative();
    }

    private static int find(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        return HealthSentence.find(bytes, 0, bytes.length);
    }
}
