package io.risefall.app.upgrade;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.FinalViews;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Data directories that older builds have made ({@code upgrade/make.sh} tells how): this build opens them, goes on with
 * them, and ends with the views that it makes of the same lines by itself.
 */
@RealParts
@Timeout(300)
class UpgradeTest {
    private static final String OLD_FOLDER = "/var/lib/risefall-upgrade";

    private static final String FIRST = "before-versions.zip";
    private static final List<String> LOGS = List.of("before.log", "after.log");

    @TempDir
    static Path temp;

    private static Path logs;
    private static Map<String, String> expected;

    /** All archives are of the same lines, so one run of this build alone says what is right. */
    @BeforeAll
    static void runThisBuildAlone() throws Exception {
        logs = unpack(FIRST, temp.resolve("logs"));
        try (RunningRisefall fresh = RunningRisefall.start(temp.resolve("fresh"), "--zone", "UTC")) {
            for (String log : LOGS) {
                fresh.must("import", "--zone", "UTC", logs.resolve(log).toString());
            }
            expected = views(fresh, logs);
        }
        assertThat(expected.get("outages").lines()).hasSizeGreaterThan(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {FIRST, "before-schema-2.zip"})
    void goesOnWithWhatAnOlderBuildMade(String archive) throws Exception {
        Path old = unpack(archive, temp.resolve(archive.replace(".zip", "")));
        for (String log : LOGS) {
            assertThat(old.resolve(log)).hasSameBinaryContentAs(logs.resolve(log));
        }

        try (RunningRisefall upgraded = RunningRisefall.start(old.resolve("data"), "--zone", "UTC")) {
            upgraded.must("import", "--zone", "UTC", old.resolve("after.log").toString());
            // What older lines mean by now is said once the service finds the time.
            awaitAnswer("the views of this build")
                    .pollInterval(Duration.ofSeconds(2)) // each is some dozens of questions
                    .untilAsserted(() -> assertThat(FinalViews.difference(expected, views(upgraded, old)))
                            .isEmpty());
            assertThat(upgraded.stop()).isZero();
        }
    }

    /**
     * Without the processes, which are known by traffic too since signs of life are kept; and without the listener that every {@link RunningRisefall} has, of which is told once it has been looked at. */
    private static Map<String, String> views(RunningRisefall running, Path logs) throws InterruptedException {
        Map<String, String> views = new TreeMap<>(FinalViews.of(sql -> running.must("query", "--format", "csv", sql)
                .replaceAll("(?m)^udp:.*\n", "")
                .replace(logs + "/", "LOGS/")
                .replace(OLD_FOLDER + "/", "LOGS/")));
        views.remove("processes");
        return views;
    }

    private static Path unpack(String archive, Path to) throws IOException {
        try (InputStream in = UpgradeTest.class.getResourceAsStream(archive);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path path = to.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    Files.copy(zip, path);
                }
            }
        }
        return to;
    }
}
