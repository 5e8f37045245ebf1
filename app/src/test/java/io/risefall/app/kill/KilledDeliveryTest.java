package io.risefall.app.kill;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.app.data.DataDirectory;
import io.risefall.app.driver.SupervisedPart;
import io.risefall.app.kill.HangingReceiver.Request;
import io.risefall.query.alert.delivery.StoredOutbox;
import io.risefall.query.alert.model.AlertMessage;
import io.risefall.query.alert.model.AlertProblem;
import io.risefall.query.alert.model.AlertSeverity;
import io.risefall.query.alert.model.AlertTransition;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.schemas.suite.RealParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alerts and a report on their way to a real receiver while the process that sends them is killed: what was recorded as acknowledged is
 * not sent again, what was taken and not recorded comes again with its id, and nothing is forgotten.
 */
@RealParts
@Timeout(600)
class KilledDeliveryTest {
    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final int MESSAGES = 20;
    /** As many as are sent to a channel at a time, twice. */
    private static final Set<String> HANGS = Set.of("a06-1", "a07-1", "a13-1", "a14-1");

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path temp;

    private SupervisedPart run;

    @Test
    void nothingIsForgottenAndWhatIsRecordedIsNotSentAgain() throws Exception {
        try (HangingReceiver receiver = new HangingReceiver(HANGS)) {
            run = new SupervisedPart(
                    "run",
                    temp,
                    "run",
                    "--zone",
                    "UTC",
                    "--http",
                    "127.0.0.1:0",
                    "--syslog-udp",
                    "127.0.0.1:0",
                    "--config",
                    config(receiver.url()).toString());
            fill();
            run.start();
            try {
                awaitHanging(receiver, 2);
                awaitSent(5);
                // Only the process that sends; it is started again.
                ProcessHandle.of(sender()).orElseThrow().destroyForcibly();
                awaitHanging(receiver, 4);
                awaitSent(12);
                killAll();
                run.start();
                awaitSent(MESSAGES);
                awaitAnswer("the report")
                        .atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(run.ask(
                                        "select transition, state from notifications where transition = 'report'"))
                                .isEqualTo("transition,state\nreport,sent\n"));
            } finally {
                run.stop();
            }
            Map<String, List<Request>> byId = receiver.requests.stream().collect(Collectors.groupingBy(Request::id));
            assertThat(byId.keySet())
                    .hasSize(MESSAGES + 1)
                    .containsAll(ids())
                    .anyMatch(id -> id.startsWith("report-day+UTC-"));
            byId.forEach((id, requests) -> {
                assertThat(requests).as(id).hasSize(HANGS.contains(id) ? 2 : 1);
                assertThat(requests.stream().map(Request::body).distinct())
                        .as(id)
                        .hasSize(1);
            });
        }
    }

    private Path config(String url) throws IOException {
        return Files.writeString(temp.resolve("risefall.yaml"), """
                channels:
                  hook: {kind: webhook, url: "%s", timeout: 300s}
                routes:
                  - {name: all, channels: hook}
                schedule:
                  - {report: day, at: "00:00 UTC", to: hook}
                """.formatted(url));
    }

    /** What was decided before it ran: alerts, and that a report has been wanted since yesterday noon. */
    private void fill() throws Exception {
        DataDirectory data = new DataDirectory(run.data(), "risefall");
        Files.createDirectories(data.path());
        Instant noon = LocalDate.now(ZoneOffset.UTC).minusDays(1).atTime(12, 0).toInstant(ZoneOffset.UTC);
        try (Warehouse warehouse = Warehouse.open(data.warehouse(), ZoneOffset.UTC);
                Connection connection = warehouse.read();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into store.schedules values ('day UTC', 'hook', '" + noon + "')");
            Instant now = Instant.now();
            for (int i = 0; i < MESSAGES; i++) {
                new StoredOutbox().add(connection, message(ids().get(i).substring(0, 3), now.plusMillis(i)));
            }
        }
    }

    private static List<String> ids() {
        return IntStream.rangeClosed(1, MESSAGES).mapToObj("a%02d-1"::formatted).toList();
    }

    private static AlertMessage message(String alert, Instant at) {
        return new AlertMessage(
                alert,
                1,
                AlertTransition.OPENED,
                AlertProblem.NODE_SILENT,
                AlertSeverity.CRITICAL,
                false,
                at,
                at,
                null,
                "node " + alert + " is silent",
                List.of(),
                List.of(),
                List.of(alert),
                null,
                List.of(),
                null,
                null,
                null,
                List.of(),
                "/");
    }

    private void awaitHanging(HangingReceiver receiver, int count) {
        await("requests without an answer")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(receiver.hanging).hasSize(count));
    }

    private void awaitSent(int count) {
        awaitAnswer("recorded as sent")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                run.ask(
                                        "select count(*) as sent from notifications where state = 'sent' and transition = 'opened'"))
                        .isEqualTo("sent\n" + count + "\n"));
    }

    /** Both processes, at once. */
    private void killAll() throws Exception {
        ProcessHandle process = run.process().orElseThrow();
        List<ProcessHandle> tree = Stream.concat(
                        Stream.of(ProcessHandle.of(sender()).orElseThrow()), process.descendants())
                .toList();
        tree.forEach(ProcessHandle::destroyForcibly);
        run.kill();
        for (ProcessHandle one : tree) {
            one.onExit().get();
        }
    }

    private long sender() throws IOException {
        return new ObjectMapper()
                .readTree(run.data().resolve("service.json").toFile())
                .get("pid")
                .asLong();
    }
}
