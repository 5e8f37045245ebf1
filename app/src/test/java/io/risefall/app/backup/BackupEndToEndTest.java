package io.risefall.app.backup;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.FinalViews;
import io.risefall.app.driver.Logfiles;
import io.risefall.app.driver.SupervisedPart;
import io.risefall.app.kafka.BrokerPause;
import io.risefall.app.options.CommonOptions;
import io.risefall.app.options.RuleOptions;
import io.risefall.app.runtime.Pipeline;
import io.risefall.app.terminal.ProgressListener;
import io.risefall.app.terminal.Terminal;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A running service is backed up while lines come, and its data directory is lost. What goes on from the backup, and reads the rest
 * of the same log, ends with the same rows.
 */
@RealParts
@Timeout(600)
class BackupEndToEndTest {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int LINES = 4000;
    private static final int BATCH = 25;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temp;

    private final CommandRunner risefall = new CommandRunner();

    @Test
    void aRestoredServiceEndsWithTheSameRows() throws Exception {
        List<String> lines = Files.readAllLines(Logfiles.copy("heavy-2.6", "rsyslog-iso.log", temp.resolve("all.log")))
                .subList(0, LINES);
        Path log = Files.write(temp.resolve("haproxy.log"), lines.subList(0, LINES / 2));
        Path backup = temp.resolve("backup");
        Map<String, String> expected;

        SupervisedPart run = part("first", log);
        try {
            start(run);
            awaitReceived(run, LINES / 2);
            whoWritesMeanwhileIsTold(run);
            CompletableFuture<Void> writing =
                    CompletableFuture.runAsync(() -> append(log, lines.subList(LINES / 2, LINES)));
            risefall.must(run.data(), "backup", backup.toString());
            writing.join();
            awaitReceived(run, LINES);
            expected = settledRows(run);
            assertThat(risefall.run(
                            "restore", backup.toString(), "--data", run.data().toString()))
                    .isOne();
            assertThat(risefall.err()).contains("is not empty; name a new folder");
            assertThat(run.stop()).isZero();
        } finally {
            run.kill();
        }

        SupervisedPart restored = part("second", log);
        assertThat(risefall.run(
                        "restore", backup.toString(), "--data", restored.data().toString()))
                .as(risefall.err())
                .isZero();
        try {
            start(restored);
            awaitReceived(restored, LINES);
            assertThat(FinalViews.difference(expected, settledRows(restored))).isEmpty();
            assertThat(restored.stop()).isZero();
        } finally {
            restored.kill();
        }

        refusesWhatIsDamaged(backup);
    }

    private void whoWritesMeanwhileIsTold(SupervisedPart run) throws Exception {
        Optional<Long> service = run.process().map(ProcessHandle::pid);
        try (BrokerPause pause = BrokerPause.begin(run.data().resolve("kafka"), () -> service)) {
            assertThat(pause).isNotNull();
            for (String[] command :
                    new String[][] {{"note", "deploy"}, {"silence", "web", "--for", "1h", "--why", "x"}}) {
                List<String> words = new ArrayList<>(List.of(command));
                words.addAll(List.of("--data", run.data().toString()));
                assertThat(risefall.run(words.toArray(String[]::new))).isOne();
                assertThat(risefall.err())
                        .contains("a backup of " + run.data() + " pauses its Kafka", "it goes on by itself");
            }
        }
    }

    private void refusesWhatIsDamaged(Path backup) throws Exception {
        Path file = backup.resolve("warehouse.duckdb");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        Path data = temp.resolve("third");

        assertThat(risefall.run("restore", backup.toString(), "--data", data.toString()))
                .isOne();
        assertThat(risefall.err())
                .contains("is damaged, and nothing was restored: warehouse.duckdb: its content is not the one");
        assertThat(data).doesNotExist();

        Files.delete(backup.resolve(Manifest.NAME));
        assertThat(risefall.run("restore", backup.toString(), "--data", data.toString()))
                .isOne();
        assertThat(risefall.err()).contains("is not a complete backup");
    }

    @Test
    void refusesWhatCannotBeABackup() throws Exception {
        Path data = Files.createDirectories(temp.resolve("data"));

        assertThat(risefall.run(
                        "backup",
                        "--data",
                        data.toString(),
                        data.resolve("copy").toString()))
                .isOne();
        assertThat(risefall.err()).contains("is in the data directory; name a folder elsewhere");
        assertThat(risefall.run(
                        "backup",
                        "--data",
                        temp.resolve("none").toString(),
                        temp.resolve("copy").toString()))
                .isOne();
        assertThat(risefall.err()).contains("there is no data directory");
        assertThat(risefall.run("backup", "--data", data.toString(), temp.toString()))
                .isOne();
        assertThat(risefall.err()).contains("is not empty; name a new folder");
    }

    private SupervisedPart part(String name, Path log) throws IOException {
        Path folder = Files.createDirectories(temp.resolve(name));
        return new SupervisedPart(
                name, folder, "run", "--zone", "UTC", "--http", "127.0.0.1:0", "--tail", log.toString());
    }

    private static void start(SupervisedPart run) throws IOException {
        run.start();
        await("start").atMost(PATIENCE).until(run::isWorking);
    }

    private static void append(Path log, List<String> lines) {
        try {
            for (int i = 0; i < lines.size(); i += BATCH) {
                Files.write(log, lines.subList(i, i + BATCH), StandardOpenOption.APPEND);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows of events follow their lines by less than what is derived from them. */
    private void awaitReceived(SupervisedPart run, int lines) {
        awaitAnswer(lines + " lines")
                .untilAsserted(() -> assertThat(ask(run, "SELECT sum(received) FROM ingest"))
                        .isEqualTo("sum(received)\n" + lines + "\n"));
    }

    /** Those that stay as they are: all that was published has become rows. */
    private Map<String, String> settledRows(SupervisedPart run) throws Exception {
        try (Pipeline pipeline = Pipeline.open(
                CommonOptions.of(run.data()), ZoneOffset.UTC, null, new RuleOptions().rules(), Terminal.ofProcess())) {
            pipeline.awaitQueryable(ProgressListener.NONE);
        }
        return FinalViews.OF_LINES_ALONE.stream()
                .collect(Collectors.toMap(Function.identity(), question -> ask(run, question)));
    }

    private String ask(SupervisedPart run, String sql) {
        return risefall.must(run.data(), "query", "--format", "csv", sql);
    }
}
