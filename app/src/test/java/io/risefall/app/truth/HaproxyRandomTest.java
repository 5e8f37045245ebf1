package io.risefall.app.truth;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.Programs;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.app.truth.compare.Comparison;
import io.risefall.app.truth.compare.ExpectedDifferences;
import io.risefall.app.truth.compare.Numbers;
import io.risefall.app.truth.compare.ReportedRows;
import io.risefall.app.truth.compare.UnsampledState;
import io.risefall.app.truth.script.RandomScript;
import io.risefall.app.truth.script.ScriptRun;
import io.risefall.ingest.file.FileSource;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs of the installed HAProxy by {@link RandomScript}, held against HAProxy's own account. For more of them:
 * {@code -Drisefall.random.runs=N -Drisefall.random.seed=N}; {@code -Drisefall.random.keep=FOLDER} keeps what differs.
 */
@RealParts
class HaproxyRandomTest {
    private static final int RUNS = Length.of("risefall.random.runs", 3, 30);
    private static final long FIRST_SEED = Long.getLong("risefall.random.seed", 1);
    private static final String KEEP = System.getProperty("risefall.random.keep");
    private static final int AT_ONCE = 8;
    /** Of a stamp with fractions, beside what two samples bracket. */
    private static final double PRECISE = 0.3;

    @TempDir
    Path folder;

    @Test
    void agreesWithHaproxy() throws Exception {
        Programs.find("haproxy");
        ExecutorService stages = Executors.newFixedThreadPool(AT_ONCE);
        List<Future<ScriptRun>> playing = new ArrayList<>();
        for (long seed = FIRST_SEED; seed < FIRST_SEED + RUNS; seed++) {
            String name = "seed-" + seed;
            RandomScript script = new RandomScript(seed);
            playing.add(stages.submit(() -> ScriptRun.of(name, script, folder, 0)));
        }
        stages.shutdown();
        List<String> differences = new ArrayList<>();
        try (RunningRisefall risefall = RunningRisefall.start(folder.resolve("data"))) {
            List<ScriptRun> all = new ArrayList<>();
            List<FileSource> logs = new ArrayList<>();
            for (Future<ScriptRun> one : playing) {
                all.add(one.get());
                logs.addAll(one.get().sources(ZoneOffset.UTC));
            }
            risefall.load(logs);
            ReportedRows told = ReportedRows.by(risefall);
            Numbers sum = Numbers.NONE;
            for (ScriptRun played : all) {
                Comparison comparison = told.against(played.servers(), played.ended(), played.preciseNode(), PRECISE);
                sum = sum.plus(comparison.numbers());
                List<String> unexplained = ExpectedDifferences.read("/truth/expected-random.txt")
                        .unexplained(comparison.differences().stream()
                                .filter(text -> !UnsampledState.is(text, played.servers()))
                                .map(text -> played.name() + " rfc5424 " + text)
                                .toList());
                differences.addAll(unexplained);
                if (KEEP != null && !unexplained.isEmpty()) {
                    keep(played, unexplained, told);
                }
            }
            System.out.println(sum);
        }
        assertThat(differences).isEmpty();
    }

    private static void keep(ScriptRun played, List<String> differences, ReportedRows told) throws Exception {
        Path to = Files.createDirectories(Path.of(KEEP, played.name()));
        for (Path file : played.precise()) {
            Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        Files.writeString(to.resolve("truth.json"), played.truth().toPrettyString());
        Files.write(to.resolve("steps"), played.steps());
        Files.write(to.resolve("differences"), differences);
        Files.write(to.resolve("told"), told.lines(played.preciseNode()));
    }
}
