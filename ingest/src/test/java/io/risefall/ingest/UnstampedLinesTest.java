package io.risefall.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.file.FileSource;
import io.risefall.ingest.line.LineOutcome;
import io.risefall.ingest.line.LineReader;
import io.risefall.ingest.line.ReaderState;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.line.unstamped.ResolvedLine;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.source.Unstamped;
import io.risefall.schemas.suite.MutableClock;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health lines that say no time, in files. */
class UnstampedLinesTest {
    private static final String WORDS =
            "Server api/a is DOWN, reason: Layer4 timeout, check duration: 4ms. 0 active and 0 "
                    + "backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.";
    private static final String STAMPED = "<129>Sep  1 15:27:57 haproxy[8]: " + WORDS;
    private static final String COPY = "[WARNING]  (8) : " + WORDS;
    private static final String EMPTY = "<128>Sep  1 15:27:58 haproxy[8]: backend api has no server available!";
    private static final String EMPTY_COPY = "[ALERT]    (8) : backend 'api' has no server available!";
    private static final String TRAFFIC =
            "<134>Sep  1 15:27:59 haproxy[8]: 10.0.0.1:4711 [01/Sep/2025:15:27:59.000] w api/a "
                    + "0/0/1/2/3 200 9 - - ---- 1/1/0/0/0 0/0 \"GET / HTTP/1.1\"";
    private static final String WHEN_DOWN = "2025-09-01T15:27:57Z";
    private static final String WHEN_EMPTY = "2025-09-01T15:27:58Z";

    @TempDir
    Path directory;

    private final RecordingSink sink = new RecordingSink();
    private final MutableClock clock = new MutableClock();

    @Test
    void aCopyTakesTheTimeOfTheLineThatItRepeats() throws Exception {
        ImportedFile done = importLines(STAMPED, COPY, EMPTY, EMPTY_COPY);
        assertThat(times()).containsExactly(WHEN_DOWN, WHEN_DOWN, WHEN_EMPTY, WHEN_EMPTY);
        assertThat(sink.events()).extracting(HealthEvent::pid).containsOnly(8L);
        assertThat(sink.events()).extracting(HealthEvent::precise).containsOnly(false);
        assertThat(counts(done)).containsExactly(4L, 4L, 0L, 0L);
        assertThat(done.notes()).isEmpty();
    }

    @Test
    void aCopyCanStandBeforeIt() throws Exception {
        ImportedFile done = importLines(COPY, EMPTY_COPY, TRAFFIC, STAMPED, EMPTY);
        assertThat(times()).containsExactly(WHEN_DOWN, WHEN_DOWN, WHEN_EMPTY, WHEN_EMPTY);
        assertThat(counts(done)).containsExactly(5L, 4L, 1L, 0L);
        assertThat(sink.rejections()).isEmpty();
        assertThat(done.notes()).isEmpty();
    }

    @Test
    void aCopyWithoutPidOrHostIsOfTheProcessAndHostThatItRepeats() throws Exception {
        importLines("Sep  1 15:27:57 lb1 haproxy[8]: " + WORDS, "<129>" + WORDS, WORDS);
        assertThat(times()).containsOnly(WHEN_DOWN).hasSize(3);
        assertThat(sink.events()).extracting(HealthEvent::pid).containsOnly(8L);
        assertThat(sink.events()).extracting(HealthEvent::node).containsOnly("lb1");
    }

    @Test
    void whatNoLineBesideItTellsIsNoEvent() throws Exception {
        ImportedFile done = importLines(
                STAMPED,
                COPY.replace("(8)", "(9)"),
                COPY.replace("4ms", "5ms"),
                "<129>1 - lb2 haproxy 8 - - " + WORDS,
                TRAFFIC);
        assertThat(times()).containsExactly(WHEN_DOWN);
        assertThat(counts(done)).containsExactly(5L, 1L, 1L, 3L);
        assertThat(sink.rejections()).hasSize(3).allSatisfy(rejected -> {
            assertThat(rejected.why()).isEqualTo(ResolvedLine.WHY);
            assertThat(new String(rejected.bytes(), StandardCharsets.UTF_8)).contains("Server api/a is DOWN");
        });
        assertThat(done.notes())
                .singleElement()
                .asString()
                .startsWith("3 of its health lines have no timestamp")
                .contains("docker logs --timestamps");
        assertThat(done.position().asOf()).isEqualTo("2025-09-01T15:27:59Z");
    }

    @Test
    void aFileThatSaysNoTimeAtAllHasNoEvents() throws Exception {
        ImportedFile done = importLines(COPY, EMPTY_COPY, WORDS);
        assertThat(sink.events()).isEmpty();
        assertThat(counts(done)).containsExactly(3L, 0L, 0L, 3L);
        assertThat(done.position().nodes()).isEmpty();
        assertThat(Unstamped.of(done.position()).lines()).isEqualTo(3);
    }

    @Test
    void aLineThatIsFarAwayTellsNothing() throws Exception {
        String much = String.join("\n", Collections.nCopies(200, TRAFFIC)) + "\n";
        ImportedFile done = importLines(STAMPED, much + COPY, much + STAMPED);
        assertThat(times()).containsExactly(WHEN_DOWN, WHEN_DOWN);
        assertThat(done.rejected()).isEqualTo(1);
        assertThat(done.lines()).isEqualTo(403);
    }

