package io.risefall.app.endtoend;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.query.http.service.ServiceBusyException;
import io.risefall.query.http.service.ServiceClient;
import io.risefall.query.question.VerifyQuestion;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.subject.ServerTarget;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight clients ask without end for what takes all cores, and yet each line becomes a row while their queries run. No clock decides:
 * lines come one after another, each when the one before is known, and all of them before any query is broken off by its limit.
 */
@RealParts
class AbusedServiceTest {
    private static final int LINES = Length.of(10, 20);

    private static final int LOWEST = 19;
    private static final int USUAL = 0;

    /** The second field of {@code /proc/PID/task/TID/stat}, and the nineteenth. */
    private static final Pattern STAT = Pattern.compile("\\d+ \\((.*)\\)(?: \\S+){16} (-?\\d+) ");

    private static final String TOO_LONG = "cancelled: the query took longer than 30 s";

    /** None ends before its time limit; the fifth to eighth wait. */
    private static final List<String> ENDLESS = List.of(
            "select count(*) from range(100000000) a(i), range(100000000) b(j) where (a.i * b.j) % 7 = 3",
            "select count(*) from range(100000000000) t(i) where regexp_matches(repeat('ab', 2000) || i, '(a|b)*c.*(a|b)*d')",
            "with recursive r(n) as (select 0::hugeint union all select n + 1 from r where n < 100000000000) select max(n) from r",
            "select max(length(list_sort(range(0, 1000 + i % 7))::varchar)) from range(10000000000) t(i)");

    private static final List<String> GREEDY = List.of(
            "select i, hash(i) as h from range(400000000) t(i) order by h, i limit 3",
            "select i, repeat('x', 1000) as x from range(50000) t(i)",
            "select count(*) from events a, events b, events c, range(100000000) t(i) where md5(a.server || i) = md5(b.server || c.server)",
            "select count(distinct md5(i::varchar)) from range(2000000000) t(i)");

    @TempDir
    Path folder;

    private final AtomicInteger brokenOff = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> refusals = new ConcurrentLinkedQueue<>();

    @Test
    void linesBecomeRowsWhileQueriesTakeAllCores() throws Exception {
        Path log = Files.createFile(folder.resolve("haproxy.log"));
        Path data = folder.resolve("data");
        ExecutorService askers = Executors.newCachedThreadPool();
        try (RunningRisefall running = RunningRisefall.start(data, "--tail", log.toString(), "--zone", "UTC")) {
            line(log, 0);
            awaitKnown(data, 0);
            Stream.concat(ENDLESS.stream(), GREEDY.stream()).forEach(sql -> askers.submit(() -> ask(data, sql)));
            Duration worst = Duration.ZERO;
            for (int i = 1; i <= LINES; i++) {
                long written = System.nanoTime();
                line(log, i);
                awaitKnown(data, i);
                Duration lag = Duration.ofNanos(System.nanoTime() - written);
                worst = lag.compareTo(worst) > 0 ? lag : worst;
            }
            assertThat(brokenOff.get())
                    .as("queries that had reached their time limit when the last line was a row")
                    .isZero();
            System.out.println("worst lag beside eight abusive queries: " + worst.toMillis() + " ms");
            if (Files.isDirectory(Path.of("/proc"))) {
                assertThat(niceness(data, "duckdb")).allMatch(nice -> nice == LOWEST);
                assertThat(niceness(data, "queries")).isNotEmpty().allMatch(nice -> nice == LOWEST);
                assertThat(niceness(data, "warehouse-write")).containsExactly(USUAL);
            }
            askers.shutdownNow();
            assertThat(askers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
            assertThat(refusals)
                    .allSatisfy(refusal -> assertThat(refusal)
                            .containsAnyOf(
                                    TOO_LONG,
                                    "busy: 4 queries at a time, and no slot became free within 15 s; try again",
                                    "cancelled: the running queries took more than the ",
                                    "Out of Memory Error"));
            // What follows from a line may be a row a moment before the line itself.
            awaitAnswer("all lines stored, each once")
                    .until(() -> running.must(
                                    "query",
                                    "--format",
                                    "csv",
                                    "select count(*) as n, count(distinct server) as s from events")
                            .equals("n,s\n" + (LINES + 1) + "," + (LINES + 1) + "\n"));
            assertThat(running.err()).doesNotContain("restarting");
        } finally {
            askers.shutdownNow();
        }
    }

    /** By a question that finds only what is a row. */
    private static void awaitKnown(Path data, int number) {
        await("srv" + number)
                .atMost(Duration.ofMinutes(1))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(QueryException.class)
                .until(() -> ServiceClient.find(data)
                                .orElseThrow()
                                .ask(
                                        new VerifyQuestion(),
                                        VerifyQuestion.parameters(
                                                ServerTarget.parse("app/srv" + number, null), Duration.ofDays(1)),
                                        OutputStream.nullOutputStream())
                        >= 0);
    }

    /** Of the threads of a name in the process that answers: their nice values. */
    private static List<Integer> niceness(Path data, String name) throws IOException {
        long pid = new ObjectMapper()
                .readTree(data.resolve("service.json").toFile())
                .path("pid")
                .asLong();
        List<Integer> nice = new ArrayList<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                Matcher stat = STAT.matcher(Files.readString(thread.resolve("stat")));
                if (stat.lookingAt() && stat.group(1).equals(name)) {
                    nice.add(Integer.valueOf(stat.group(2)));
                }
            }
        }
        return nice;
    }

    /** Again and again, and reads slowly. */
    private Void ask(Path data, String sql) throws Exception {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                ServiceClient.find(data).orElseThrow().sql(sql, ResultFormat.CSV, new OutputStream() {
                    @Override
                    public void write(int one) {}

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        LockSupport.parkNanos(1_000_000);
                    }
                });
            } catch (QueryException | ServiceBusyException e) {
                refusals.add(String.valueOf(e.getMessage()));
                if (String.valueOf(e.getMessage()).contains(TOO_LONG)) {
                    brokenOff.incrementAndGet();
                }
            }
        }
        return null;
    }

    private static void line(Path log, int number) throws IOException {
        Files.writeString(
                log,
                String.format(
                        "2026-11-23T10:00:%02d.000000+00:00 lb1 haproxy[42]: Server app/srv%d is DOWN, reason: Layer4 timeout, check"
                                + " duration: 2001ms. 6 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.%n",
                        number, number),
                StandardCharsets.UTF_8,
                StandardOpenOption.APPEND);
    }
}
