package io.risefall.ingest.network.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.network.OpenJournal;
import io.risefall.schemas.suite.RealParts;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A process that appends is killed again and again; the next one goes on where it was. */
@RealParts
class JournalKillNineTest {
    private static final int KILLS = 10;
    private static final int MAX_BETWEEN = 4000;

    @TempDir
    Path folder;

    /** Forced to disk with each flush, and once a second. */
    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT1S"})
    @Timeout(120)
    void whatWasAcknowledgedIsThereOnceAndInOrder(String sync) throws Exception {
        Random random = new Random(3);
        Path journal = folder.resolve("journal");
        long next = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            AppendingProcess process = new AppendingProcess(journal, next, Duration.parse(sync));
            long acknowledged = process.killAfter(next + 1 + random.nextInt(MAX_BETWEEN));
            next = assertWhole(journal, acknowledged);
        }
    }

    /** How many there are: each once and in order, all that were acknowledged and maybe some more. */
    private static long assertWhole(Path journal, long acknowledged) throws Exception {
        try (OpenJournal open = new OpenJournal(journal, 1L << 40, 1 << 18)) {
            List<String> records = open.readFrom(0);
            for (int i = 0; i < records.size(); i++) {
                String expected = new String(AppendingProcess.message(i), StandardCharsets.US_ASCII);
                assertThat(records.get(i)).isEqualTo("10.0.0.9 1000 " + expected);
            }
            assertThat(records).hasSizeGreaterThanOrEqualTo((int) acknowledged);
            assertThat(open.source.arrivals().dropped()).isEmpty();
            return records.size();
        }
    }
}
