package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.file.CompressedFiles;
import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.message.HealthLines;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.suite.InMemoryTempDirs;
import io.risefall.schemas.suite.MutableClock;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Slow
class FileImportTest {
    @TempDir(factory = InMemoryTempDirs.class)
    Path directory;

    private final RecordingSink sink = new RecordingSink();
    private final MutableClock clock = new MutableClock();

    @Test
    void everyLineIsCountedAndTheCountsAddUp() throws Exception {
        Path file = write(
                "a.log",
                HealthLines.down(1) + "\n" + HealthLines.traffic(1) + "\n" + HealthLines.foreign(1) + "\n\n"
                        + HealthLines.down(2) + "\n");
        ImportedFile done = importOne(file);
        assertThat(sink.texts()).containsExactly(HealthLines.down(1), HealthLines.down(2));
        assertThat(List.of(done.lines(), done.events(), done.traffic(), done.foreign(), done.rejected()))
                .containsExactly(5L, 2L, 1L, 2L, 0L);
        ReadPosition position = sink.position("file:" + file);
        assertThat(position).isEqualTo(done.position());
        assertThat(position.offset()).isEqualTo(Files.size(file));
        assertThat(position.live()).isFalse();
        assertThat(position.asOf()).isEqualTo("2026-11-23T01:00:02Z");
        assertThat(position.nodes()).containsOnlyKeys("lb1");
    }

    @Test
    void theDoubledHourIsToldApartWhereAnImportGoesOn() throws Exception {
        FileSource source = new FileSource(
                write("a.log", down("02:10:00") + down("02:50:00")),
                LineDefaults.of(ZoneId.of("Europe/Berlin")).withYear(2026));
        importOne(source);
        Files.writeString(source.path(), down("02:20:00"), StandardOpenOption.APPEND);
        importOne(source);
        assertThat(sink.events().stream().map(event -> event.at().toString()))
                .containsExactly("2026-10-25T00:10:00Z", "2026-10-25T00:50:00Z", "2026-10-25T01:20:00Z");
    }

    @Test
    void anOlderFileOfTheSameNameHasItsOwnOrder() throws Exception {
        FileSource source = new FileSource(
                write("a.log", down("03:10:00") + down("03:50:00")),
                LineDefaults.of(ZoneId.of("Europe/Berlin")).withYear(2026));
        importOne(source);
        write("a.log", down("02:10:00") + down("02:50:00"));
        importOne(source);
        assertThat(sink.events().stream().skip(2).map(event -> event.at().toString()))
                .containsExactly("2026-10-25T00:10:00Z", "2026-10-25T00:50:00Z");
    }

    @Test
    void theZoneThatAFileSaysSomewhereIsThatOfItsFirstLines() throws Exception {
        Path file = write("a.log", down("02:10:00") + "2026-10-25T03:30:00+05:45 lb1 haproxy[7]: Server b/s is DOWN\n");
        importOne(new FileSource(
                file, LineDefaults.of(ZoneOffset.UTC).withYear(2026).withAssumedZone(ZoneOffset.UTC)));
        assertThat(sink.events().stream().map(event -> event.at().toString()))
                .containsExactly("2026-10-24T20:25:00Z", "2026-10-24T21:45:00Z");
    }

    @Test
    void healthLinesThatSayNoTimeAreToldOf() throws Exception {
        ImportedFile bare =
                importOne(write("a.log", "Server b/s is DOWN.\n" + down("02:10:00") + "Server b/s is UP.\n"));
        assertThat(List.of(bare.events(), bare.rejected())).containsExactly(1L, 2L);
        assertThat(bare.notes())
                .singleElement()
                .asString()
                .startsWith("2 of its health lines have no timestamp")
                .contains("docker logs --timestamps");
        assertThat(importOne(write("b.log", down("02:10:00"))).notes()).isEmpty();
    }

