package io.risefall.app.parts;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.risefall.app.cli.Cli;
import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.Logfiles;
import io.risefall.app.kafka.BrokerCredential;
import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.app.terminal.Terminal;
import io.risefall.schemas.suite.RealParts;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The parts as commands of their own, each with its own data directory, on a Kafka that none of them started, where their
 * topics have a prefix.
 */
@RealParts
class PartsEndToEndTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final String PREFIX = "team-a.";

    @TempDir
    Path temp;

    private final List<Part> parts = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (Part part : parts) {
            part.stop();
        }
    }

    @Test
    void ingestStreamsAndServeMeetAtTheTopics() throws Exception {
        Path log = Logfiles.copy("basic-2.6", "rsyslog-iso.log", temp.resolve("haproxy.log"));
        try (EmbeddedKafka kafka = new EmbeddedKafka(temp.resolve("broker"))) {
            kafka.start();
            List<String> access = List.of(
                    "--bootstrap-servers",
                    kafka.bootstrapServers(),
                    "--kafka-config",
                    BrokerCredential.clientSettings(temp.resolve("broker/kafka"))
                            .toString(),
                    "--topic-prefix",
                    PREFIX);
            CommandRunner session = new CommandRunner();
            assertThat(session.run(words(List.of("topics", "create"), access)))
                    .as(session.err())
                    .isZero();
            Path serving = temp.resolve("serve");
            start("serve", access, serving, "--http", "127.0.0.1:0");
            start("streams", access, temp.resolve("streams"));
            start("ingest", access, temp.resolve("ingest"), "--tail", log.toString());

            awaitAnswer("16 outages").until(() -> count(serving, "outages") == 16);
            assertThat(count(serving, "events")).isEqualTo(73);

            assertThat(session.run(words(List.of("note", "deploy", "--data", serving.toString()), access)))
                    .as(session.err())
                    .isZero();
            assertThat(count(serving, "changes where kind = 'note'")).isEqualTo(1);

            try (Admin admin = Admin.create(kafka.address().clientProperties())) {
                assertThat(admin.listTopics().names().get())
                        .contains(PREFIX + "haproxy.health.events.v1")
                        .allMatch(topic -> topic.startsWith(PREFIX));
                assertThat(admin.listGroups().all().get())
                        .extracting(GroupListing::groupId)
                        .containsExactly(PREFIX + "risefall");
                assertThat(admin.listTransactions().all().get())
                        .isNotEmpty()
                        .allMatch(transaction -> transaction.transactionalId().startsWith(PREFIX));
            }

            // In reverse, while Kafka is still there.
            java.util.Collections.reverse(parts);
            for (Part part : parts) {
                assertThat(part.stop()).isZero();
            }
        }
    }

    private static long count(Path data, String view) {
        CommandRunner session = new CommandRunner();
        int exitCode =
                session.run("query", "--data", data.toString(), "--format", "csv", "select count(*) as n from " + view);
        assertThat(exitCode).as(session.err()).isZero();
        return Long.parseLong(session.out().lines().skip(1).findFirst().orElseThrow());
    }

    private static String[] words(List<String> first, List<String> then) {
        return Stream.concat(first.stream(), then.stream()).toArray(String[]::new);
    }

    private void start(String command, List<String> access, Path data, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command, "--data", data.toString()));
        arguments.addAll(access);
        arguments.addAll(List.of(more));
        Part part = new Part(arguments);
        parts.add(part);
        part.thread.start();
        await(command)
                .atMost(LIMIT)
                .until(() -> part.exitCode.isDone() || part.err().contains("press Ctrl-C to stop"));
        assertThat(part.exitCode).as(part.err()).isNotDone();
    }

    /** One command in a thread. */
    private static final class Part {
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        private final Thread thread;

        Part(List<String> arguments) {
            Terminal terminal = new Terminal(
                    InputStream.nullInputStream(),
                    new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    false,
                    0);
            thread = new Thread(
                    () -> exitCode.complete(Cli.run(terminal, arguments.toArray(String[]::new))), arguments.get(0));
        }

        String err() {
            return err.toString(StandardCharsets.UTF_8);
        }

        int stop() throws Exception {
            thread.interrupt();
            return exitCode.get(180, TimeUnit.SECONDS);
        }
    }
}
