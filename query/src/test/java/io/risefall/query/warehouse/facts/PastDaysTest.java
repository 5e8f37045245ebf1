package io.risefall.query.warehouse.facts;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.report.Reports;
import io.risefall.query.report.period.CalendarPeriod;
import io.risefall.query.report.period.CalendarUnit;
import io.risefall.query.report.period.PeriodHtml;
import io.risefall.query.report.period.PeriodReports;
import io.risefall.query.report.period.PeriodRequest;
import io.risefall.query.report.render.ReportFormat;
import io.risefall.query.sql.SqlTransaction;
import io.risefall.query.warehouse.Records;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Golden;
import io.risefall.schemas.Topics;
import io.risefall.schemas.state.Corrections;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A warehouse whose days have left says what one says that has all rows: both get the same records, on five days the runs of the corpus,
 * then a day by hand.
 */
@Slow
class PastDaysTest {
    private static final LocalDate RECORDED = LocalDate.of(2026, 11, 23);
    private static final LocalDate FIRST = RECORDED.minusDays(4);
    private static final LocalDate LAST = RECORDED.plusDays(1);
    private static final Instant NOW = Instant.parse("2026-12-10T12:00:00Z");
    private static final Pattern MICROS = Pattern.compile("/(\\d{16})(?=\\t)");

    /** Sums of numbers that are not whole depend on the order of the rows there. */
    private static final Pattern LAST_DIGITS = Pattern.compile("(\\.\\d{9})\\d+");

    @TempDir
    Path folder;

    private Path file;
    private Warehouse whole;
    private Warehouse parted;
    private SealedFolder sealed;

    @BeforeEach
    void fill() throws Exception {
        file = Files.createDirectory(folder.resolve("parted")).resolve("warehouse.duckdb");
        sealed = new SealedFolder(file.getParent());
        whole = Warehouses.open(folder.resolve("whole.duckdb"), ZoneOffset.UTC);
        parted = Warehouse.open(file, ZoneOffset.UTC, null, true);
        Batch batch = new Batch();
        long offset = 0;
        for (int i = 0; i < Golden.RUNS.size(); i++) {
            for (String line : lines(i, "events.jsonl")) {
                batch.add(Topics.EVENTS, 0, offset++, null, bytes(line));
            }
            for (String line : lines(i, "states.jsonl")) {
                String[] parts = line.split("\t", 3);
                batch.add(Topics.valueOf(parts[0]), 0, offset++, bytes(parts[1]), bytes(parts[2]));
            }
        }
        both(batch);
        both(new Records(LAST.toString(), 100_000)
                .put(new Corrections("lb1", Duration.ofHours(20).toMillis(), 0, null))
                .state("app/srv1", "up", "2026-11-19T22:00:00Z", "10:00:00")
                .state("app/srv1", "down", "10:00:00", null)
                .backendOutage("app", "10:00:00", "11:00:00")
                .batch());
        leave();
    }

    /** A run, with its own source, some days before it was recorded. */
    private static List<String> lines(int run, String name) throws IOException {
        LocalDate day = FIRST.plusDays(run);
        long micros = Duration.ofDays(run - 4L).toSeconds() * 1_000_000;
        return Golden.lines(Golden.RUNS.get(run), name).stream()
                .map(line -> line.replace(RECORDED.toString(), day.toString())
                        .replace("file:/var/log/haproxy.log", "file:/var/log/" + Golden.RUNS.get(run) + ".log"))
                .map(line -> MICROS.matcher(line).replaceFirst(key -> "/" + (Long.parseLong(key.group(1)) + micros)))
                .toList();
    }

    @AfterEach
    void close() {
        whole.close();
        parted.close();
    }

