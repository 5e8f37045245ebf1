package io.risefall.ingest.network.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.network.OpenJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that gives back other bytes than it was given costs one segment's rest, which is counted. */
class JournalDamageTest {
    private static final int RECORD = 8 + 10 + "10.0.0.9".length() + "number 10".length();
    private static final int PER_SEGMENT = 10;
    private static final String LOST = "messages lost: damaged in the journal";

    @TempDir
    Path directory;

    @BeforeEach
    void threeSegments() throws Exception {
        try (OpenJournal journal = open()) {
            for (int i = 0; i < 3 * PER_SEGMENT; i++) {
                journal.append(message(i));
            }
        }
    }

    @Test
    void theRestOfADamagedSegmentIsLeftOutAndCounted() throws Exception {
        flip(1, 4 * RECORD + RECORD - 1);
        try (OpenJournal journal = open()) {
            assertThat(journal.readFrom(0)).isEqualTo(records(0, 14, 20, 30));
            assertThat(journal.source.arrivals().dropped()).isEqualTo(Map.of(LOST, 6L));
            assertThat(journal.source.arrivals().waiting()).isZero();
            journal.append("new");
            assertThat(journal.source.arrivals().waiting()).isEqualTo(1);
            assertThat(journal.readOn()).endsWith("10.0.0.9 1000 new");
        }
    }

    @Test
    void aLengthThatCannotBeIsDamageToo() throws Exception {
        for (int at = 0; at < 4; at++) {
            flip(0, 7 * RECORD + at);
            try (OpenJournal journal = open()) {
                assertThat(journal.readFrom(0)).isEqualTo(records(0, 7, 10, 30));
                assertThat(journal.source.arrivals().dropped()).containsOnlyKeys(LOST);
                assertThat(journal.source.arrivals().waiting()).isZero();
            }
            flip(0, 7 * RECORD + at);
        }
    }

    @Test
    void filesThatAreNoSegmentsAreLeftAlone() throws Exception {
        List<String> others = List.of("old.journal", "99999999999999999999.journal", ".journal", "7.journal");
        for (String other : others) {
            Files.writeString(directory.resolve(other), "not ours");
        }
        try (OpenJournal journal = open()) {
            assertThat(journal.readFrom(0)).isEqualTo(records(0, 30, 30, 30));
            journal.source.published(journal.source.offset());
        }
        assertThat(others).allMatch(other -> Files.exists(directory.resolve(other)));
    }

    /** The last bit of a byte. */
    private void flip(int segment, int at) throws Exception {
        try (OpenJournal journal = open()) {
            Path file = journal.segments().get(segment);
            byte[] bytes = Files.readAllBytes(file);
            bytes[at] ^= 1;
            Files.write(file, bytes);
        }
    }

    private static String message(int number) {
        return "number %02d".formatted(number);
    }

    private static List<String> records(int from, int to, int fromThere, int toThere) {
        return IntStream.concat(IntStream.range(from, to), IntStream.range(fromThere, toThere))
                .mapToObj(i -> "10.0.0.9 1000 " + message(i))
                .toList();
    }

    private OpenJournal open() throws Exception {
        return new OpenJournal(directory, 100_000, (long) PER_SEGMENT * RECORD);
    }
}
