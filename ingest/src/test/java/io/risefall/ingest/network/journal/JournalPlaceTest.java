package io.risefall.ingest.network.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.network.OpenJournal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is appended before Kafka has said how far a journal was read is read, wherever that turns out to be. */
class JournalPlaceTest {
    private static final long CAPACITY = 1 << 20;
    private static final long SEGMENT = 200;

    @TempDir
    Path temp;

    private Path directory;

    @BeforeEach
    void choose() {
        directory = temp.resolve("journal");
    }

    private OpenJournal open() throws IOException {
        return new OpenJournal(directory, CAPACITY, SEGMENT);
    }

    private static void append(OpenJournal journal, int from, int to) throws IOException {
        for (int n = from; n < to; n++) {
            assertThat(journal.append("m" + n)).isTrue();
        }
        journal.journal.flush();
    }

    private static String[] messages(int from, int to) {
        return java.util.stream.IntStream.range(from, to)
                .mapToObj(n -> "10.0.0.9 1000 m" + n)
                .toArray(String[]::new);
    }

    @Test
    void aJournalThatWasLostBeginsWhereTheOneBeforeWasRead() throws Exception {
        try (OpenJournal journal = open()) {
            append(journal, 0, 30);
            assertThat(journal.readFrom(5000)).containsExactly(messages(0, 30));
            assertThat(journal.source.offset()).isGreaterThan(5000);
            append(journal, 30, 40);
            assertThat(journal.readOn()).containsExactly(messages(0, 40));
        }
    }

    @Test
    void alsoWhereItsEndIsFurtherThanThat() throws Exception {
        try (OpenJournal journal = open()) {
            append(journal, 0, 30);
            assertThat(journal.readFrom(40)).containsExactly(messages(0, 30));
        }
    }

    @Test
    void overSeveralStartsBeforeThatIsKnown() throws Exception {
        for (int start = 0; start < 3; start++) {
            try (OpenJournal journal = open()) {
                append(journal, start * 10, start * 10 + 10);
            }
        }
        long end;
        try (OpenJournal journal = open()) {
            assertThat(journal.readFrom(7000)).containsExactly(messages(0, 30));
            end = journal.source.offset();
        }
        try (OpenJournal journal = open()) {
            append(journal, 30, 40);
            assertThat(journal.readFrom(end)).containsExactly(messages(30, 40));
            assertThat(journal.source.offset()).isGreaterThan(end);
        }
    }

    @Test
    void afterAPowerCutThatTookAnEndThatWasReadAlready() throws Exception {
        long read;
        try (OpenJournal journal = open()) {
            append(journal, 0, 5);
            journal.readFrom(0);
            read = journal.source.offset();
        }
        Path last = directory.resolve("%020d.journal".formatted(0));
        try (FileChannel file = FileChannel.open(last, StandardOpenOption.WRITE)) {
            file.truncate(file.size() / 2);
        }
        try (OpenJournal journal = open()) {
            append(journal, 5, 20);
            assertThat(journal.readFrom(read)).containsExactly(messages(5, 20));
        }
    }

    @Test
    void whatWasReadIsNotReadAgain() throws Exception {
        long read;
        try (OpenJournal journal = open()) {
            append(journal, 0, 10);
            journal.readFrom(0);
            read = journal.source.offset();
            append(journal, 10, 20);
        }
        try (OpenJournal journal = open()) {
            append(journal, 20, 30);
            assertThat(journal.readFrom(read)).containsExactly(messages(10, 30));
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files.map(file -> file.getFileName().toString())).doesNotContain("shift", "unplaced");
            }
        }
    }
}
