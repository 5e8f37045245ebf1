package io.risefall.ingest.network.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.network.Listener.Kept;
import io.risefall.ingest.network.stats.HaproxyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether a ring has kept all since another Risefall read it. */
class RingMarkTest {
    private static final Instant NOW = Instant.parse("2026-11-29T08:00:00Z");

    @TempDir
    Path directory;

    private RingMark mark(Instant now) {
        return new RingMark(directory, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static HaproxyProcess process(long pid, long uptimeSeconds) {
        return new HaproxyProcess("2.6.12", pid, "lb1", Duration.ofSeconds(uptimeSeconds), false);
    }

    private void saved(Long... lines) {
        try (RingMark mark = mark(NOW)) {
            mark.begin(process(7, 100));
            mark.save(7, mark.since(process(7, 100)), List.of(lines));
        }
    }

    /** What is known after these lines were read of this process, an hour later. */
    private Kept later(HaproxyProcess process, Long... lines) {
        try (RingMark mark = mark(NOW.plusSeconds(3600))) {
            mark.begin(process);
            for (int i = 1; i <= lines.length; i++) {
                mark.compare(List.of(lines).subList(Math.max(0, i - 4), i));
            }
            mark.end(lines.length == 0);
            return mark.kept();
        }
    }

    @Test
    void aRingThatHasTheLastLinesHasKeptAll() {
        saved(1L, -2L, 3L);
        assertThat(later(process(7, 3_701), 9L, 1L, -2L, 3L, 4L)).isEqualTo(Kept.ALL);
        assertThat(later(process(7, 3_700), 1L, -2L, 3L)).isEqualTo(Kept.ALL);
        assertThat(later(process(7, 3_700), -2L, 3L, 4L)).as("not all of them").isEqualTo(Kept.NOT_ALL);
        assertThat(later(process(7, 3_700))).isEqualTo(Kept.NOT_ALL);
        assertThat(later(process(8, 3_700), 1L, -2L, 3L)).as("another process").isEqualTo(Kept.NOT_ALL);
        assertThat(later(process(7, 60), 1L, -2L, 3L)).as("of the same number").isEqualTo(Kept.NOT_ALL);
    }

    @Test
    void ofARingWithoutLinesOnlyAnEmptyOneIsKnown() {
        saved();
        assertThat(later(process(7, 3_700))).isEqualTo(Kept.ALL);
        assertThat(later(process(7, 3_700), 1L)).isEqualTo(Kept.NOT_ALL);
    }

    @Test
    void untilTheRingIsReadNothingIsKnown() {
        saved(1L);
        try (RingMark mark = mark(NOW)) {
            assertThat(mark.kept()).isEqualTo(Kept.NOT_KNOWN_YET);
            mark.begin(process(7, 100));
            assertThat(mark.kept()).isEqualTo(Kept.NOT_KNOWN_YET);
            mark.refuse();
            assertThat(mark.kept()).isEqualTo(Kept.NOT_ALL);
        }
    }

    @Test
    void aFileThatNobodyWroteIsNone() throws IOException {
        for (String text : List.of("", "7 1 x\n", "\0\0", "7 1764403100 ffffffffffffffffff\n")) {
            Files.writeString(directory.resolve("last-read"), text);
            assertThat(later(process(7, 3_700), 1L)).isEqualTo(Kept.NOT_ALL);
        }
    }
}
