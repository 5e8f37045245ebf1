package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.line.LineOutcome.Events;
import io.risefall.ingest.line.LineOutcome.Traffic;
import io.risefall.ingest.line.LineOutcome.Unreadable;
import io.risefall.ingest.line.LineOutcome.Unrelated;
import io.risefall.schemas.event.HealthEvent;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What rsyslog puts into a message: escaped control characters, and its word for repeats; as 8.2302 writes them. */
class EscapesAndRepeatsTest {
    private static final String HEADER = "Nov 23 00:21:56 localhost haproxy[4043]: ";

    private final LineReader reader = OneLine.reader(null, Set.of("haproxy"));

    /** Line; then what it says, and how often. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Nov 23 00:21:56 localhost haproxy[4043]: Server b/two is DOWN.#012|1 4043 Server b/two is DOWN.",
                "Nov 23 00:21:56 localhost haproxy[4043]: Server b/crlf is DOWN.#015|1 4043 Server b/crlf is DOWN.",
                "Nov 23 00:21:56 localhost haproxy[4043]: Server b/crlf is DOWN.#015#012|1 4043 Server b/crlf is DOWN.",
                "Nov 23 00:21:56 localhost haproxy[4043]: Server b/cut is DOWN#012|1 4043 Server b/cut is DOWN",
                "Nov 23 00:21:56 lb1 haproxy[1]: [WARNING]  (6679) : Server b/s is DOWN.#012|1 6679 Server b/s is DOWN.",
                "<129>1 2026-11-23T07:07:04.718531+00:00 vm haproxy 4043 - -  Server b/two is DOWN.#012|1 4043 Server b/two is DOWN.",
                "<129>2026-11-23T00:21:56+00:00 localhost haproxy[4043]: Server b/two is DOWN.#012|1 4043 Server b/two is DOWN.",
                "Nov 23 00:21:56 localhost haproxy[4043]: message repeated 2 times: [ Server b/rep is DOWN.]|2 4043 Server b/rep is DOWN.",
                "Nov 23 00:21:56 localhost haproxy[4043]: message repeated 2 times: [ Server b/rep is DOWN.#012]|2 4043 Server b/rep is DOWN.",
                "Nov 23 00:21:56 localhost haproxy[4043]: message repeated 2 times: [ [WARNING]  (6679) : Server b/rep is DOWN.]|2 6679 Server b/rep is DOWN.",
                "Nov 23 00:21:56 lb1 haproxy[4043] message repeated 2 times: [Server b/rep5 is DOWN.]|2 4043 Server b/rep5 is DOWN.",
                "<129>1 2026-11-23T00:21:56+00:00 localhost haproxy 4043 - -  message repeated 2 times: [ Server b/rep is DOWN.]|2 4043 Server b/rep is DOWN.",
                "<129>1 2026-11-23T00:21:56.466547+00:00 lb1 haproxy 4043 - -  message repeated 2 times: [Server b/rep5 is DOWN.]|2 4043 Server b/rep5 is DOWN.",
                "Nov 23 00:21:56 lb1 haproxy[4043]: message repeated 1 times: [ Server b/s is DOWN|1 4043 Server b/s is DOWN",
            })
    void read(String line, String expected) {
        Events events = (Events) read(line);
        HealthEvent first = events.events().get(0);
        assertThat(events.events().size() + " " + first.pid() + " " + first.text())
                .isEqualTo(expected);
        assertThat(events.events()).extracting(HealthEvent::text).containsOnly(first.text());
        assertThat(first.line()).isEqualTo(line);
    }

    /** HAProxy writes a control character in info as {@code <09>}: this is what the server said. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Server b/s is DOWN, reason: Layer7 wrong status, code: 500, info: \"a#011b#012\", check duration: 1ms. "
                        + "0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.",
                "Server b/s is DOWN, reason: Layer7 wrong status, code: 500, info: \"cut within #012",
            })
    void whatStandsInInfoIsLeftAsItIs(String text) {
        assertThat(((Events) read(HEADER + text)).events().get(0).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Server b/nl is DOWN.#012<129>Nov 23 00:21:56 haproxy[4043]: Server b/nl2 is DOWN.",
                "Server b/nl is DOWN.#012Server b/nl2 is DOWN.",
                "Server b/s is DOWN.#011",
                "Server b/s is DOWN.#0123",
                "message repeated 1001 times: [ Server b/s is DOWN.]",
            })
    void whatIsNotCertainIsUnreadable(String text) {
        assertThat(read(HEADER + text)).isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:5 [23/Nov/2026:01:45:07.238] f b/s 200 \"GET /#012Server b/s is DOWN.\"",
                "#012Server b/s is DOWN.",
                "x#012<129>Nov 23 00:21:56 haproxy[4043]: Server b/s is DOWN.",
                "message repeated 2 times: [ 127.0.0.1:5 GET /]",
                "message repeated 2 times: [ message repeated 2 times: [ Server b/s is DOWN.]]",
                "message repeated two times: [ Server b/s is DOWN.]",
                "message repeated 2 times: Server b/s is DOWN.",
                "#012",
                "#012#012",
            })
    void plantedTextIsTraffic(String text) {
        assertThat(read(HEADER + text)).isInstanceOf(Traffic.class);
    }

    /** Of what is not said. Repeats count once, so nothing is lost. */
    @Test
    void theLastMessageRepeatedIsForeign() {
        assertThat(read("Nov 23 00:21:56 lb1 last message repeated 3 times")).isInstanceOf(Unrelated.class);
    }

    private LineOutcome read(String line) {
        return OneLine.read(reader, line, null);
    }
}
