package io.risefall.ingest.network.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.network.OpenJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalFullTest {
    private static final int CAPACITY = 40_000;
    private static final String MESSAGE = "x".repeat(1000);

    @TempDir
    Path directory;

    @Test
    void takesNothingMoreWhenFullAndAgainWhenWhatItHoldsIsPublished() throws Exception {
        try (OpenJournal journal = new OpenJournal(directory, CAPACITY, 10_000)) {
            int fit = 0;
            while (journal.append(MESSAGE)) {
                fit++;
            }
            assertThat(fit).isBetween(30, 39);
            assertThat(journal.append("small")).as("a smaller one that fits").isTrue();
            assertThat(journal.readFrom(0)).hasSize(fit + 1);
            assertThat(journal.append(MESSAGE)).as("read is not published").isFalse();

            journal.source.published(journal.source.offset());
            assertThat(journal.segments()).hasSize(1);
            assertThat(journal.append(MESSAGE)).isTrue();
        }
    }

    @Test
    void segmentsAreKeptUntilTheyAreWhollyPublished() throws Exception {
        try (OpenJournal journal = new OpenJournal(directory, CAPACITY, 10_000)) {
            for (int i = 0; i < 25; i++) {
                assertThat(journal.append(MESSAGE)).isTrue();
            }
            journal.journal.flush();
            long first = Files.size(journal.segments().get(0));
            int segments = journal.segments().size();
            journal.source.published(first - 1);
            assertThat(journal.segments()).hasSize(segments);
            journal.source.published(first);
            assertThat(journal.segments()).hasSize(segments - 1);
            assertThat(journal.readFrom(first)).hasSize(16);
        }
    }
}