    @Test
    void zonesThatNobodyKnowsAreToldOf() throws Exception {
        String line = "Sun 2025-11-23 00:21:56 IST lb1 haproxy[7]: Server b/s is DOWN\n";
        Path file = write("a.log", line + line + line.replace("IST", "EST"));
        ImportedFile done =
                importOne(new FileSource(file, LineDefaults.of(ZoneOffset.UTC).withAssumedZone(ZoneOffset.UTC)));
        assertThat(List.of(done.events(), done.rejected())).containsExactly(1L, 2L);
        assertThat(done.notes())
                .singleElement()
                .asString()
                .startsWith("2 of its health lines are rejected: the zone IST of its time is ambiguous")
                .contains("--zone Asia/Kolkata");
        ImportedFile said = importOne(new FileSource(write("b.log", line), ZoneId.of("Asia/Kolkata")));
        assertThat(said.events()).isEqualTo(1);
    }

    private static String down(String time) {
        return "Oct 25 " + time + " lb1 haproxy[7]: Server b/s is DOWN\n";
    }

    @Test
    void aFileThatWasLastChangedBeforeItsLastLineIsToldOf() throws Exception {
        Path file = write("a.log", down("02:10:00"));
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-10-25T02:10:01Z")));
        assertThat(importOne(file).notes()).isEmpty();
        Path west = write("b.log", down("02:20:00"));
        Files.setLastModifiedTime(west, FileTime.from(Instant.parse("2026-10-25T02:20:01Z")));
        assertThat(importOne(new FileSource(west, ZoneId.of("America/New_York")))
                        .notes())
                .containsExactly("its last line is from 2026-10-25T06:20:00Z, but the file was last changed at"
                        + " 2026-10-25T02:20:01Z:"
                        + " either its zone or its host's clock is wrong, and so are all its times, or the file's time was"
                        + " set; to correct a zone, import into another data directory with --zone");
    }

    @Test
    void importingAgainAddsNothing() throws Exception {
        Path file = write("a.log", HealthLines.downs(1, 3));
        importOne(file);
        ImportedFile again = importOne(file);
        assertThat(sink.texts()).hasSize(3);
        assertThat(again.lines()).isZero();
        assertThat(again.notes()).containsExactly("nothing new since it was read before");
    }

    @Test
    void aFileThatHasGrownAddsItsNewLinesOnly() throws Exception {
        Path file = write("a.log", HealthLines.downs(1, 200));
        importOne(file);
        Files.writeString(file, HealthLines.downs(201, 203), StandardOpenOption.APPEND);
        assertThat(importOne(file).lines()).isEqualTo(3);
        assertThat(sink.texts()).isEqualTo(HealthLines.downList(1, 203));
    }

    @Test
    void anotherContentUnderTheSameNameIsReadFromItsStart() throws Exception {
        Path file = write("a.log", HealthLines.downs(1, 3));
        importOne(file);
        write("a.log", HealthLines.downs(11, 14));
        assertThat(importOne(file).lines()).isEqualTo(4);
        assertThat(sink.events().get(3).origin().position())
                .isEqualTo(sink.position("file:" + file).offset() - Files.size(file));
    }

    @Test
    void aRotatedAndPackedCopyAddsOnlyWhatIsNewInIt() throws Exception {
        Path file = write("a.log", HealthLines.downs(1, 100));
        importOne(file);
        Files.writeString(file, HealthLines.downs(101, 102), StandardOpenOption.APPEND);
        Path compressed = directory.resolve("a.log.1.gz");
        CompressedFiles.gzip(file, compressed);
        Files.delete(file);
        ImportedFile copy = importOne(compressed);
        assertThat(copy.lines()).isEqualTo(2);
        assertThat(copy.notes()).hasSize(1);
        assertThat(copy.notes().get(0))
                .startsWith("the same content up to byte")
                .contains("a.log");
        assertThat(sink.texts()).isEqualTo(HealthLines.downList(1, 102));
    }

    @Test
    void theSameContentOfAnotherNodeIsNotACopy() throws Exception {
        String text = HealthLines.downs(1, 3);
        FileSource one = new FileSource(
                write("1.log", text), LineDefaults.of(ZoneOffset.UTC).withNode("lb1"));
        FileSource two = new FileSource(
                write("2.log", text), LineDefaults.of(ZoneOffset.UTC).withNode("lb2"));
        importer().importFiles(List.of(one, two), ImportProgress.NONE);
        assertThat(sink.texts()).hasSize(6);
    }

