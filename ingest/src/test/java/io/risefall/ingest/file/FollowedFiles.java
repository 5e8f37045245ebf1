package io.risefall.ingest.file;

import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.suite.MutableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is followed by patterns and by name, with the lines it gave, each behind the name of its file. */
final class FollowedFiles implements AutoCloseable {
    final MutableClock clock = new MutableClock();
    final KnownFiles known = new KnownFiles();
    final List<String> lines = new ArrayList<>();

    private final List<FileSource> files;
    private final List<FilePattern> patterns;
    private final Set<FileTail> open = new HashSet<>();
    private TailedFiles followed;

    FollowedFiles(List<Path> files, String... globs) {
        LineDefaults lines = LineDefaults.of(ZoneOffset.UTC);
        this.files =
                files.stream().map(file -> new FileSource(file, ZoneOffset.UTC)).toList();
        this.patterns = List.of(globs).stream()
                .map(glob -> new FilePattern(glob, lines))
                .toList();
        this.followed = start();
    }

    private TailedFiles start() {
        return new TailedFiles(files, patterns, 1024 * 1024, clock, known);
    }

    /** Looks, reads what there is and commits; as often as it takes rotations to be over. */
    List<String> read() throws IOException {
        int before = lines.size();
        for (int second = 0; second < 4; second++) {
            for (FileTail tail : followed.now()) {
                if (open.add(tail)) {
                    tail.rewind(known.get(tail.name()));
                }
                String name = tail.path().getFileName().toString();
                while (tail.read((reader, b, from, to, at, receivedAt, sender, cut) ->
                        lines.add(name + ": " + new String(b, from, to - from, StandardCharsets.UTF_8)))) {}
            }
            commit();
            clock.advance(Duration.ofSeconds(1));
        }
        return List.copyOf(lines.subList(before, lines.size()));
    }

    private void commit() {
        Map<String, ReadPosition> positions = new HashMap<>();
        for (FileTail tail : followed.now()) {
            tail.finishedFiles().forEach(known::put);
            positions.put(tail.name(), TailedFile.position(tail, clock.instant()));
            tail.published(tail.offset());
        }
        positions.values().forEach(known::put);
    }

    /** The names of the files that are followed. */
    List<String> names() {
        return followed.now().stream()
                .map(tail -> tail.path().getFileName().toString())
                .toList();
    }

    /** As after a stop and a start. */
    void restart() throws IOException {
        close();
        followed = start();
    }

    @Override
    public void close() throws IOException {
        for (FileTail tail : open) {
            tail.close();
        }
        open.clear();
    }
}
