package io.risefall.app.upgrade;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.CorpusFeed;
import io.risefall.app.driver.SharedViews;
import io.risefall.app.driver.SupervisedPart;
import io.risefall.schemas.Corpus;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same logs, in the same random order, for an older build and for this one: what both can be asked, both answer alike, row by row.
 * {@code -Drisefall.older=/path/to/risefall} is the launcher of the older build, {@code -Drisefall.seed=N} repeats an order, and
 * {@code -Drisefall.changed=VIEW,VIEW.COLUMN} leaves out what was changed on purpose.
 */
@RealParts
@Timeout(3600)
@EnabledIfSystemProperty(named = "risefall.older", matches = ".+")
class OlderBuildTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long SEED =
            Long.getLong("risefall.seed", ThreadLocalRandom.current().nextInt(1_000_000));
    private static final Set<String> CHANGED =
            Set.of(System.getProperty("risefall.changed", "").split(","));
    /** Of each host: parts of its log, as log files that were cut at odd places and found in an odd order. */
    private static final int PARTS = 3;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temp;

    @Test
    void bothBuildsAnswerAlike() throws Exception {
        String older = System.getProperty("risefall.older");
        Random random = new Random(SEED);
        List<Corpus.Scenario> runs = new ArrayList<>(Corpus.scenarios());
        Collections.shuffle(runs, random);
        List<String> logs = logs(runs.subList(0, Length.of(6, runs.size())), random);
        String again = "again with -Drisefall.seed=" + SEED;
        System.out.println("OlderBuildTest: " + again);

        SupervisedPart before = part("older");
        SupervisedPart now = part("newer");
        before.launchedBy(Path.of(older));
        try {
            before.start();
            now.start();
            await("both work").atMost(PATIENCE).until(() -> before.isWorking() && now.isWorking());
            // In two calls: what was answered by then is corrected by what comes later.
            for (List<String> some :
                    List.of(logs.subList(0, logs.size() / 2), logs.subList(logs.size() / 2, logs.size()))) {
                importByLauncher(older, before.data(), some);
                new CommandRunner().must(now.data(), "import", arguments(some).toArray(String[]::new));
            }
            SharedViews shared = SharedViews.of(before::ask, now::ask, CHANGED);
            assertThat(shared.names()).as(again).hasSizeGreaterThan(20);
            await("outages")
                    .atMost(PATIENCE)
                    .until(() -> now.ask("from outages").lines().count() > 10);
            await(again)
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(
                            () -> assertThat(shared.difference()).as(again).isEmpty());
        } finally {
            before.stop();
            now.stop();
        }
    }

    private SupervisedPart part(String name) throws IOException {
        return new SupervisedPart(
                name,
                Files.createDirectories(temp.resolve(name)),
                "run",
                "--zone",
                "UTC",
                "--http",
                "127.0.0.1:0",
                "--syslog-udp",
                "127.0.0.1:0");
    }

    /** The runs' logs as those of hosts of their own, in parts: lines of some parts are shuffled, too. */
    private List<String> logs(List<Corpus.Scenario> runs, Random random) throws IOException {
        List<String> files = new ArrayList<>();
        for (Corpus.Scenario run : runs) {
            List<List<String>> parts = new ArrayList<>();
            for (int part = 0; part < PARTS; part++) {
                parts.add(new ArrayList<>());
            }
            String node = run.name().replaceAll("[^a-z0-9]", "-");
            for (String line : new String(CorpusFeed.file(node, run.name(), 1), ISO_8859_1)
                    .lines()
                    .toList()) {
                parts.get(random.nextInt(PARTS)).add(line);
            }
            Collections.shuffle(parts.get(0), random);
            for (int part = 0; part < PARTS; part++) {
                files.add(Files.write(temp.resolve(node + "." + part + ".log"), parts.get(part), ISO_8859_1)
                        .toString());
            }
        }
        Collections.shuffle(files, random);
        return files;
    }

    private static List<String> arguments(List<String> files) {
        List<String> arguments = new ArrayList<>(List.of("--zone", "UTC"));
        arguments.addAll(files);
        return arguments;
    }

    private void importByLauncher(String launcher, Path data, List<String> files) throws Exception {
        List<String> command = new ArrayList<>(List.of(launcher, "import", "--data", data.toString()));
        command.addAll(arguments(files));
        Path printed = temp.resolve("import.out");
        int exitCode = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start()
                .waitFor();
        assertThat(exitCode).as(Files.readString(printed)).isZero();
    }
}
