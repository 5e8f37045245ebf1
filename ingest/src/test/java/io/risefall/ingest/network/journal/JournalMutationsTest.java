package io.risefall.ingest.network.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.network.OpenJournal;
import io.risefall.schemas.suite.Slow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a disk makes of a journal's segments: it opens, what stood before the damage is read, and so are the other
 * segments, nothing is read that was not written, and new messages follow.
 */
@Slow
class JournalMutationsTest {
    private static final int RECORD = 8 + 10 + "10.0.0.9".length() + "number 10".length();
    private static final int PER_SEGMENT = 10;
    private static final int SEGMENTS = 3;
    private static final int MUTATIONS = 300;
    private static final List<String> WRITTEN = IntStream.range(0, SEGMENTS * PER_SEGMENT)
            .mapToObj(i -> "10.0.0.9 1000 " + message(i))
            .toList();
    private static final Map<String, byte[]> UNDAMAGED = undamaged();

    @TempDir
    Path folder;

    @Test
    void randomDamage() {
        Random random = new Random(7);
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] damage = new byte[2 + random.nextInt(24)];
            random.nextBytes(damage);
            try {
                check(folder.resolve("j" + i), damage);
            } catch (RuntimeException | Error e) {
                throw new AssertionError("damage: " + Arrays.toString(damage), e);
            }
        }
    }

    /** What a power cut leaves of pages that were never written. */
    @Test
    void zerosFromAnyByteOn() {
        for (int from = 0; from < PER_SEGMENT * RECORD; from += 13) {
            for (int segment = 0; segment < SEGMENTS; segment++) {
                int at = from;
                byte[] zeros = new byte[PER_SEGMENT * RECORD - from];
                check(folder.resolve("z" + from + "-" + segment), segment, bytes -> replaced(bytes, at, zeros));
            }
        }
    }

    /**
     * Does to one segment what {@code damage} says: which, what, where, with which bytes.
     *
     * @param directory made, and deleted again
     */
    static void check(Path directory, byte[] damage) {
        if (damage.length < 2) {
            return;
        }
        int segment = Byte.toUnsignedInt(damage[0]) % SEGMENTS;
        int what = Byte.toUnsignedInt(damage[0]) / SEGMENTS % 4;
        byte[] with = Arrays.copyOfRange(damage, 2, damage.length);
        check(directory, segment, bytes -> {
            int at = Byte.toUnsignedInt(damage[1]) * bytes.length / 256;
            return switch (what) {
                case 0 -> replaced(bytes, at, with);
                case 1 -> Arrays.copyOf(bytes, at);
                case 2 -> replaced(bytes, at, new byte[with.length * 8]);
                default -> inserted(bytes, at, with);
            };
        });
    }

    private static void check(Path directory, int segment, Damage damage) {
        try {
            Files.createDirectories(directory);
            for (Map.Entry<String, byte[]> file : UNDAMAGED.entrySet()) {
                Files.write(directory.resolve(file.getKey()), file.getValue());
            }
            List<Path> files = segments(directory);
            assertThat(files).hasSize(SEGMENTS);
            byte[] before = Files.readAllBytes(files.get(segment));
            byte[] after = damage.of(before);
            Files.write(files.get(segment), after);
            int first = Arrays.mismatch(before, after);
            int whole = segment * PER_SEGMENT + (first < 0 ? PER_SEGMENT : Math.min(PER_SEGMENT, first / RECORD));
            List<String> expected = new ArrayList<>(WRITTEN.subList(0, whole));
            expected.addAll(WRITTEN.subList((segment + 1) * PER_SEGMENT, WRITTEN.size()));
            try (OpenJournal journal = open(directory)) {
                assertThat(journal.readFrom(0)).isEqualTo(expected);
                assertThat(journal.source.arrivals().waiting()).isZero();
                journal.append("new");
                assertThat(journal.readOn()).hasSize(expected.size() + 1).endsWith("10.0.0.9 1000 new");
            }
            delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of a journal, by their names: written once, because each write waits for the disk. */
    private static Map<String, byte[]> undamaged() {
        try {
            Path directory = Files.createTempDirectory("undamaged");
            try (OpenJournal journal = open(directory)) {
                for (int i = 0; i < SEGMENTS * PER_SEGMENT; i++) {
                    journal.append(message(i));
                }
            }
            Map<String, byte[]> contents = new TreeMap<>();
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    contents.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
            delete(directory);
            return contents;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String message(int number) {
        return "number %02d".formatted(number);
    }

    private static OpenJournal open(Path directory) throws IOException {
        return new OpenJournal(directory, 100_000, (long) PER_SEGMENT * RECORD);
    }

    private static List<Path> segments(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    /** Over what is there, and beyond its end. */
    private static byte[] replaced(byte[] bytes, int at, byte[] with) {
        byte[] result = Arrays.copyOf(bytes, Math.max(bytes.length, at + with.length));
        System.arraycopy(with, 0, result, at, with.length);
        return result;
    }

    private static byte[] inserted(byte[] bytes, int at, byte[] with) {
        byte[] result = Arrays.copyOf(bytes, bytes.length + with.length);
        System.arraycopy(with, 0, result, at, with.length);
        System.arraycopy(bytes, at, result, at + with.length, bytes.length - at);
        return result;
    }

    /** What becomes of a segment. */
    private interface Damage {
        byte[] of(byte[] segment);
    }
}
