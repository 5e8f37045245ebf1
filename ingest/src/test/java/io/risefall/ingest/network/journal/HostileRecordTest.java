package io.risefall.ingest.network.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.OpenJournal;
import io.risefall.ingest.network.stats.ToldText;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ObservedServer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names and texts of who answers at a stats socket: they fit into a record, pass for no note, and end no reader. */
class HostileRecordTest {
    private static final byte[] LINE = "<133>1 line".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @Test
    void aSenderIsShortAndNoNote() throws Exception {
        try (OpenJournal journal = new OpenJournal(directory, 1_000_000, 500_000)) {
            JournalInput input = new JournalInput("test", journal.journal, Clock.systemUTC());
            assertThat(input.append("n".repeat(40_000), LINE, LINE.length)).isTrue();
            assertThat(input.append(AbsenceRecord.SENDER, LINE, LINE.length)).isTrue();
            assertThat(input.append("lb\u001b\u009b1", LINE, LINE.length)).isTrue();
            assertThat(journal.readFrom(0))
                    .extracting(line -> line.replaceFirst(" \\d+ ", " "))
                    .containsExactly("n".repeat(255) + " <133>1 line", "?absent <133>1 line", "lb??1 <133>1 line");
            assertThatThrownBy(() -> journal.journal.append(1, "n".repeat(256), LINE, LINE.length))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /** As earlier versions wrote them: whole, but with a sender of a length that is none, or beyond the record. */
    @Test
    void aRecordWhoseSenderCannotBeIsLeftOutAndCounted() throws Exception {
        for (int length : new int[] {40_000 - 65_536, -1, 100, Short.MAX_VALUE}) {
            try (OpenJournal journal = new OpenJournal(directory, 1_000_000, 500_000)) {
                journal.append("before");
                journal.append("damaged");
                journal.append("after");
                journal.journal.flush();
                Path file = journal.segments().get(0);
                byte[] bytes = Files.readAllBytes(file);
                int at = JournalRecord.HEADER + JournalRecord.FIXED + "10.0.0.9".length() + "before".length();
                int body = ByteBuffer.wrap(bytes).getInt(at);
                ByteBuffer record = ByteBuffer.wrap(bytes);
                record.putShort(at + JournalRecord.HEADER + JournalRecord.FIXED - 2, (short) length);
                record.putInt(at + 4, JournalRecord.checksum(bytes, at + JournalRecord.HEADER, body));
                Files.write(file, bytes);
                assertThat(journal.readFrom(0)).containsExactly("10.0.0.9 1000 before", "10.0.0.9 1000 after");
                assertThat(journal.source.arrivals().dropped())
                        .isEqualTo(Map.of("messages lost: damaged in the journal", 1L));
                assertThat(journal.source.arrivals().waiting()).isZero();
                Files.delete(file);
            }
        }
    }

    @Test
    void anObservationThatIsTooLongIsDroppedAndCounted() throws Exception {
        try (OpenJournal journal = new OpenJournal(directory, 10_000_000, 5_000_000)) {
            JournalInput input = new JournalInput("test", journal.journal, Clock.systemUTC());
            assertThat(input.observed(observed("a", "f".repeat(1_500_000)))).isTrue();
            journal.append("after");
            assertThat(journal.readFrom(0)).containsExactly("10.0.0.9 1000 after");
            assertThat(input.dropped())
                    .isEqualTo(Map.of("messages dropped: what HAProxy told of a server was longer than 64 KiB", 1L));
        }
    }

    /** As earlier versions wrote them. */
    @Test
    void anObservationOfAServerThatCannotBeIsDroppedAndCounted() throws Exception {
        try (OpenJournal journal = new OpenJournal(directory, 1_000_000, 500_000)) {
            JournalInput input = new JournalInput("test", journal.journal, Clock.systemUTC());
            input.observed(observed("n\0l", "app.example"));
            assertThat(journal.readFrom(0)).isEmpty();
            assertThat(journal.source.arrivals().dropped()).isEqualTo(Map.of(ToldText.UNUSABLE, 1L));
        }
    }

    private static ObservationRecord observed(String server, String fqdn) {
        return new ObservationRecord(
                Instant.EPOCH,
                "lb1",
                7,
                new ObservedServer(new ServerName("web", server), false, Health.UP, "UP", null, null, fqdn));
    }
}
