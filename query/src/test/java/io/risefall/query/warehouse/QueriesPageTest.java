package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.note.Note;
import io.risefall.schemas.state.Outage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every query of docs/queries.md can be asked as a user does, and has an answer where there is something to tell. */
class QueriesPageTest {
    private static final Path PAGE = Path.of("../docs/queries.md");
    private static final ServerName S1 = new ServerName("web", "s1");
    private static final CheckReason STATUS = new CheckReason(CheckStatus.L7STS, 503, "Service Unavailable", 80L);

    @TempDir
    Path folder;

    /** The queries ask for today and this week: so are the times. */
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    @Test
    void everyQuestionHasAnAnswer() throws Exception {
        List<MatchResult> questions = Pattern.compile("(?s)### (\\d+)\\. ([^\n]*)\n\n```sql\n(.*?)```")
                .matcher(Files.readString(PAGE))
                .results()
                .toList();
        assertThat(questions).hasSizeGreaterThanOrEqualTo(25);
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC)) {
            warehouse.write(troubled().batch());
            SqlSandbox sandbox = new SqlSandbox(warehouse::read, Duration.ofSeconds(30));
            int number = 0;
            for (MatchResult question : questions) {
                assertThat(question.group(1)).isEqualTo(String.valueOf(++number));
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                sandbox.query(question.group(3), ResultFormat.CSV, out);
                assertThat(out.toString(StandardCharsets.UTF_8).lines().count())
                        .as(question.group(1) + " " + question.group(2))
                        .isGreaterThan(1);
            }
        }
    }

    /** Half an hour ago, but of today: one of the questions is of this week. */
    private String down() {
        Instant today = now.truncatedTo(ChronoUnit.DAYS);
        return (at("PT30M").isBefore(today) ? today : at("PT30M")).toString();
    }

    private Records troubled() {
        Records records = new Records(LocalDate.ofInstant(now, ZoneOffset.UTC).toString(), 0)
                .state("web/s1", "up", ago("P30D"), down())
                .state("web/s1", "down", down(), null)
                .state("web/s2", "up", ago("P30D"), ago("P3D"))
                .state("web/s2", "maint", ago("P3D"), null)
                .state("web/s3", "up", ago("P30D"), null)
                .state("lb2", "web/s1", Health.UP, ago("P30D"), null)
                .outage("web/s1", down(), null, null, "L7STS", null)
                .put(new Outage(
                        "lb1",
                        S1,
                        false,
                        at("PT10H"),
                        at("PT9H"),
                        Outage.EndedBy.UP,
                        STATUS,
                        null,
                        null,
                        false,
                        false,
                        at("PT10H").minusSeconds(4),
                        false,
                        false,
                        1L))
                .backendOutage("web", down(), null)
                .line("lb1", 1L, ago("P2D"), said(Transition.UP))
                .line("lb1", 2L, ago("PT33M"), said(Transition.UP))
                .line("lb1", 2L, down(), said(Transition.DOWN))
                .note(new Note(Instant.parse(down()).minusSeconds(300), "deploy 4.2", null, "web", null, now))
                .flapping("web/s1", ago("PT40M"), now.plusSeconds(3600).toString(), 5, 3000)
                .failures("lb1", "web/s1", minute("PT0S"), CheckStatus.L7STS, 9, 1)
                .check("lb1", "web/s3", ago("P3D"), 1, false, true, 3, 3, "up", 10)
                .check("lb1", "web/s3", ago("PT20M"), 2, false, false, 2, 3, "up", 90)
                .check("lb1", "web/s3", ago("PT19M"), 2, false, true, 3, 3, "up", 50)
                .readUntil(now.toString())
                .readUntil("lb2", now.toString());
        for (String age : List.of("P7D", "P14D", "P21D")) {
            records.failures("lb1", "web/s1", minute(age), CheckStatus.L4CON, 3, 0);
        }
        return records;
    }

    private Instant at(String age) {
        return now.minus(Duration.parse(age));
    }

    private String ago(String age) {
        return at(age).toString();
    }

    private String minute(String age) {
        return at(age).truncatedTo(ChronoUnit.MINUTES).toString();
    }

    private static ServerSwitch said(Transition transition) {
        return new ServerSwitch(S1, false, transition, null, null, null, null, null, null, null, null, false, null);
    }
}
