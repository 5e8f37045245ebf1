package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.message.HealthLines;
import io.risefall.ingest.network.StandardInput;
import io.risefall.ingest.network.journal.JournalLimits;
import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pipe from end to end: read once, published once, over an outage and a restart. */
@Slow
class IngestStandardInputTest {
    @TempDir
    Path directory;

    private final RecordingSink sink = new RecordingSink();

    @Test
    void whatAPipeGaveIsPublishedOnceOverAnOutageAndARestart() throws Exception {
        sink.loseCommits(3);
        try (Ingest ingest = ended(HealthLines.downs(1, 50))) {
            awaitRead(ingest, 50);
        }
        sink.loseCommits(Integer.MAX_VALUE);
        try (Ingest ingest = ended(HealthLines.downs(51, 60))) {
            assertThat(ingest.failed()).isNotDone();
        }
        sink.loseCommits(0);
        try (Ingest ingest = ended(HealthLines.downs(61, 70))) {
            awaitRead(ingest, 70);
            assertThat(ingest.dropped()).isEmpty();
        }
        assertThat(sink.texts())
                .containsExactlyElementsOf(HealthLines.downs(1, 70).lines().toList());
        assertThat(sink.events())
                .allSatisfy(event -> assertThat(event.origin().source()).isEqualTo("stdin"));
    }

    /** One whose input has ended; forced to disk with each block. */
    private Ingest ended(String text) throws Exception {
        StandardInput input = new StandardInput(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), LineDefaults.of(ZoneOffset.UTC));
        IngestSettings settings = IngestSettings.of("none:9092", directory)
                .withSources(List.of(), List.of(input))
                .withLimits(IngestLimits.DEFAULT.withJournal(JournalLimits.DEFAULT.withSync(Duration.ZERO)));
        Ingest ingest = new Ingest(settings, Clock.systemUTC(), sink);
        ingest.start();
        input.ended().get(60, TimeUnit.SECONDS);
        return ingest;
    }

    private static void awaitRead(Ingest ingest, int lines) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ingest.tallies().stream().anyMatch(tally -> isRead(tally, lines)));
    }

    /** As one who waits for the end would ask. */
    private static boolean isRead(ReadPosition tally, int lines) {
        return tally.lines() == lines && Arrivals.of(tally).waiting() == 0;
    }
}
