package io.risefall.app.parts;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.app.Main;
import io.risefall.app.cli.Cli;
import io.risefall.app.driver.BrokerPart;
import io.risefall.app.driver.PartsInstallation;
import io.risefall.app.driver.StoppablePart;
import io.risefall.app.driver.SupervisedPart;
import io.risefall.ingest.FileImport;
import io.risefall.ingest.ImportProgress;
import io.risefall.ingest.IngestSettings;
import io.risefall.ingest.file.FileSource;
import io.risefall.query.http.service.ServiceClient;
import io.risefall.query.sql.QueryException;
import io.risefall.query.sql.ResultFormat;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.RealParts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** A host of the streams part that is gone for good: others take over, and whoever waits hears what for. */
@RealParts
@Timeout(600)
class DeadStreamsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    /** More than partitions, so that each has some. */
    private static final int NODES = 16;

    private static final int OUTAGES = 40;
    /** Some seconds of work. */
    private static final int MANY_OUTAGES = Length.of(300, 1000);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temp;

    private BrokerPart broker;
    private SupervisedPart serve;
    private final List<StoppablePart> parts = new ArrayList<>();

    @BeforeEach
    void startKafkaAndServe() throws Exception {
        broker = new BrokerPart(temp.resolve("broker"), PartsInstallation.freePort());
        broker.start();
        broker.createTopics(4);
        serve = part("serve", "serve", "--zone", "UTC", "--http", "127.0.0.1:0");
        serve.start();
        parts.add(serve);
    }

    @AfterEach
    void stop() throws Exception {
        for (StoppablePart part : parts) {
            part.kill();
        }
        broker.stop();
    }

    private SupervisedPart part(String name, String... command) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("--bootstrap-servers", broker.bootstrapServers()));
        arguments.addAll(List.of("--kafka-config", broker.clientSettings().toString()));
        return new SupervisedPart(name, Files.createDirectories(temp.resolve(name)), arguments.toArray(String[]::new));
    }

    private SupervisedPart streams(String name) throws Exception {
        SupervisedPart part = part(name, "streams", "--instance", name, "--threads", "2");
        part.start();
        parts.add(part);
        return part;
    }

    @Test
    void itsWorkIsTakenOverWithoutItsRestart() throws Exception {
        SupervisedPart one = streams("one");
        streams("two");
        feed(0, OUTAGES);
        awaitAnswer("all counted").atMost(PATIENCE).until(() -> outages() == NODES * OUTAGES);
        // In the middle of its work: with a transaction open.
        CompletableFuture<Void> feeding = CompletableFuture.runAsync(() -> feed(1, MANY_OUTAGES));
        awaitAnswer("at work").atMost(PATIENCE).until(() -> outages() > NODES * OUTAGES);
        one.kill();
        feeding.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        awaitAnswer("taken over").atMost(PATIENCE).until(() -> outages() == (long) NODES * (OUTAGES + MANY_OUTAGES));
    }

    @Test
    void alsoThatOfOneWhichComesBackWithoutItsFolder() throws Exception {
        SupervisedPart only = streams("only");
        feed(0, OUTAGES);
        awaitAnswer("at work").atMost(PATIENCE).until(() -> outages() > 0);
        only.kill();
        delete(only.data());
        only.start();
        awaitAnswer("all counted").atMost(PATIENCE).until(() -> outages() == NODES * OUTAGES);

        SupervisedPart other = part("other", "streams", "--instance", "only");
        parts.add(other);
        other.start();
        await("told")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(only.ownEnds())
                        .anyMatch(end -> end.contains("another risefall streams with the instance name only took over")
                                && end.contains("--instance")));
    }

    @Test
    void whatIsNotProcessedIsSaidOfItsNodesAndByAnImportThatWaitsForIt() throws Exception {
        await("serve works").atMost(PATIENCE).until(serve::isWorking);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        Thread importing = new Thread(() -> exitCode.complete(Main.run(
                new String[] {
                    "import",
                    "--data",
                    serve.data().toString(),
                    "--bootstrap-servers",
                    broker.bootstrapServers(),
                    "--kafka-config",
                    broker.clientSettings().toString(),
                    write(0, OUTAGES).toString()
                },
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8))));
        importing.start();
        await("words")
                .atMost(PATIENCE)
                .until(() -> err.toString(StandardCharsets.UTF_8)
                        .contains("no instance is running: start one with risefall streams --bootstrap-servers "
                                + broker.bootstrapServers()));
        assertThat(err.toString(StandardCharsets.UTF_8))
                .containsPattern("waiting for risefall streams: haproxy.health.events.v1-\\d is at 0 of \\d+, with no"
                        + " progress since 20.*Z; .*Ctrl-C to stop waiting; the imported events are safe");
        importing.interrupt();
        assertThat(exitCode.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(Cli.INTERRUPTED);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("stopped waiting; the imported events are safe in " + broker.bootstrapServers());
        // And that was true.
        awaitAnswer("all behind").atMost(PATIENCE).until(() -> behind() == NODES);
        streams("late");
        awaitAnswer("none behind").atMost(PATIENCE).until(() -> behind() == 0);
        assertThat(outages()).isEqualTo(NODES * OUTAGES);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private void feed(int hour, int outages) {
        new FileImport(IngestSettings.of(broker.address(), temp.resolve("feed")), Clock.systemUTC())
                .importFiles(List.of(new FileSource(write(hour, outages), ZoneOffset.UTC)), ImportProgress.NONE);
    }

    private Path write(int hour, int outages) {
        Path file = temp.resolve("hour-" + hour + ".log");
        try (PrintStream out = new PrintStream(Files.newOutputStream(file), false)) {
            for (int n = 0; n < outages; n++) {
                Instant at = Instant.parse("2026-11-23T10:00:00.050Z").plusSeconds(hour * 3600L + n * 60L);
                for (int node = 0; node < NODES; node++) {
                    line(
                            out,
                            at,
                            node,
                            "DOWN, reason: Layer4 timeout, check duration: 1ms. 0 active and 0 backup servers left."
                                    + " 0 sessions active, 0 requeued, 0 remaining in queue");
                    line(
                            out,
                            at.plusSeconds(30),
                            node,
                            "UP, reason: Layer7 check passed, code: 200, check duration: 1ms."
                                    + " 1 active and 0 backup servers online. 0 sessions requeued, 0 total in queue");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }

    private static void line(PrintStream out, Instant at, int node, String what) {
        out.printf(
                "%s lb%d haproxy[4043]: Server app/srv is %s.%n", at.toString().replace("Z", "000+00:00"), node, what);
    }

    private long outages() {
        return number("select count(*) as n from outages where ended_by = 'up'");
    }

    private long behind() {
        return number("select count(*) as n from nodes where behind > 0");
    }

    /** -1 while it is not known. */
    private long number(String sql) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try {
            Optional<ServiceClient> service = ServiceClient.find(serve.data());
            if (service.isEmpty()) {
                return -1;
            }
            service.get().sql(sql, ResultFormat.CSV, answer);
        } catch (IOException | QueryException e) {
            return -1;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return Long.parseLong(answer.toString(StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .findFirst()
                .orElse("-1"));
    }
}
