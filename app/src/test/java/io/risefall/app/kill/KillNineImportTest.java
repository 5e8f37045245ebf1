package io.risefall.app.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.FinalViews;
import io.risefall.app.driver.Logfiles;
import io.risefall.app.driver.PackedRisefall;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.RealParts;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An import that is killed with everything it started, again and again, ends with the rows of an undisturbed one. */
@RealParts
@Timeout(3600)
class KillNineImportTest {
    private static final long SEED = 20260101;
    private static final int KILLS = Length.of(3, 10);
    /** Of the file that is imported, without the profile {@code long}. */
    private static final int LINES = 4000;

    /** An import of the file takes longer than the shortest and not much longer than the longest. */
    private static final int SHORTEST_MILLIS = 1500;

    private static final int LONGEST_MILLIS = 9000;

    @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.ON_SUCCESS)
    Path temp;

    @Test
    void endsWithTheSameRows() throws Exception {
        Path log = Logfiles.copy("heavy-2.6", "rsyslog-iso.log", temp.resolve("haproxy.log"));
        if (!Length.isLong()) {
            Files.write(log, Files.readAllLines(log).subList(0, LINES));
        }
        Path undisturbed = temp.resolve("undisturbed");
        assertThat(importing(undisturbed, log).waitFor()).isZero();

        Path killed = temp.resolve("killed");
        Random random = new Random(SEED);
        int inTime = 0;
        for (int i = 0; i < KILLS; i++) {
            Process process = importing(killed, log);
            int millis = SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS);
            if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
                inTime++;
                kill(process);
            }
        }
        assertThat(inTime).as("imports that were killed before they ended").isPositive();
        assertThat(importing(killed, log).waitFor()).as(output()).isZero();

        for (String question : FinalViews.OF_LINES_ALONE) {
            List<String> expected = rows(undisturbed, question);
            List<String> actual = rows(killed, question);
            assertThat(without(expected, actual)).as("missing of " + question).isEmpty();
            assertThat(without(actual, expected)).as("too much of " + question).isEmpty();
            assertThat(actual).as(question).hasSameSizeAs(expected).hasSizeGreaterThan(0);
        }
    }

    private static List<String> without(List<String> rows, List<String> others) {
        Set<String> known = new HashSet<>(others);
        return rows.stream().filter(row -> !known.contains(row)).toList();
    }

    private Process importing(Path data, Path log) throws Exception {
        List<String> command = PackedRisefall.command(
                Path.of(System.getProperty("java.io.tmpdir")),
                List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                List.of("import", "--data", data.toString(), "--zone", "UTC", log.toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(outputFile()))
                .start();
    }

    /** Children first, or they would notice and end in good order. */
    private static void kill(Process process) throws Exception {
        List<ProcessHandle> tree = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        tree.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : tree) {
            one.onExit().get(180, TimeUnit.SECONDS);
        }
    }

    private static List<String> rows(Path data, String question) {
        CommandRunner risefall = new CommandRunner();
        assertThat(risefall.run("query", "--data", data.toString(), "--format", "csv", question))
                .as(risefall.err())
                .isZero();
        return risefall.out().lines().toList();
    }

    private File outputFile() {
        return temp.resolve("output").toFile();
    }

    private String output() throws Exception {
        return Files.readString(outputFile().toPath());
    }
}