    @Test
    void manyThatWaitAreGivenUpOneByOne() throws Exception {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 3 * Unstamped.MOST; i++) {
            lines.add(COPY.replace("4ms", i + "ms"));
        }
        lines.add(STAMPED.replace("4ms", 3 * Unstamped.MOST - 1 + "ms"));
        ImportedFile done = importLines(lines.toArray(String[]::new));
        assertThat(times()).containsExactly(WHEN_DOWN, WHEN_DOWN);
        assertThat(done.rejected()).isEqualTo(3L * Unstamped.MOST - 1);
        assertThat(sink.rejections()).hasSize(3 * Unstamped.MOST - 1);
    }

    @Test
    void importingAgainTellsTheSameOfTheWholeFile() throws Exception {
        Path file = write(STAMPED, WORDS.replace("api/a", "api/b"));
        importOne(file);
        ImportedFile again = importOne(file);
        assertThat(again.lines()).isZero();
        assertThat(Unstamped.of(again.position()).lines()).isEqualTo(1);
        Files.writeString(file, EMPTY_COPY + "\n" + EMPTY + "\n" + COPY + "\n", StandardOpenOption.APPEND);
        ImportedFile grown = importOne(file);
        assertThat(counts(grown)).containsExactly(3L, 3L, 0L, 0L);
        assertThat(times()).containsExactly(WHEN_DOWN, WHEN_EMPTY, WHEN_EMPTY, WHEN_DOWN);
        assertThat(Unstamped.of(grown.position()).lines()).isEqualTo(1);
    }

    @Test
    void aReaderThatStartsAgainAnywhereFindsTheSame() {
        List<String> lines = List.of(
                COPY,
                TRAFFIC,
                STAMPED,
                COPY,
                EMPTY_COPY,
                WORDS.replace("timeout", "timeout, info: \"caf\u00e9\""),
                EMPTY,
                EMPTY_COPY,
                WORDS);
        List<String> whole = read(lines, lines.size());
        assertThat(whole).hasSize(9).filteredOn(line -> line.startsWith("told")).hasSize(7);
        for (int every = 1; every < lines.size(); every++) {
            assertThat(read(lines, every)).isEqualTo(whole);
        }
    }

    /** A source that is read as it is written knows when its lines come. */
    @Test
    void aSourceThatIsFollowedTakesTheTimeOfReceipt() {
        LineReader reader = new LineReader(new LineContext("tail", LineDefaults.of(ZoneOffset.UTC), clock.instant()));
        byte[] line = WORDS.getBytes(StandardCharsets.ISO_8859_1);
        LineOutcome outcome = reader.read(line, 0, line.length, 0, clock.instant(), null);
        assertThat(((LineOutcome.Events) outcome).events().get(0).at()).isEqualTo(clock.instant());
    }

    /** What becomes of the lines, by a reader that starts again after each {@code every} lines. */
    private List<String> read(List<String> lines, int every) {
        LineContext context =
                new LineContext("test", LineDefaults.of(ZoneOffset.UTC).withYear(2025), null).readLate();
        ReaderState memory = new ReaderState();
        LineReader reader = new LineReader(context, memory);
        List<String> seen = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (i % every == 0) {
                memory = ReaderState.of(position(memory));
                reader = new LineReader(context, memory);
            }
            byte[] line = lines.get(i).getBytes(StandardCharsets.ISO_8859_1);
            LineOutcome outcome = reader.read(line, 0, line.length, 1000L * i, Instant.EPOCH, null);
            if (outcome instanceof LineOutcome.Events said) {
                said.events().forEach(event -> seen.add(told(event)));
            } else if (outcome instanceof LineOutcome.Traffic) {
                seen.add("traffic");
            }
            settled(reader.settled().stream()).forEach(seen::add);
        }
        settled(reader.end().stream()).forEach(seen::add);
        return seen;
    }

    private static ReadPosition position(ReaderState memory) {
        ReadPosition saved = new ReadPosition(
                "test",
                null,
                0,
                Instant.EPOCH,
                false,
                0,
                0,
                0,
                0,
                0,
                0,
                null,
                null,
                Map.of(),
                null,
                null,
                Map.of(),
                null,
                List.of(),
                memory.unstamped().saved());
        JsonSerde<ReadPosition> serde = JsonSerde.of(ReadPosition.class);
        return serde.deserialize("", serde.serialize("", saved));
    }

    private static Stream<String> settled(Stream<ResolvedLine> lines) {
        return lines.map(line -> line.resolved()
                ? told(line.event())
                : "given up " + line.event().origin().position() + " "
                        + new String(line.line(), StandardCharsets.ISO_8859_1));
    }

    private static String told(HealthEvent event) {
        return "told " + event.origin().position() + " " + event.at() + " " + event.text();
    }

    private List<String> times() {
        return sink.events().stream().map(event -> event.at().toString()).toList();
    }

    private static List<Long> counts(ImportedFile done) {
        ReadPosition position = done.position();
        assertThat(position.lines())
                .isEqualTo(position.events() + position.traffic() + position.foreign() + position.rejected());
        return List.of(done.lines(), done.events(), done.traffic(), done.rejected());
    }

    private Path write(String... lines) throws Exception {
        return Files.writeString(directory.resolve("a.log"), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    }

    private ImportedFile importLines(String... lines) throws Exception {
        return importOne(write(lines));
    }

    private ImportedFile importOne(Path file) {
        FileSource source = new FileSource(file, LineDefaults.of(ZoneOffset.UTC).withYear(2025));
        return new FileImport(IngestLimits.DEFAULT, clock, sink, InputStream.nullInputStream(), directory)
                .importFiles(List.of(source), ImportProgress.NONE)
                .files()
                .get(0);
    }
}
