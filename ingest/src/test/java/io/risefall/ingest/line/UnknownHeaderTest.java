package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.line.LineOutcome.Traffic;
import io.risefall.ingest.line.LineOutcome.Unknown;
import io.risefall.ingest.line.LineOutcome.Unrelated;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which lines are counted as a health sentence behind a header that is not known, and which never. */
class UnknownHeaderTest {
    private static final String DOWN =
            "Server web/s1 is DOWN, reason: Layer4 timeout, check duration: 2001ms. 1 active and 0 backup servers left."
                    + " 0 sessions active, 0 requeued, 0 remaining in queue.";

    private final LineReader reader = OneLine.reader(null, Set.of("haproxy"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%% lb1 %% " + DOWN,
                "~~~ web ~~~ [WARNING]  (8) : " + DOWN,
                "{\"unheard-of\":{\"deep\":\"" + DOWN + "\"},\"x\":1}",
                "x;y;z;" + DOWN + ";w",
                "2026-11-23T00:21:56Z INFO " + DOWN,
                "2026-11-23T00:21:56Z pod-7 ~ haproxy ~ " + DOWN,
                "Nov 23 00:21:56 lb1 edge[7]: " + DOWN,
                "<27>Nov 23 00:21:56 lb1 edge[7]: " + DOWN,
                "<129>1 2026-11-23T00:21:56Z lb1 edge 7 - - " + DOWN,
            })
    void isCounted(String line) {
        assertThat(OneLine.read(reader, line, null)).isInstanceOf(Unknown.class);
    }

    /** In these the header is known, so that what it holds is a client's text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 23 00:21:56 lb1 haproxy[7]: 192.0.2.1:4711 [23/Nov/2026:00:21:56.466] www b/s \"GET /" + DOWN,
                "Nov 23 00:21:56 lb1 haproxy[7]: label: " + DOWN,
                "<134>1 2026-11-23T00:21:56Z lb1 haproxy 7 - - label: " + DOWN,
                "<134>Nov 23 00:21:56 lb1 haproxy[7]: " + DOWN,
                "<134>label: " + DOWN,
                "<6>2026-11-23T00:21:56Z GET " + DOWN,
                "2026-11-23T00:21:56Z 192.0.2.1:4711 [23/Nov/2026:00:21:56.466] www b/s " + DOWN,
                "2026-11-23T00:21:56Z GET /x " + DOWN,
                "2026-11-23T00:21:56Z \"agent " + DOWN,
                "192.0.2.1:4711 [23/Nov/2026:00:21:56.466] www b/s \"GET /" + DOWN,
                "[NOTICE]  (7) : label: " + DOWN,
            })
    void trafficIsNot(String line) {
        assertThat(OneLine.read(reader, line, null)).isInstanceOf(Traffic.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 23 00:21:56 lb1 nginx[7]: \"GET /" + DOWN + "\"",
                "<134>Nov 23 00:21:56 lb1 nginx[7]: " + DOWN,
                "<190>1 2026-11-23T00:21:56Z lb1 nginx 7 - - " + DOWN,
                "%% lb1 %% Server web/s1 is slow",
                "%% lb1 %% GET /?q=Server%20web/s1%20is%20DOWN",
            })
    void otherProgramsAreNot(String line) {
        assertThat(OneLine.read(reader, line, null)).isInstanceOf(Unrelated.class);
    }

    @Test
    void aTagThatIsNotHaproxysIsNamed() {
        assertThat(OneLine.read(reader, "Nov 23 00:21:56 lb1 edge[7]: " + DOWN, null))
                .isInstanceOfSatisfying(Unknown.class, said -> {
                    assertThat(said.header().tag()).isEqualTo("edge");
                    assertThat(said.header().example()).isEqualTo("Nov 23 00:21:56 lb1 edge[7]: " + DOWN);
                });
        assertThat(OneLine.read(reader, "%% lb1 %% " + DOWN, null)).isInstanceOfSatisfying(Unknown.class, said -> {
            assertThat(said.header().tag()).isNull();
            assertThat(said.header().shape()).isEqualTo("%% aN %% ");
        });
    }
}
