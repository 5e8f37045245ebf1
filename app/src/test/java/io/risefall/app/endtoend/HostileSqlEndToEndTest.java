package io.risefall.app.endtoend;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.app.driver.SupervisedPart;
import io.risefall.query.http.service.ServiceBusyException;
import io.risefall.query.http.service.ServiceClient;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ResultFormat;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.RealParts;
import io.risefall.schemas.suite.Turn;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever SQL asks for, lines are read and stored on, each once; and what answers is started again when it ended. */
@RealParts
class HostileSqlEndToEndTest {
    private static final int LINES_EACH = 100;
    private static final int KILLS = Length.of(2, 10);

    /** What the process that answers never has more of, in memory at one time. */
    private static final long MOST_MIB = 3584;

    private static final String LISTED = "select list(i) from range(60000000) t(i)";

    private static final List<String> EACH_DIFFERENT = List.of(
            "select list_sum(range(0, 3000000000))",
            "select len(repeat('x', 1000000000))",
            "select len(repeat(repeat('x', 1000000), 100000))",
            "select len(list_transform(range(100000), lambda x: range(100000)))",
            "select len(list(range(10000000))) from range(3000)",
            "with recursive r(n, s) as (select 1, repeat('x', 1000) union all"
                    + " select n + 1, s || s from r where n < 40) select max(len(s)) from r",
            "with recursive r(n) as (select 0 union all select unnest([n + 1, n + 2, n + 3]) from r)"
                    + " select count(*) from r",
            "select string_agg(repeat('x', 100000), '') from range(1000000)",
            "select map_from_entries(list((i, range(1000)))) from range(1000000) t(i)");

    /** More than run at once, and others between them. */
    private static final List<String> GREEDY = Stream.concat(
                    Collections.nCopies(6, LISTED).stream(), Turn.oneIn(2, EACH_DIFFERENT, "greedy queries").stream())
            .toList();

    @TempDir
    Path folder;

    private int written;

    @Test
    void linesAreStoredWhateverIsAsked() throws Exception {
        Path log = Files.createFile(folder.resolve("haproxy.log"));
        Path data = folder.resolve("data");
        ExecutorService askers = Executors.newCachedThreadPool();
        try (RunningRisefall running = RunningRisefall.start(data, "--tail", log.toString(), "--zone", "UTC")) {
            List<Future<?>> asked = new ArrayList<>();
            for (String greedy : GREEDY) {
                asked.add(askers.submit(() -> ask(data, greedy)));
                write(log);
            }
            long most = 0;
            for (Future<?> one : asked) {
                one.get(3, TimeUnit.MINUTES);
                most = Math.max(most, memoryPeakMib(data));
                write(log);
            }
            assertThat(most).isBetween(1L, MOST_MIB);
            awaitStored(running);
            assertThat(metrics(running)).contains("risefall_query_restarts_total ");
            ProcessHandle answering = answering(data);
            assertThat(running.stop()).as(running.err()).isZero();
            assertThat(answering.isAlive()).isFalse();
        } finally {
            askers.shutdownNow();
        }
    }

    @Test
    void whatAnswersIsStartedAgainWhenItIsKilled() throws Exception {
        Path log = Files.createFile(folder.resolve("haproxy.log"));
        Path data = folder.resolve("data");
        try (RunningRisefall running = RunningRisefall.start(data, "--tail", log.toString(), "--zone", "UTC")) {
            String address = address(running);
            for (int kill = 0; kill < KILLS; kill++) {
                write(log);
                answering(data).destroyForcibly();
                write(log);
                awaitStored(running);
                assertThat(address(running)).isEqualTo(address);
            }
            assertThat(running.err()).contains("restarting it, no line is lost", "queries are answered again at");
            assertThat(metrics(running)).contains("risefall_query_restarts_total " + KILLS + ".0");
            ProcessHandle answering = answering(data);
            assertThat(running.stop()).as(running.err()).isZero();
            assertThat(answering.isAlive()).isFalse();
        }
    }

