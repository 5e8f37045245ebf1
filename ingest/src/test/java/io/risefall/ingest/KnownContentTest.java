package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.ingest.file.CompressedFiles;
import io.risefall.ingest.file.FilePattern;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.message.HealthLines;
import io.risefall.schemas.suite.InMemoryTempDirs;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file is known by its content: whoever reads it under whatever name, each line is published once. */
@Slow
class KnownContentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir(factory = InMemoryTempDirs.class)
    Path directory;

    private final RecordingSink sink = new RecordingSink();
    private Path log;

    @BeforeEach
    void name() {
        log = directory.resolve("haproxy.log");
    }

    @Test
    void importingWhatATailReadAndLeftAddsNothing() throws Exception {
        try (Ingest ingest = tail()) {
            append(1, 100);
            awaitEvents(ingest, 100);
            Files.move(log, rotated(1));
            append(101, 200);
            awaitEvents(ingest, 200);
            CompressedFiles.gzip(rotated(1), directory.resolve("haproxy.log.2.gz"));
            // As a tool that does not keep the time: the file looks newer than the one that was read last.
            Files.setLastModifiedTime(
                    directory.resolve("haproxy.log.2.gz"),
                    FileTime.from(Instant.now().plusSeconds(60)));
            Files.delete(rotated(1));
            Files.move(log, rotated(1));
            append(201, 210);
            awaitEvents(ingest, 210);
        }
        assertNothingNew(importFile(directory.resolve("haproxy.log.2.gz")));
        assertNothingNew(importFile(rotated(1)));
        Path copy = Files.copy(rotated(1), directory.resolve("elsewhere"));
        assertNothingNew(importFile(copy));
        CompressedFiles.zstd(copy, directory.resolve("archive.zst"));
        assertNothingNew(importFile(directory.resolve("archive.zst")));
        assertNothingNew(importFile(log));
        assertNothingNew(importPipe(Files.readString(rotated(1))));
        assertThat(sink.texts()).isEqualTo(HealthLines.downList(1, 210));
    }

    @Test
    void copytruncateIsKnownAgainToo() throws Exception {
        try (Ingest ingest = tail()) {
            append(1, 100);
            awaitEvents(ingest, 100);
            Files.copy(log, rotated(1));
            Files.writeString(log, "");
            append(101, 110);
            awaitEvents(ingest, 110);
        }
        assertNothingNew(importFile(rotated(1)));
    }

    @Test
    void anImportAddsWhatTheTailDidNotRead() throws Exception {
        try (Ingest ingest = tail()) {
            append(1, 100);
            awaitEvents(ingest, 100);
        }
        append(101, 120);
        CompressedFiles.gzip(log, directory.resolve("haproxy.log-20261123.gz"));
        ImportedFile done = importFile(directory.resolve("haproxy.log-20261123.gz"));
        assertThat(done.events()).isEqualTo(20);
        append(121, 125);
        try (Ingest ingest = tail()) {
            awaitEvents(ingest, 125);
        }
        assertThat(sink.texts()).as("the tail knows what the import read").isEqualTo(HealthLines.downList(1, 125));
    }

    @Test
    void aTailGoesOnBehindWhatWasImportedUnderAnyName() throws Exception {
        append(1, 100);
        Path copy = Files.copy(log, directory.resolve("copy"));
        importFile(copy);
        append(101, 103);
        try (Ingest ingest = tail()) {
            awaitEvents(ingest, 103);
        }
        assertThat(sink.texts()).isEqualTo(HealthLines.downList(1, 103));
    }

    @Test
    void theSameNameEveryNightIsAnotherContent() throws Exception {
        append(1, 50);
        Files.move(log, rotated(1));
        importFile(rotated(1));
        append(51, 100);
        importFile(log);
        Files.move(rotated(1), rotated(2));
        Files.move(log, rotated(1));
        assertNothingNew(importFile(rotated(1)));
        assertNothingNew(importFile(rotated(2)));
        assertThat(sink.texts()).isEqualTo(HealthLines.downList(1, 100));
    }

    @Test
    void aFileFollowedUnderAnotherNameIsLeftToItsTail() throws Exception {
        append(1, 100);
        try (Ingest ingest = tail()) {
            awaitEvents(ingest, 100);
            await().atMost(PATIENCE).until(() -> sink.position("file:" + log).live());
            ImportedFile done = importFile(Files.copy(log, directory.resolve("copy")));
            assertThat(done.lines()).isZero();
            assertThat(done.notes().get(0)).contains("being followed").contains(log.toString());
        }
    }

    @Test
    void onlyTheLastFilesThatASourceLeftAreKept() throws Exception {
        Path name = directory.resolve("daily");
        for (int day = 0; day < 65; day++) {
            Files.writeString(name, HealthLines.downs(day * 10 + 1, day * 10 + 10));
            importFile(name);
        }
        assertThat(sink.known().stream().filter(source -> source.contains("#"))).hasSize(60);
        assertNothingNew(importFile(Files.writeString(directory.resolve("copy"), HealthLines.downs(631, 640))));
    }

    @Test
    void filesOfAPatternComeAndGo() throws Exception {
        FilePattern pattern = new FilePattern(directory + "/*.log", LineDefaults.of(ZoneOffset.UTC));
        IngestSettings settings =
                IngestSettings.of("nowhere:9092", directory.resolve("data")).withPatterns(List.of(pattern));
        append(1, 3);
        try (Ingest ingest = new Ingest(settings, Clock.systemUTC(), sink)) {
            ingest.start();
            awaitEvents(ingest, 3);
            Files.writeString(directory.resolve("b.log"), HealthLines.downs(4, 5));
            awaitEvents(ingest, 5);
            sink.loseCommits(1);
            Files.writeString(directory.resolve("c.log"), HealthLines.downs(6, 8));
            awaitEvents(ingest, 8);
            await().atMost(PATIENCE).until(() -> ingest.tallies().size() == 3);
        }
        assertThat(sink.texts()).containsExactlyInAnyOrderElementsOf(HealthLines.downList(1, 8));
        assertThat(sink.known()).allMatch(source -> sink.position(source).live() == false);
    }

    private void assertNothingNew(ImportedFile done) {
        assertThat(done.lines())
                .as("lines of %s: %s", done.file().path(), done.notes())
                .isZero();
    }

    private Ingest tail() {
        IngestSettings settings = IngestSettings.of("nowhere:9092", directory.resolve("data"))
                .withSources(List.of(new FileSource(log, ZoneOffset.UTC)), List.of());
        Ingest ingest = new Ingest(settings, Clock.systemUTC(), sink);
        ingest.start();
        return ingest;
    }

    private void awaitEvents(Ingest ingest, int count) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(sink.texts().size()).isEqualTo(count);
            assertThat(ingest.failed()).isNotDone();
        });
    }

    private ImportedFile importFile(Path file) {
        return importOne(new FileSource(file, ZoneOffset.UTC), InputStream.nullInputStream());
    }

    private ImportedFile importPipe(String text) {
        return importOne(
                new FileSource(Path.of("-"), ZoneOffset.UTC),
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private ImportedFile importOne(FileSource source, InputStream stdin) {
        return new FileImport(IngestLimits.DEFAULT, Clock.systemUTC(), sink, stdin, null)
                .importFiles(List.of(source), ImportProgress.NONE)
                .files()
                .get(0);
    }

    private void append(int from, int to) throws Exception {
        Files.writeString(log, HealthLines.downs(from, to), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path rotated(int n) {
        return directory.resolve("haproxy.log." + n);
    }
}