    @Test
    void oneThatCannotBeReadDoesNotStopTheOthers() throws Exception {
        Path utf16 = Files.write(
                directory.resolve("windows.log"), HealthLines.downs(1, 3).getBytes(StandardCharsets.UTF_16LE));
        ImportResult result = importer()
                .importFiles(
                        Stream.of(
                                        directory.resolve("missing.log"),
                                        write("1.log", HealthLines.downs(1, 2)),
                                        utf16,
                                        directory)
                                .map(path -> new FileSource(path, ZoneOffset.UTC))
                                .toList(),
                        ImportProgress.NONE);
        assertThat(result.files())
                .singleElement()
                .satisfies(file -> assertThat(file.events()).isEqualTo(2));
        assertThat(result.unread())
                .satisfiesExactly(
                        missing -> assertThat(missing).contains("missing.log: there is no such file"),
                        windows -> assertThat(windows)
                                .contains("windows.log: it is UTF-16")
                                .endsWith("iconv -f UTF-16 -t UTF-8 " + utf16 + " | risefall import -"),
                        folder -> assertThat(folder).contains("it is a directory"));
    }

    @Test
    void aFileOfOtherProgramsIsNoSource() throws Exception {
        assertThat(importOne(write("passwd", "root:x:0:0:root:/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\n"))
                        .foreign())
                .isEqualTo(2);
        assertThat(sink.positionsWritten()).isZero();
    }

    @Test
    void gzipIsUnpackedAndSeveralMembersAreOneFile() throws Exception {
        Path first = directory.resolve("1.gz");
        Path second = directory.resolve("2.gz");
        CompressedFiles.gzip(write("1", HealthLines.downs(1, 2)), first);
        CompressedFiles.gzip(write("2", HealthLines.downs(3, 4)), second);
        Files.write(first, Files.readAllBytes(second), StandardOpenOption.APPEND);
        assertThat(importOne(first).events()).isEqualTo(4);
        assertThat(importOne(first).lines()).isZero();
    }

    @Test
    void aGzipCutShortGivesEveryWholeLineBeforeTheCut() throws Exception {
        Path whole = directory.resolve("whole.gz");
        CompressedFiles.gzip(write("plain", HealthLines.downs(1, 5000)), whole);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = directory.resolve("cut.gz");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
        ImportedFile done = importOne(cut);
        assertThat(done.events()).isBetween(1000L, 4999L);
        assertThat(done.notes()).hasSize(1);
        assertThat(done.notes().get(0)).contains("cut short at byte");
        assertThat(done.foreign() + done.rejected()).as("half lines").isZero();

        Files.write(cut, bytes);
        importOne(cut);
        assertThat(sink.texts()).isEqualTo(HealthLines.downList(1, 5000));
    }

    @Test
    void zstdIsUnpackedAndSeveralFramesAreOneFile() throws Exception {
        Path first = directory.resolve("1.zst");
        Path second = directory.resolve("2.zst");
        CompressedFiles.zstd(write("1", HealthLines.downs(1, 2)), first);
        CompressedFiles.zstd(write("2", HealthLines.downs(3, 4)), second);
        Files.write(first, Files.readAllBytes(second), StandardOpenOption.APPEND);
        assertThat(importOne(first).events()).isEqualTo(4);
        assertThat(importOne(first).lines()).isZero();
    }

    @Test
    void aZstdCutShortOrDamagedGivesEveryWholeLineBeforeAndSaysSo() throws Exception {
        Path whole = directory.resolve("whole.zst");
        CompressedFiles.zstd(write("plain", HealthLines.downs(1, 20_000)), whole);
        byte[] bytes = Files.readAllBytes(whole);
        Path cut = Files.write(directory.resolve("cut.zst"), Arrays.copyOf(bytes, bytes.length - 100));
        ImportedFile done = importOne(cut);
        assertThat(done.events()).isBetween(1000L, 19_999L);
        assertThat(done.notes()).hasSize(1);
        assertThat(done.notes().get(0)).startsWith("its zstd stream is cut short at byte");
        assertThat(done.foreign() + done.rejected()).as("half lines").isZero();

        byte[] broken = bytes.clone();
        Arrays.fill(broken, bytes.length - 400, bytes.length - 300, (byte) 0x55);
        ImportedFile damaged = importOne(Files.write(cut, broken));
        assertThat(damaged.notes()).anyMatch(note -> note.startsWith("its zstd stream is damaged at byte"));

        importOne(whole);
        assertThat(sink.texts()).isEqualTo(HealthLines.downList(1, 20_000));
    }

