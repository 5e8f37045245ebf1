package io.risefall.ingest.file;

import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.suite.MutableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tail on a file in a directory, the lines it gave and where they began. */
final class TailedFile implements AutoCloseable {
    final Path directory;
    final Path path;
    final MutableClock clock = new MutableClock();
    final KnownFiles known = new KnownFiles();
    final List<String> lines = new ArrayList<>();
    final List<Long> positions = new ArrayList<>();
    FileTail tail;

    TailedFile(Path directory) throws IOException {
        this.directory = directory;
        this.path = directory.resolve("haproxy.log");
        this.tail = open(null);
    }

    private FileTail open(@Nullable ReadPosition saved) throws IOException {
        FileTail opened = new FileTail(new FileSource(path, ZoneOffset.UTC), 1024 * 1024, clock, known, key -> false);
        opened.rewind(saved);
        return opened;
    }

    /** What a transaction would hold now. */
    ReadPosition position() {
        return position(tail, clock.instant());
    }

    static ReadPosition position(FileTail tail, Instant now) {
        return new ReadPosition(
                tail.name(), tail.file(), tail.offset(), now, true, 0, 0, 0, 0, 0, 0, null, null, Map.of(), null);
    }

    /** As after a restart. */
    void resume(ReadPosition saved) throws IOException {
        tail.close();
        tail = open(saved);
    }

    /** Reads until there is nothing more for now. */
    List<String> read() throws IOException {
        int before = lines.size();
        while (tail.read((reader, b, from, to, at, receivedAt, sender, cut) -> {
            lines.add(new String(b, from, to - from, StandardCharsets.UTF_8));
            positions.add(at);
        })) {}
        return List.copyOf(lines.subList(before, lines.size()));
    }

    /** Reads now and when a rotated file has been quiet for long enough. */
    List<String> readAll() throws IOException {
        int before = lines.size();
        read();
        clock.advance(Duration.ofSeconds(2));
        read();
        return List.copyOf(lines.subList(before, lines.size()));
    }

    void append(String text) throws IOException {
        append(path, text);
    }

    static void append(Path file, String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    Path sibling(String name) {
        return directory.resolve(name);
    }

    static void touch(Path file, int second) throws IOException {
        Files.setLastModifiedTime(
                file, FileTime.from(Instant.parse("2026-11-23T00:00:00Z").plusSeconds(second)));
    }

    @Override
    public void close() throws IOException {
        tail.close();
    }
}