    @Test
    void whatAnswersEndsWithItsParent() throws Exception {
        Path log = Files.createFile(folder.resolve("haproxy.log"));
        SupervisedPart run = new SupervisedPart(
                "run",
                folder.resolve("part"),
                "run",
                "--tail",
                log.toString(),
                "--zone",
                "UTC",
                "--http",
                "127.0.0.1:0");
        write(log);
        for (boolean killed : List.of(true, false)) {
            run.start();
            await("answers")
                    .atMost(Duration.ofMinutes(2))
                    .ignoreExceptions()
                    .until(() -> ServiceClient.find(run.data()).isPresent());
            ProcessHandle answering = answering(run.data());
            if (killed) {
                run.kill();
            } else {
                awaitStored(sql -> new CommandRunner().must(run.data(), "query", "--format", "csv", sql));
                run.stop();
            }
            await("ended with it").atMost(Duration.ofSeconds(20)).until(() -> !answering.isAlive());
        }
        // Nobody has the file open, or says that somebody answers.
        assertThat(run.data().resolve("service.json")).doesNotExist();
        awaitStored(sql -> new CommandRunner().must(run.data(), "query", "--format", "csv", sql));
    }

    private void awaitStored(RunningRisefall running) {
        awaitStored(sql -> running.must("query", "--format", "csv", sql));
    }

    private void awaitStored(UnaryOperator<String> query) {
        awaitAnswer("all lines stored, each once")
                .ignoreExceptions()
                .until(() -> query.apply("select count(*) as n, count(distinct position) as d from events")
                        .equals("n,d\n" + written + "," + written + "\n"));
    }

    private static String address(RunningRisefall running) {
        return running.err()
                .lines()
                .filter(line -> line.strip().startsWith("page "))
                .findFirst()
                .orElseThrow()
                .strip()
                .replaceFirst("page +http://(.*)/", "$1");
    }

    private static String metrics(RunningRisefall running) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://" + address(running) + "/metrics"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    /** Answered, refused or broken off: all is well, as long as it ends. */
    private static Void ask(Path data, String sql) throws Exception {
        try {
            Optional<ServiceClient> service = ServiceClient.find(data);
            if (service.isPresent()) {
                service.get().sql(sql, ResultFormat.CSV, OutputStream.nullOutputStream());
            }
        } catch (QueryException | ServiceBusyException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
        return null;
    }

    /** The process that answers; by what it says of itself. */
    private static ProcessHandle answering(Path data) throws IOException {
        long pid = new ObjectMapper()
                .readTree(data.resolve("service.json").toFile())
                .path("pid")
                .asLong();
        assertThat(pid).isNotEqualTo(ProcessHandle.current().pid());
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** The most memory that the process that answers has had; 0 where it has just ended. */
    private static long memoryPeakMib(Path data) {
        try {
            Path status = Path.of("/proc", Long.toString(answering(data).pid()), "status");
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .sum();
        } catch (IOException | NoSuchElementException e) {
            return 0;
        }
    }

    private void write(Path log) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < LINES_EACH; i++, written++) {
            lines.append(String.format(
                    "2026-11-23T%02d:%02d:%02d.000000+00:00 lb1 haproxy[42]: Server app/srv%d is %s.%n",
                    written / 3600,
                    written / 60 % 60,
                    written % 60,
                    written % 7,
                    written / 7 % 2 == 0
                            ? "DOWN, reason: Layer4 timeout, check duration: 2001ms. 6 active and 0 backup servers left."
                                    + " 0 sessions active, 0 requeued, 0 remaining in queue"
                            : "UP, reason: Layer4 check passed, check duration: 0ms. 7 active and 0 backup servers online."
                                    + " 0 sessions requeued, 0 total in queue"));
        }
        Files.writeString(log, lines, StandardCharsets.UTF_8, StandardOpenOption.APPEND);
    }
}
