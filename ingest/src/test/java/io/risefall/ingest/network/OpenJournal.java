package io.risefall.ingest.network;

import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.network.journal.Journal;
import io.risefall.ingest.network.journal.JournalLimits;
import io.risefall.schemas.source.ReadPosition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A journal, its reader and the messages that came out. */
public final class OpenJournal implements AutoCloseable {
    static final String NAME = "udp:127.0.0.1:5514";

    final Path directory;
    public final Journal journal;
    public final JournalSource source;
    final List<String> read = new ArrayList<>();

    public OpenJournal(Path directory, long capacity, long segment) throws IOException {
        this.directory = directory;
        this.journal = new Journal(directory, new JournalLimits(capacity, segment, Duration.ofSeconds(1)), () -> {});
        this.source = new JournalSource(
                NAME,
                journal,
                new JournalInput(NAME, journal, Clock.systemUTC()),
                64 * 1024,
                LineDefaults.of(ZoneOffset.UTC));
        journal.open();
    }

    public boolean append(String message) throws IOException {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        return journal.append(1_000, "10.0.0.9", bytes, bytes.length);
    }

    /** Everything there is from {@code position} on. */
    public List<String> readFrom(long position) throws IOException {
        read.clear();
        source.rewind(position(position));
        return readOn();
    }

    public List<String> readOn() throws IOException {
        while (source.read((reader, b, from, to, at, receivedAt, sender, cut) -> read.add(sender + " "
                + receivedAt.toEpochMilli() + " " + new String(b, from, to - from, StandardCharsets.UTF_8)))) {}
        return read;
    }

    static ReadPosition position(long offset) {
        return new ReadPosition(NAME, null, offset, Instant.EPOCH, true, 0, 0, 0, 0, 0, 0, null, null, Map.of(), null);
    }

    public List<Path> segments() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() throws IOException {
        source.close();
        journal.close();
    }
}
