package io.risefall.ingest.network.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.network.OpenJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTornTailTest {
    private static final long MIB = 1024 * 1024;

    @TempDir
    Path directory;

    @Test
    void messagesAndTheirSendersSurviveARestart() throws Exception {
        try (OpenJournal journal = open()) {
            journal.append("one");
            journal.append("two");
        }
        try (OpenJournal journal = open()) {
            journal.append("three");
            assertThat(journal.readFrom(0))
                    .containsExactly("10.0.0.9 1000 one", "10.0.0.9 1000 two", "10.0.0.9 1000 three");
            assertThat(journal.source.atEnd()).isTrue();
        }
    }

    @Test
    void whereverACrashToreTheLastSegmentTheWholeMessagesBeforeStay() throws Exception {
        List<String> messages = List.of("one", "two, longer", "", "three", "four, the longest of all");
        List<Integer> ends = new ArrayList<>();
        Path segment;
        try (OpenJournal journal = open()) {
            for (String message : messages) {
                journal.append(message);
                journal.journal.flush();
                ends.add((int) journal.journal.readable());
            }
            segment = journal.segments().get(0);
        }
        byte[] bytes = Files.readAllBytes(segment);
        for (int length = 0; length <= bytes.length; length++) {
            Files.write(segment, Arrays.copyOf(bytes, length));
            int torn = length;
            int whole = (int) ends.stream().filter(end -> end <= torn).count();
            List<String> expected = messages.subList(0, whole).stream()
                    .map(message -> "10.0.0.9 1000 " + message)
                    .collect(Collectors.toCollection(ArrayList::new));
            expected.add("10.0.0.9 1000 new");
            try (OpenJournal journal = open()) {
                assertThat(journal.journal.readable()).isEqualTo(whole == 0 ? 0 : ends.get(whole - 1));
                journal.append("new");
                assertThat(journal.readFrom(0)).as("torn at %d", length).isEqualTo(expected);
                assertThat(journal.source.arrivals().dropped()).isEmpty();
            }
        }
    }

    @Test
    void zerosAndFlippedBitsAtTheEndAreCutOff() throws Exception {
        Path segment;
        try (OpenJournal journal = open()) {
            journal.append("one");
            journal.append("two");
            segment = journal.segments().get(0);
        }
        byte[] whole = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(whole, whole.length + 100));
        try (OpenJournal journal = open()) {
            assertThat(journal.readFrom(0)).hasSize(2);
        }
        whole[whole.length - 1] ^= 1;
        Files.write(segment, whole);
        try (OpenJournal journal = open()) {
            assertThat(journal.readFrom(0)).containsExactly("10.0.0.9 1000 one");
        }
    }

    @Test
    void positionsGoOnWhereKafkaKnowsMoreThanTheJournal() throws Exception {
        try (OpenJournal journal = open()) {
            // What was published before was lost with the directory.
            assertThat(journal.readFrom(5000)).isEmpty();
            journal.append("new");
            assertThat(journal.readOn()).containsExactly("10.0.0.9 1000 new");
            assertThat(journal.source.offset()).isGreaterThan(5000);
        }
    }

    @Test
    void twoIngestersDoNotShareOne() throws Exception {
        try (OpenJournal journal = open()) {
            assertThatThrownBy(this::open).isInstanceOf(IngestException.class).hasMessageContaining("in use");
            assertThat(journal.append("one")).isTrue();
        }
    }

    private OpenJournal open() throws Exception {
        return new OpenJournal(directory, 100 * MIB, MIB);
    }
}
