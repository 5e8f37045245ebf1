package io.risefall.ingest.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.schemas.suite.Slow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Slow
class TailedFilesTest {
    /** Long enough for content to be known for sure. */
    private static final String LONG = "x".repeat(300) + "\n";

    @TempDir
    Path directory;

    @Test
    void newFilesAreFoundWithoutARestartAndReadFromTheirStart() throws Exception {
        append("a.log", "a1\n");
        append("other.txt", "no\n");
        append(".hidden.log", "no\n");
        try (FollowedFiles files = follow("*.log")) {
            assertThat(files.read()).containsExactly("a.log: a1");
            append("b.log", "b1\nb2\n");
            append("a.log", "a2\n");
            assertThat(files.read()).containsExactlyInAnyOrder("a.log: a2", "b.log: b1", "b.log: b2");
        }
    }

    @Test
    void aPatternWithoutAMatchWaitsAlsoForItsDirectory() throws Exception {
        try (FollowedFiles files = follow("later/*.log")) {
            assertThat(files.read()).isEmpty();
            Files.createDirectory(directory.resolve("later"));
            append("later/a.log", "a1\n");
            assertThat(files.read()).containsExactly("a.log: a1");
        }
    }

    @Test
    void rotatedFilesBelongToTheFileThatTheyWere() throws Exception {
        append("a.log-20261122", "older\n");
        CompressedFiles.gzip(directory.resolve("a.log-20261122"), directory.resolve("a.log.2.gz"));
        append("a.log.1", "old\n");
        append("b.log.gz", "compressed\n");
        append("a.log", "a1\n");
        try (FollowedFiles files = follow("*")) {
            assertThat(files.read()).containsExactly("a.log: a1");
            assertThat(files.names()).containsExactly("a.log");

            move("a.log.1", "a.log.3");
            move("a.log", "a.log.1");
            assertThat(files.read()).as("between rename and creation").isEmpty();
            append("a.log", "a2\n");
            assertThat(files.read()).containsExactly("a.log: a2");
            assertThat(files.names()).containsExactly("a.log");
        }
    }

    @Test
    void aFileRenamedWithinThePatternGivesNothingTwice() throws Exception {
        append("a.log", LONG + "a1\n");
        try (FollowedFiles files = follow("*.log")) {
            assertThat(files.read()).hasSize(2);
            move("a.log", "b.log");
            append("b.log", "late\n");
            append("a.log", "a2\n");
            assertThat(files.read()).containsExactly("a.log: late", "a.log: a2");
            append("b.log", "later\n");
            append("a.log", "a3\n");
            assertThat(files.read()).containsExactlyInAnyOrder("b.log: later", "a.log: a3");
        }
    }

    @Test
    void aFileRenamedWhileNobodyFollowedGoesOnUnderItsNewName() throws Exception {
        append("a.log", "short\n");
        try (FollowedFiles files = follow("*.log")) {
            assertThat(files.read()).hasSize(1);
            files.close();
            move("a.log", "b.log");
            append("b.log", "new\n");
            files.restart();
            assertThat(files.read()).as("known by its inode, however short").containsExactly("b.log: new");
        }
    }

    @Test
    void aFileThatIsGoneIsLetGoAndKnownWhenItComesBack() throws Exception {
        append("a.log", "a1\n");
        append("b.log", "b1\n");
        try (FollowedFiles files = follow("*.log")) {
            files.read();
            move("a.log", "elsewhere");
            files.read();
            assertThat(files.names()).as("a rotation takes a moment").contains("a.log");
            files.clock.advance(TailedFiles.GONE);
            assertThat(files.names()).containsExactly("b.log");

            append("elsewhere", "a2\n");
            move("elsewhere", "a.log");
            assertThat(files.read()).containsExactly("a.log: a2");
        }
    }

    @Test
    void twoNamesForOneFileAreReadOnceUnderTheFirst() throws Exception {
        append("m.log", "one\n");
        Files.createSymbolicLink(directory.resolve("a.log"), directory.resolve("m.log"));
        Files.createLink(directory.resolve("z.log"), directory.resolve("m.log"));
        try (FollowedFiles files = follow("*.log")) {
            assertThat(files.read()).containsExactly("a.log: one");
            assertThat(files.names()).containsExactly("a.log");
        }
        try (FollowedFiles files = new FollowedFiles(List.of(directory.resolve("z.log")), directory + "/*.log")) {
            assertThat(files.read()).as("a name goes before a pattern").containsExactly("z.log: one");
        }
        try (FollowedFiles files = new FollowedFiles(List.of(directory.resolve("z.log"), directory.resolve("a.log")))) {
            assertThat(files.read()).as("two names, one file").containsExactly("z.log: one");
        }
    }