    @Test
    void saysTheSameOfDaysThatHaveLeft() throws Exception {
        assertThat(recent("select distinct \"at\"::date from store.recent_events order by all"))
                .containsExactly("2026-11-22", "2026-11-23");
        assertSameAnswers();

        // Whoever opens it reads them, and whoever deletes the second file has it made again.
        reopen(false);
        assertSameRows();
        parted.close();
        Files.delete(file.resolveSibling(PastDays.FILE));
        parted = Warehouse.open(file, ZoneOffset.UTC);
        assertSameRows();

        parted.close();
        Files.writeString(file.resolveSibling(PastDays.FILE), "not a database");
        parted = Warehouse.open(file, ZoneOffset.UTC);
        assertSameRows();
        assertThat(parted.past().problems()).isEmpty();
    }

    @Test
    void aLaterRecordWinsAndAWithdrawnOneStaysAway() throws Exception {
        List<String> outages = outages(0);
        both(changes(outages, 200_000));
        assertThat(left()).doesNotContain(FIRST.toString()).contains("2026-11-20");
        assertSameRows();

        leave();
        assertThat(left()).contains(FIRST.toString());
        assertSameRows();
        parted.close();
        Files.delete(file.resolveSibling(PastDays.FILE));
        parted = Warehouse.open(file, ZoneOffset.UTC);
        assertSameRows();
    }

    @Test
    void aKillBetweenTheStepsLosesAndDoublesNothing() throws Exception {
        try (Connection connection = parted.read()) {
            parted.past().bringBack(connection, FIRST);
            assertSameRows();
            SealedDay day = sealed.day(FIRST).orElseThrow();
            SqlTransaction.run(connection, new LeavingDay(connection, day)::copy);
            assertSameRows();
        }
        reopen(true);
        assertSameRows();
        leave();
        assertThat(left()).contains(FIRST.toString());
        assertSameRows();
    }

    @Test
    void aDamagedFileIsToldAndWhatIsWrittenMeanwhileWins() throws Exception {
        parted.close();
        Files.delete(file.resolveSibling(PastDays.FILE));
        Path outages = sealed.root().resolve("outages/day=" + FIRST + "/rows.parquet");
        byte[] bytes = Files.readAllBytes(outages);
        Files.writeString(outages, "PAR1");
        parted = Warehouse.open(file, ZoneOffset.UTC, null, true);
        assertThat(parted.past().problems())
                .singleElement()
                .asString()
                .startsWith(outages + " is not as it was written; ");
        assertThat(report(parted, FIRST))
                .contains("Of 1 day (2026-11-19 UTC) the outages cannot be read: their files are missing or damaged");
        both(changes(outages(0), 200_000));
        leave();
        assertThat(parted.past().problems()).singleElement().asString().startsWith(outages + " is missing, or is not ");
        assertThat(outages).hasContent("PAR1");

        Files.write(outages, bytes);
        reopen(true);
        assertThat(parted.past().problems()).isEmpty();
        assertSameRows();
        leave();
        assertThat(left()).contains(FIRST.toString());
        assertSameRows();
    }

    @Test
    void whatIsDeletedForItsAgeLeavesTheAnswersAndReportsSaySo() throws Exception {
        assertThat(sealed.delete(FactTables.v1().of("events"), FIRST.plusDays(1)))
                .isOne();
        leave();
        assertThat(recent("select count(*) from events where \"at\"::date = '2026-11-19'"))
                .containsExactly("0");
        assertThat(recent("select count(*) > 0 from outages where started_at::date = '2026-11-19'"))
                .containsExactly("true");
        assertThat(report(parted, FIRST))
                .contains("Of 1 day (2026-11-19 UTC) the events were deleted for their age (risefall retention)");
        reopen(true);
        assertThat(recent("select count(*) from events where \"at\"::date = '2026-11-19'"))
                .containsExactly("0");
    }

    /** What an upgrade changes it changes of all rows. */
    @Test
    void allRowsComeBackForAnUpgrade() throws Exception {
        try (Connection connection = parted.read();
                Statement statement = connection.createStatement()) {
            statement.execute("update store.version set version = version - 1");
        }
        reopen(false);
        assertThat(recent("select count(*) from store.left_days")).containsExactly("0");
        assertSameRows();
        reopen(true);
        leave();
        assertThat(left()).contains(FIRST.toString());
        assertSameRows();
    }