    @Test
    void whatIsPackedOtherwiseNamesTheToolToPipeFrom() throws Exception {
        Path good = write("good.log", HealthLines.downs(1, 1));
        byte[] xz = {(byte) 0xfd, '7', 'z', 'X', 'Z', 0, 0, 4};
        Path compressed = Files.write(directory.resolve("a.log.1.xz"), xz);
        assertRefused(good, compressed, "xzcat " + compressed + " | risefall import -");
        Path renamed = Files.write(directory.resolve("a.log.1"), "BZh91AY&SY".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(good, renamed, "bzcat " + renamed + " | risefall import -");
        assertRefused(good, write("plain.zst", "plain text\n"), "its name ends in .zst, but it is not zstd");
    }

    @Test
    void aFileOfMoreThanTwoGigabytesWithALineOfAsManyIsRead() throws Exception {
        Path file = write("a.log", HealthLines.downs(1, 1));
        long hole = 2L * Integer.MAX_VALUE / 2 + 1_000_000;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            byte[] after = ("\n" + HealthLines.downs(2, 2)).getBytes(StandardCharsets.UTF_8);
            channel.write(ByteBuffer.wrap(after), hole);
        }
        ImportedFile done = importOne(file);
        assertThat(sink.texts()).isEqualTo(HealthLines.downList(1, 2));
        assertThat(List.of(done.lines(), done.foreign())).containsExactly(3L, 1L);
        assertThat(sink.events().get(1).origin().position()).isEqualTo(hole + 1);
        assertThat(done.position().offset()).isEqualTo(Files.size(file));
    }

    @Test
    void aLastLineWithoutAnEndIsALine() throws Exception {
        Path file = write("a.log", HealthLines.downs(1, 2) + HealthLines.down(3));
        assertThat(importOne(file).events()).isEqualTo(3);
        Files.writeString(file, "\n" + HealthLines.down(4) + "\n", StandardOpenOption.APPEND);
        assertThat(importOne(file).lines()).as("without an empty one").isEqualTo(1);
    }

