package io.risefall.app.endtoend;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each command of the table of everyday questions is asked as it stands there, over a log that ends now, and answers its question. */
@RealParts
class EverydayQuestionsTest {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (.+) \\| `risefall (.+)` \\|$");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    private static final int CRITICAL = 2;
    private static final String OPEN = " where ended_at is null";

    private static final String ID_ON_THE_PAGE = "5ddb82ea21cb";

    /** What the answer has to say, by how the question begins. */
    private static final Map<String, List<String>> ANSWERS = Map.ofEntries(
            Map.entry("Is it fixed", List.of("CRITICAL", "web/srv1")),
            Map.entry(
                    "Is anything down now",
                    List.of("web/srv1 is down: ", "web/srv1 on lb1", "Connection refused", "down since")),
            Map.entry("Which server flapped most", List.of("web", "srv1", "L4CON")),
            Map.entry("What changed since yesterday", List.of("deploy 4.2", "db/spare", "maintenance")),
            Map.entry("What is different from last week", List.of("web/srv1", "new")),
            Map.entry("How long was a backend without a server", List.of("web", "without a server")),
            Map.entry("How available was each backend", List.of("Europe/Berlin", "web")),
            Map.entry("How much of this month's error budget", List.of("web", "srv1", "99.9")),
            Map.entry("Who is in maintenance", List.of("db", "spare", "maint")),
            Map.entry("Did all load balancers see it", List.of("web", "srv1", "lb1")),
            Map.entry("What would `fall 5` have changed", List.of("fall 5", "web/srv1")),
            Map.entry("What keeps failing at 02:00", List.of("srv1", "L4CON")),
            Map.entry("Which check is slow", List.of("srv2", "2500")),
            Map.entry("Everything about an outage", List.of("web/srv1", "Connection refused", "deploy 4.2")),
            Map.entry("Give it to me as CSV", List.of("outage_id,node,proxy,server", ",lb1,web,srv1,")),
            Map.entry("Give it to me as JSON", List.of("\"web\"")),
            Map.entry("Give it to me as Parquet", List.of("")));

    @TempDir
    Path folder;

    private final CommandRunner risefall = new CommandRunner();
    private final List<String> lines = new ArrayList<>();

    @Test
    void eachIsAnswered() throws Exception {
        Path data = folder.resolve("data");
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        writeLog(now);
        Path log = Files.write(folder.resolve("haproxy.log"), lines);
        try (RunningRisefall running = RunningRisefall.start(data, "--zone", "UTC", "--tail", log.toString())) {
            awaitAnswer("the outages")
                    .until(() -> outages(running, "").size() == 4
                            && outages(running, OPEN).size() == 1);
            running.must(
                    "note",
                    "deploy 4.2",
                    "--at",
                    now.minus(Duration.ofMinutes(6)).toString());
            askAll(data, running);
        }
    }

    private void askAll(Path data, RunningRisefall running) throws Exception {
        String id = outages(running, OPEN).get(0);
        Map<String, String> questions = questions();
        assertThat(questions).hasSameSizeAs(ANSWERS);
        SoftAssertions answers = new SoftAssertions();
        questions.forEach((question, command) -> {
            List<String> expected = ANSWERS.entrySet().stream()
                    .filter(answer -> question.startsWith(answer.getKey()))
                    .findFirst()
                    .orElseThrow()
                    .getValue();
            List<String> arguments = words(command.replace(ID_ON_THE_PAGE, id)
                    .replace(
                            "outages.parquet", folder.resolve("outages.parquet").toString()));
            arguments.addAll(1, List.of("--data", data.toString()));
            int exitCode = risefall.run(arguments.toArray(String[]::new));
            answers.assertThat(exitCode)
                    .as("%s%n%s", command, risefall.err())
                    .isEqualTo(command.startsWith("verify") ? CRITICAL : 0);
            answers.assertThat(risefall.out()).as(command).contains(expected.toArray(String[]::new));
        });
        answers.assertAll();
        assertThat(folder.resolve("outages.parquet")).isNotEmptyFile();
    }

    private static List<String> outages(RunningRisefall running, String which) {
        return running.must("query", "select outage_id from outages" + which, "--format", "csv")
                .lines()
                .skip(1)
                .toList();
    }

    private static Map<String, String> questions() throws Exception {
        Map<String, String> questions = new LinkedHashMap<>();
        ROW.matcher(Files.readString(Path.of("../docs/queries.md")))
                .results()
                .forEach(row -> questions.put(row.group(1), row.group(2)));
        return questions;
    }

    private static List<String> words(String command) {
        return new ArrayList<>(
                WORD.matcher(command).results().map(EverydayQuestionsTest::word).toList());
    }

    private static String word(MatchResult found) {
        return found.group(1) == null ? found.group(2) : found.group(1);
    }

    /** Three nights in which a server fails at two o'clock, one that is down now, one in maintenance, and a slow one. */
    private void writeLog(Instant now) {
        // Long enough ago that there is a week before this one.
        line(
                now.minus(Duration.ofDays(20)),
                "Server web/srv1 is UP. 2 active and 0 backup servers online. 0 sessions requeued, 0 total "
                        + "in queue.");
        Instant midnight = now.truncatedTo(ChronoUnit.DAYS);
        for (int night = 3; night >= 1; night--) {
            Instant two = midnight.minus(Duration.ofDays(night)).plus(Duration.ofHours(2));
            fails(two);
            passes(two.plusSeconds(300));
        }
        line(
                now.minus(Duration.ofHours(20)),
                "Server db/spare is going DOWN for maintenance. 1 active and 0 backup servers left. "
                        + "0 sessions active, 0 requeued, 0 remaining in queue.");
        line(
                now.minus(Duration.ofMinutes(30)),
                "Health check for server web/srv2 succeeded, reason: Layer7 check passed, code: 200, "
                        + "check duration: 2500ms, status: 3/3 UP.");
        fails(now.minus(Duration.ofMinutes(5)));
    }

    private void fails(Instant at) {
        String failed =
                "Health check for server web/srv1 failed, reason: Layer4 connection problem, info: \"Connection refused\", "
                        + "check duration: 0ms, status: ";
        line(at, failed + "2/3 UP.");
        line(at.plusSeconds(2), failed + "1/3 UP.");
        line(at.plusSeconds(4), failed + "0/2 DOWN.");
        line(
                at.plusSeconds(4),
                "Server web/srv1 is DOWN. 1 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 remaining "
                        + "in queue.");
    }

    private void passes(Instant at) {
        String passed =
                "Health check for server web/srv1 succeeded, reason: Layer7 check passed, code: 200, check duration: 3ms, status: ";
        line(at, passed + "1/2 DOWN.");
        line(at.plusSeconds(2), passed + "3/3 UP.");
        line(
                at.plusSeconds(2),
                "Server web/srv1 is UP. 2 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.");
    }

    private void line(Instant at, String message) {
        lines.add(at + " lb1 haproxy[7]: " + message);
    }
}