    private static List<String> outages(int run) throws IOException {
        return lines(run, "states.jsonl").stream()
                .filter(line -> line.contains("/outage/") && line.contains("endedAt"))
                .toList();
    }

    /** The first is another one, the second is taken back, and a line comes late. */
    private static Batch changes(List<String> outages, long offset) throws IOException {
        Batch batch = new Batch();
        String[] first = outages.get(0).split("\t", 3);
        assertThat(first[2]).contains("\"joined\":true");
        batch.add(
                Topics.STATES,
                0,
                offset,
                bytes(first[1]),
                bytes(first[2].replace("\"joined\":true", "\"joined\":false")));
        batch.add(Topics.STATES, 0, offset + 1, bytes(outages.get(1).split("\t", 3)[1]), null);
        String late = lines(0, "events.jsonl").get(5).replaceFirst("\"position\":\\d+", "\"position\":999999");
        batch.add(Topics.EVENTS, 0, offset + 2, null, bytes(late));
        return batch;
    }

    private void both(Batch batch) {
        whole.write(batch);
        parted.write(batch);
    }

    private void reopen(boolean leaving) {
        parted.close();
        parted = Warehouse.open(file, ZoneOffset.UTC, null, leaving);
    }

    /** As by the hour. */
    private void leave() throws Exception {
        try (Sealing sealing = new Sealing(
                file.getParent(),
                new SealingAges(Duration.ofDays(15), Duration.ofDays(17)),
                parted.past(),
                parted::read,
                () -> null,
                Clock.fixed(NOW, ZoneOffset.UTC))) {
            sealing.sealDue();
            assertThat(sealing.counts().failures()).isZero();
        }
    }

    private List<String> left() throws SQLException {
        return recent("select distinct day from store.left_days where state = 'left'");
    }

    private List<String> recent(String sql) throws SQLException {
        return Warehouses.table(parted, sql);
    }

    private void assertSameAnswers() throws Exception {
        Map<String, List<String>> found = answers(parted);
        answers(whole)
                .forEach((what, rows) -> assertThat(found.get(what)).as(what).isEqualTo(rows));
    }

    /** All facts, also those that are worked out of others: the views are made of nothing else. */
    private void assertSameRows() throws Exception {
        for (FactTable table : FactTables.v1().withDays()) {
            String rows = "from store." + table.table() + " order by all";
            assertThat(recent(rows)).as(table.table()).isEqualTo(Warehouses.table(whole, rows));
        }
    }

    /** All views, and some reports. */
    private static Map<String, List<String>> answers(Warehouse warehouse) throws Exception {
        Map<String, List<String>> answers = new TreeMap<>();
        try (Connection connection = warehouse.read()) {
            for (String view : Warehouses.table(
                    connection, "select view_name from duckdb_views() where not internal and schema_name = 'main'")) {
                answers.put(
                        view,
                        Warehouses.table(connection, "select * from " + view + " order by all").stream()
                                .map(row -> LAST_DIGITS.matcher(row).replaceAll("$1"))
                                .toList());
            }
        }
        assertThat(answers).containsKeys("events", "outages", "incidents").hasSizeGreaterThan(40);
        for (LocalDate day : List.of(FIRST, FIRST.plusDays(2), RECORDED)) {
            answers.put("report of " + day, report(warehouse, day).lines().toList());
        }
        answers.put("report of the month", month(warehouse).lines().toList());
        return answers;
    }

    private static String report(Warehouse warehouse, LocalDate day) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Connection connection = warehouse.read()) {
            Reports.day(connection, day, ZoneId.of("UTC"), null, ReportFormat.JSON, NOW, out);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String month(Warehouse warehouse) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Connection connection = warehouse.read()) {
            CalendarPeriod month = CalendarPeriod.of(CalendarUnit.MONTH, FIRST);
            PeriodHtml.write(
                    PeriodReports.of(
                            connection, new PeriodRequest(month, ZoneId.of("Europe/Berlin"), null, null, null), NOW),
                    null,
                    out);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