    @Test
    void aLineOfTenMegabytesAndBytesThatAreNoTextAreSurvived() throws Exception {
        Path file = directory.resolve("a.log");
        Files.writeString(file, HealthLines.downs(1, 1));
        Files.writeString(file, HealthLines.traffic(1) + "x".repeat(10_000_000) + "\n", StandardOpenOption.APPEND);
        String start = HealthLines.down(2);
        Files.writeString(file, start.substring(0, start.length() - 1), StandardOpenOption.APPEND);
        Files.writeString(file, ", reason: " + "y".repeat(10_000_000) + "\n", StandardOpenOption.APPEND);
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, (byte) 0xc3, '\n'}, StandardOpenOption.APPEND);
        Files.writeString(file, HealthLines.downs(3, 3), StandardOpenOption.APPEND);
        ImportedFile done = importOne(file);
        assertThat(sink.texts()).containsExactly(HealthLines.down(1), HealthLines.down(3));
        assertThat(done.lines()).isEqualTo(5);
        assertThat(done.rejected()).isEqualTo(1);
        assertThat(sink.rejections().get(0).bytes()).hasSize(SourceReader.LONGEST_HEALTH_LINE);
    }

    @Test
    void whatIsNoLogIsRefusedByNameAndTheOthersAreImported() throws Exception {
        Path good = write("good.log", HealthLines.downs(1, 1));
        byte[] noise = new byte[20_000];
        new Random(1).nextBytes(noise);
        Arrays.fill(noise, 100, 4000, (byte) 0);
        Path binary = Files.write(directory.resolve("core"), noise);
        Path noGzip = write("plain.gz", "plain text\n");
        Path damaged = Files.write(directory.resolve("head.gz"), new byte[] {0x1f, (byte) 0x8b, 8});
        assertRefused(good, binary, "looks binary");
        assertRefused(good, directory.resolve("nowhere.log"), "there is no such file");
        assertRefused(good, directory, "it is a directory");
        assertRefused(good, noGzip, "its name ends in .gz, but it is not gzip");
        assertRefused(good, damaged, "gzip header is damaged or cut short");
        assertThat(sink.texts()).containsExactly(HealthLines.down(1));
    }

    /** The bad one is named, and the good one imported; alone, the bad one is an exception. */
    private void assertRefused(Path good, Path bad, String why) {
        FileSource refused = new FileSource(bad, ZoneOffset.UTC);
        assertThat(importer()
                        .importFiles(List.of(new FileSource(good, ZoneOffset.UTC), refused), ImportProgress.NONE)
                        .unread())
                .singleElement()
                .satisfies(said ->
                        assertThat(said).startsWith("cannot read " + bad).contains(why));
        assertThatThrownBy(() -> importer().importFiles(List.of(refused), ImportProgress.NONE))
                .isInstanceOf(IngestException.class)
                .hasMessageStartingWith("cannot read " + bad)
                .hasMessageContaining(why);
    }

    @Test
    void anEmptyFileIsFineAndSaidToBeEmpty() throws Exception {
        ImportedFile done = importOne(write("a.log", ""));
        assertThat(done.lines()).isZero();
        assertThat(done.notes()).containsExactly("it is empty");
    }

    @Test
    void aRepeatedPipeAddsOnlyWhatIsNew() {
        assertThat(pipe(HealthLines.downs(1, 100)).events()).isEqualTo(100);
        assertThat(pipe(HealthLines.downs(1, 100)).lines()).isZero();
        assertThat(pipe(HealthLines.downs(1, 105)).lines()).isEqualTo(5);
        assertThat(sink.texts()).isEqualTo(HealthLines.downList(1, 105));
    }

    @Test
    void aFileThatIsBeingFollowedIsLeftAlone() throws Exception {
        Path file = write("a.log", HealthLines.downs(1, 1));
        ReadPosition live = new ReadPosition(
                "file:" + file, null, 0, clock.instant(), true, 0, 0, 0, 0, 0, 0, null, null, Map.of(), null);
        sink.position(live);
        sink.commit();
        assertThat(importOne(file).notes().get(0)).contains("being followed");
        clock.advance(Duration.ofMinutes(1));
        assertThat(importOne(file).lines()).isEqualTo(1);
    }

    @Test
    void aLostSinkIsToldAndImportingAgainGoesOn() throws Exception {
        Path file = write("a.log", HealthLines.downs(1, 3));
        sink.loseCommits(1);
        assertThatThrownBy(() -> importOne(file))
                .isInstanceOf(IngestException.class)
                .hasMessageContaining("again");
        importOne(file);
        assertThat(sink.texts()).isEqualTo(HealthLines.downList(1, 3));
    }

    @Test
    void progressEndsAtTheWhole() throws Exception {
        Path file = write("a.log", HealthLines.downs(1, 50_000));
        List<Long> read = new ArrayList<>();
        importer().importFiles(List.of(new FileSource(file, ZoneOffset.UTC)), (bytes, total, events) -> {
            read.add(bytes);
            assertThat(total).isEqualTo(size(file));
        });
        assertThat(read).isSorted().hasSizeGreaterThan(2).endsWith(Files.size(file));
    }

    private static long size(Path file) {
        return file.toFile().length();
    }

    private ImportedFile pipe(String text) {
        InputStream in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return new FileImport(IngestLimits.DEFAULT, clock, sink, in, null)
                .importFiles(List.of(new FileSource(Path.of("-"), ZoneOffset.UTC)), ImportProgress.NONE)
                .files()
                .get(0);
    }

    private ImportedFile importOne(Path file) {
        return importOne(new FileSource(file, ZoneOffset.UTC));
    }

    private ImportedFile importOne(FileSource file) {
        return importer()
                .importFiles(List.of(file), ImportProgress.NONE)
                .files()
                .get(0);
    }

    private FileImport importer() {
        return new FileImport(IngestLimits.DEFAULT, clock, sink, InputStream.nullInputStream(), directory);
    }

    /** Changed after all that it says, whatever day it is now. */
    private Path write(String name, String text) throws Exception {
        Path file = Files.writeString(directory.resolve(name), text);
        return Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-12-24T00:00:00Z")));
    }
}
