package io.risefall.ingest.network.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.network.ring.ReadLines.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a ring repeats after an interruption, and what it says that it has lost. */
class RingLinesTest {
    private final ReadLines lines = new ReadLines();

    @Test
    void whatTheRingRepeatsIsReadOnce() {
        lines.begin();
        assertThat(read("a", "b", "b")).containsOnly(Verdict.NEW);

        lines.begin();
        assertThat(read("b", "b", "c", "b"))
                .containsExactly(Verdict.REPEATED, Verdict.REPEATED, Verdict.NEW, Verdict.NEW);
    }

    @Test
    void aRingThatHasNothingLeftOfItMayHaveLostLines() {
        lines.begin();
        read("a", "b");
        lines.begin();
        assertThat(read("c", "d")).containsExactly(Verdict.AFTER_A_GAP, Verdict.NEW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <133>1 2026-11-29T02:28:06.881268+00:00 - haproxy 11362 - - 12 events dropped | 12
            <133>1 2026-11-29T02:28:06.881268+00:00 lb1 haproxy 11362 - - 1 event dropped | 1
            <133>Nov 29 02:28:06 haproxy[11362]: 7 events dropped                         | 7
            <133>Nov  9 02:28:06 lb1 haproxy[11362]: 7 events dropped                     | 7
            <5>2026-11-29T02:28:06.881268+00:00 3 events dropped                          | 3
            2026-11-29T02:28:06.881268+00:00 3 events dropped                             | 3
            <5>3 events dropped                                                           | 3
            3 events dropped                                                              | 3
            <133>Nov 29 02:28:06 haproxy[11362]: GET / 3 events dropped                   | 0
            <133>1 2026-11-29T02:28:06.881268+00:00 - haproxy 1 - - GET /a: 3 events dropped | 0
            events dropped                                                                | 0
            """)
    void onlyAWholeMessageTellsOfLostOnes(String line, long lost) {
        byte[] bytes = (">" + line).getBytes(StandardCharsets.UTF_8);
        assertThat(DroppedEvents.in(bytes, 1, bytes.length)).isEqualTo(lost);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <133>1 2026-11-29T02:28:06.881268+00:00 lb1 haproxy 11362 - - Proxy a started. | lb1
            <133>1 2026-11-29T02:28:06.881268+00:00 - haproxy 11362 - - Proxy a started.   | none
            <133>Nov 29 02:28:06 lb1 haproxy[11362]: Proxy a started.                      | lb1
            <133>Nov 29 02:28:06 haproxy[11362]: Proxy a started.                          | none
            <5>2026-11-29T02:28:06.881268+00:00 Proxy a started.                           | none
            Proxy a started.                                                               | none
            """)
    void aLineNamesItsHostOrNone(String line, String host) {
        byte[] bytes = (">" + line).getBytes(StandardCharsets.UTF_8);
        assertThat(LineHost.of(bytes, 1, bytes.length))
                .isEqualTo(host.equals("none") ? Optional.empty() : Optional.of(host));
    }

    private List<Verdict> read(String... texts) {
        return Arrays.stream(texts)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .map(text -> lines.add(text, 0, text.length))
                .toList();
    }
}