    @Test
    void aLinkThatMovesOnToTheNewestOfDatedFilesGivesEachLineOnce() throws Exception {
        append("haproxy-20261122.log", LONG + "one\n");
        link("current.log", "haproxy-20261122.log");
        try (FollowedFiles files = follow("*.log")) {
            assertThat(files.read()).hasSize(2).endsWith("current.log: one");
            append("haproxy-20261123.log", LONG.replace('x', 'y') + "two\n");
            link("current.log", "haproxy-20261123.log");
            assertThat(files.read()).hasSize(2).endsWith("current.log: two");
            append("haproxy-20261123.log", "three\n");
            append("haproxy-20261122.log", "late\n");
            assertThat(files.read()).containsExactlyInAnyOrder("current.log: three", "haproxy-20261122.log: late");
        }
    }

    @Test
    void aLinkThatMovesOnToAFileThatIsReadAlreadyGivesNothingTwice() throws Exception {
        append("haproxy-1.txt", "one\n");
        append("haproxy-2.log", "two\n");
        link("current.log", "haproxy-1.txt");
        try (FollowedFiles files = follow("*.log")) {
            assertThat(files.read()).containsExactlyInAnyOrder("current.log: one", "haproxy-2.log: two");
            link("current.log", "haproxy-2.log");
            append("haproxy-2.log", "three\n");
            assertThat(files.read()).containsExactly("haproxy-2.log: three");
        }
    }

    @Test
    void aLinkToNothingIsWaitedFor() throws Exception {
        link("a.log", "target");
        try (FollowedFiles files = follow("*.log")) {
            assertThat(files.read()).isEmpty();
            append("target", "one\n");
            assertThat(files.read()).containsExactly("a.log: one");
        }
    }

    @Test
    void containersThatRestartAreReadOnOverTheirLinks() throws Exception {
        Path pod = Files.createDirectories(directory.resolve("pods/haproxy"));
        Path links = Files.createDirectory(directory.resolve("containers"));
        TailedFile.append(pod.resolve("0.log"), "one\n");
        Path link = Files.createSymbolicLink(links.resolve("haproxy-1.log"), pod.resolve("0.log"));
        try (FollowedFiles files = follow("containers/haproxy-*.log")) {
            assertThat(files.read()).containsExactly("haproxy-1.log: one");
            TailedFile.append(pod.resolve("0.log"), "two\n");
            TailedFile.append(pod.resolve("1.log"), "three\n");
            Files.delete(link);
            Files.createSymbolicLink(link, pod.resolve("1.log"));
            assertThat(files.read()).containsExactly("haproxy-1.log: two", "haproxy-1.log: three");

            files.close();
            TailedFile.append(pod.resolve("1.log"), "four\n");
            Files.move(pod.resolve("1.log"), pod.resolve("1.log.20261123-010203"));
            TailedFile.touch(pod.resolve("0.log"), 0);
            TailedFile.touch(pod.resolve("1.log.20261123-010203"), 1);
            TailedFile.append(pod.resolve("1.log"), "five\n");
            TailedFile.touch(pod.resolve("1.log"), 2);
            TailedFile.append(pod.resolve("2.log"), "six\n");
            Files.delete(link);
            Files.createSymbolicLink(link, pod.resolve("2.log"));
            files.restart();
            assertThat(files.read())
                    .containsExactly("haproxy-1.log: four", "haproxy-1.log: five", "haproxy-1.log: six");
        }
    }

    @Test
    void manyFilesCostLittleMemoryEach() throws Exception {
        for (int n = 0; n < 500; n++) {
            append("haproxy-" + n + ".log", "line " + n + "\n");
        }
        Runtime runtime = Runtime.getRuntime();
        try (FollowedFiles files = follow("*.log")) {
            runtime.gc();
            long before = runtime.totalMemory() - runtime.freeMemory();
            assertThat(files.read()).hasSize(500);
            runtime.gc();
            assertThat(runtime.totalMemory() - runtime.freeMemory() - before).isLessThan(120L * 1024 * 1024);
        }
    }

    @Test
    void aFileOfAPatternThatIsSilentForLongIsKept() throws Exception {
        append("a.log", "a1\n");
        try (FollowedFiles files = follow("*.log")) {
            files.read();
            files.clock.advance(Duration.ofDays(2));
            assertThat(files.names()).containsExactly("a.log");
        }
    }

    private FollowedFiles follow(String glob) {
        return new FollowedFiles(List.of(), directory + "/" + glob);
    }

    private void append(String name, String text) throws Exception {
        TailedFile.append(directory.resolve(name), text);
    }

    private void move(String from, String to) throws Exception {
        Files.move(directory.resolve(from), directory.resolve(to));
    }

    private void link(String name, String target) throws Exception {
        Path link = directory.resolve(name);
        Files.deleteIfExists(link);
        Files.createSymbolicLink(link, directory.resolve(target));
    }
}
