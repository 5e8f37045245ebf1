package io.risefall.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stories by chance of a log that is written, rotated in every way, compressed, and of a tail that is stopped, started and
 * loses commits: each line comes once and in order.
 */
@Slow
class FileTailStoryTest {
    private static final int STEPS = 60;

    @TempDir
    Path directory;

    private final List<String> written = new ArrayList<>();
    private final List<String> story = new ArrayList<>();
    private Random random;
    private TailedFile file;
    private ReadPosition committed;
    private int committedLines;
    private String half = "";
    private int second;

    static IntStream seeds() {
        return IntStream.range(0, 150);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyLineComesOnceAndInOrder(int seed) throws Exception {
        random = new Random(seed);
        file = new TailedFile(directory);
        try {
            write();
            read(Duration.ZERO);
            for (int n = 0; n < STEPS; n++) {
                step();
            }
            write();
            for (int n = 0; n < 3; n++) {
                read(Duration.ofSeconds(11));
            }
            assertThat(numbers(file.lines)).as("%s", story).isEqualTo(numbers(written));
        } finally {
            file.close();
        }
    }

    /** Short enough to see what is missing. */
    private static List<String> numbers(List<String> lines) {
        return lines.stream().map(line -> line.split(" ")[0]).toList();
    }

    private void step() throws Exception {
        switch (random.nextInt(10)) {
            case 0, 1 -> write();
            case 2 -> writeHalf();
            case 3 -> rename();
            case 4 -> copyAndTruncate();
            case 5 -> pack();
            case 6 -> read(Duration.ZERO);
            case 7 -> read(Duration.ofSeconds(2));
            case 8 -> readWithoutCommit();
            default -> restart();
        }
    }

    private void write() throws Exception {
        write(file.path);
        story.add("write " + written.size());
    }

    private void write(Path to) throws Exception {
        StringBuilder text = new StringBuilder(half.isEmpty() ? "" : half.substring(half.length() / 2) + "\n");
        if (!half.isEmpty()) {
            written.add(half);
            half = "";
        }
        for (int n = random.nextInt(4); n >= 0; n--) {
            String line = line();
            written.add(line);
            text.append(line).append('\n');
        }
        append(to, text.toString());
    }

    private void writeHalf() throws Exception {
        if (half.isEmpty()) {
            half = line();
            append(file.path, half.substring(0, half.length() / 2));
            story.add("half");
        }
    }

    /** Also the first half of one is unlike that of any other, as with a timestamp: nothing else tells files apart. */
    private String line() {
        return "%06d line ".formatted(written.size() + 1) + "x".repeat(random.nextInt(300));
    }

    private void append(Path to, String text) throws Exception {
        TailedFile.append(to, text);
        TailedFile.touch(to, second++);
    }

    private void rename() throws Exception {
        if (!Files.exists(file.path)) {
            return;
        }
        shift();
        Path old = file.sibling("haproxy.log.1");
        Files.move(file.path, old);
        if (!half.isEmpty() || random.nextBoolean()) {
            write(old);
        }
        if (random.nextBoolean()) {
            append(file.path, "");
        }
        story.add("rename at " + written.size());
    }

    private void copyAndTruncate() throws Exception {
        if (!Files.exists(file.path)) {
            return;
        }
        write(file.path);
        shift();
        Path copy = file.sibling("haproxy.log.1");
        Files.copy(file.path, copy);
        TailedFile.touch(copy, second++);
        Files.writeString(file.path, "");
        TailedFile.touch(file.path, second++);
        if (random.nextBoolean()) {
            write(file.path);
        }
        story.add("copytruncate at " + written.size());
    }

    private void shift() throws Exception {
        for (int n = 99; n > 0; n--) {
            for (String compressed : List.of("", ".gz", ".zst")) {
                Path one = file.sibling("haproxy.log." + n + compressed);
                if (Files.exists(one)) {
                    Files.move(one, file.sibling("haproxy.log." + (n + 1) + compressed));
                }
            }
        }
    }

    private void pack() throws Exception {
        try (Stream<Path> all = Files.list(directory)) {
            List<Path> plain = all.filter(one -> one.getFileName().toString().matches("haproxy\\.log\\.[0-9]+"))
                    .sorted()
                    .toList();
            if (!plain.isEmpty()) {
                Path one = plain.get(random.nextInt(plain.size()));
                if (random.nextBoolean()) {
                    CompressedFiles.gzip(one, one.resolveSibling(one.getFileName() + ".gz"));
                } else {
                    CompressedFiles.zstd(one, one.resolveSibling(one.getFileName() + ".zst"));
                }
                Files.delete(one);
                story.add("pack " + one.getFileName());
            }
        }
    }

    private void read(Duration wait) throws Exception {
        file.read();
        file.clock.advance(wait);
        file.read();
        committed = file.position();
        committedLines = file.lines.size();
        file.tail.finishedFiles().forEach(file.known::put);
        file.tail.published(file.tail.offset());
        story.add("read " + committedLines);
    }

    private void readWithoutCommit() throws Exception {
        file.read();
        story.add("read without commit " + file.lines.size());
    }

    private void restart() throws Exception {
        file.lines.subList(committedLines, file.lines.size()).clear();
        file.resume(committed);
        story.add("restart at " + committedLines);
    }
}
