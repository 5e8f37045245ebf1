package io.risefall.query.warehouse.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.risefall.query.warehouse.Records;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.Golden;
import io.risefall.schemas.Topics;
import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.note.Note;
import io.risefall.schemas.state.Corrections;
import io.risefall.schemas.state.Evidence;
import io.risefall.schemas.state.Provenance;
import io.risefall.schemas.suite.Slow;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Days that are over are files, which say what the warehouse says, at whatever step a process was killed. */
@Slow
class DaySealerTest {
    /** A day of the records below; those of the golden logs are of others. */
    private static final LocalDate DAY = LocalDate.of(2026, 10, 1);

    private static final Instant NOW = Instant.parse("2027-02-01T12:00:00Z");

    @TempDir
    Path data;

    private Warehouse warehouse;
    private SealedFolder folder;
    private DaySealer sealer;

    @BeforeEach
    void fill() throws Exception {
        warehouse = Warehouses.open(data.resolve("warehouse.duckdb"), ZoneOffset.UTC);
        folder = new SealedFolder(data);
        sealer = new DaySealer(folder, warehouse.past());
        Records records = new Records(DAY.toString(), 0);
        long offset = 1000;
        for (String run : Golden.RUNS) {
            for (String line : Golden.lines(run, "events.jsonl")) {
                records.batch().add(Topics.EVENTS, 0, offset++, null, line.getBytes(StandardCharsets.UTF_8));
            }
        }
        Provenance because = Provenance.of(
                Evidence.of(Evidence.Role.OPENED, new LinePosition("file:/a.log", 7, 0), records.at("02:00:00")),
                Evidence.processBegan(records.at("01:00:00")));
        records.put(new Corrections("lb1", Duration.ofDays(7).toMillis(), 0, null))
                .state("app/srv1", "up", "2026-09-30T22:00:00Z", "10:00:00")
                .state("app/srv1", "down", "10:00:00", "23:59:59.999999")
                .state("app/srv1", "up", "23:59:59.999999", null)
                .state("app/srv2", "down", "11:00:00", "2026-10-02T00:00:00Z")
                .outage("web/s1", "02:00:00", "04:00:00", because)
                .outage("web/s1", "05:00:00", null, because)
                .backendOutage("app", "10:00:00", "11:00:00")
                .failures("lb1", "app/srv1", "10:00:00", CheckStatus.L4CON, 3, 1)
                .absence("lb1", "file:/a.log", "12:00:00", "12:10:00")
                .note(new Note(
                        Instant.parse("2026-10-01T13:00:00Z"),
                        "deploy 'ü' \u0001\n4.2",
                        null,
                        null,
                        null,
                        Instant.parse("2026-10-01T13:00:00Z")));
        warehouse.write(records.batch());
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void writesEveryRowOfEveryTableThatIsOver() throws Exception {
        sealAll();

        List<String> tables = new ArrayList<>();
        for (FactTable table : FactTables.v1().withDays()) {
            String over = table.day() == null
                    ? "record_key in (select record_key from store.outages where ended_at is not null)"
                    : "\"" + table.day() + "\" is not null";
            List<String> rows = Warehouses.table(warehouse, "from store." + table.table() + " where " + over);
            if (!rows.isEmpty()) {
                tables.add(table.table());
                assertThat(parquet("from read_parquet('" + folder.root().resolve(table.table())
                                + "/*/*.parquet', hive_partitioning = false)"))
                        .as(table.table())
                        .containsExactlyInAnyOrderElementsOf(rows);
            }
        }
        assertThat(tables)
                .contains("events", "states", "outages", "backend_outages", "rollups", "evidence", "absences", "notes");
        assertThat(Files.exists(folder.root().resolve("states/day=2026-10-01/rows.parquet")))
                .isTrue();
        assertThat(parquet("select column_name, column_type from (describe from read_parquet('"
                        + folder.root().resolve("states/day=2026-10-02/rows.parquet")
                        + "', hive_partitioning = false))"))
                .isEqualTo(FactTables.v1().of("states").columns().stream()
                        .map(column -> column.name() + ", " + column.type())
                        .toList());
        assertThat(Files.readString(folder.root().resolve("schema.json"))).isEqualTo(FactTables.description());
        for (SealedDay day : folder.days()) {
            assertThat(folder.problems(day)).isEmpty();
            assertThat(day.offsets()).containsKey("haproxy.health.events.v1-0");
        }
        assertThat(plan().due()).isEmpty();
        assertThat(folder.unfinished()).doesNotExist();
    }

    @Test
    void leavesADayThatLinesCanStillCorrect() throws Exception {
        seal(Duration.ofDays(1), Instant.parse("2026-10-09T23:59:59Z"));
        assertThat(folder.days()).isEmpty();
        seal(Duration.ofDays(1), Instant.parse("2026-10-10T00:00:00Z"));
        assertThat(folder.days()).extracting(SealedDay::day).containsExactly(DAY);
    }

    @Test
    void writesTheSameBytesOfTheSameRows() throws Exception {
        sealAll();
        Map<String, String> first = files();
        SealedFolder.delete(folder.root());
        sealAll();
        assertThat(files()).isEqualTo(first);
    }

    /** A server that printed nothing for weeks can still be corrected, and an import can bring old days of a new node. */
    @Test
    void writesADayAgainWhoseRowsHaveChanged() throws Exception {
        sealAll();
        Map<String, String> first = files();
        warehouse.write(new Records(DAY.toString(), 5000)
                .state("app/srv2", "down", "11:00:00", "14:00:00")
                .batch());

        assertThat(plan().due()).containsExactly(DAY, DAY.plusDays(1));
        sealAll();

        assertThat(parquet("select server, to_at from read_parquet('" + folder.root() + "/states/*/*.parquet')"
                        + " where server = 'srv2'"))
                .containsExactly("srv2, 2026-10-01T14:00Z");
        assertThat(folder.root().resolve("states/day=2026-10-02")).doesNotExist();
        Map<String, String> now = files();
        first.forEach((file, hash) -> {
            if (!file.contains("2026-10-0") && !file.startsWith("days")) {
                assertThat(now).containsEntry(file, hash);
            }
        });
    }

    @Test
    void goesOnFromEveryStepAtWhichItWasKilled() throws Exception {
        sealAll();
        Map<String, String> whole = files();

        // Rows are being written.
        Files.createDirectories(folder.unfinished().resolve("spill"));
        Files.writeString(folder.unfinished(FactTables.v1().of("states")), "PAR1 half");
        Files.delete(folder.manifest(DAY));
        assertThat(folder.days()).extracting(SealedDay::day).doesNotContain(DAY);
        sealAll();
        assertThat(files()).isEqualTo(whole);

        // The manifest is gone, and some files are of the new rows.
        Files.delete(folder.manifest(DAY));
        Files.delete(folder.root().resolve("states/day=2026-10-01/rows.parquet"));
        Files.copy(
                folder.root().resolve("states/day=2026-10-02/rows.parquet"),
                folder.root().resolve("backend_outages/day=2026-10-01/rows.parquet"),
                StandardCopyOption.REPLACE_EXISTING);
        sealAll();
        assertThat(files()).isEqualTo(whole);

        // All files are there, and no manifest.
        Files.delete(folder.manifest(DAY));
        sealAll();
        assertThat(files()).isEqualTo(whole);
    }

    @Test
    void namesAChangedFileAndWritesAMissingOneAgain() throws Exception {
        sealAll();
        Path states = folder.root().resolve("states/day=2026-10-01/rows.parquet");
        byte[] bytes = Files.readAllBytes(states);
        byte[] changed = bytes.clone();
        changed[changed.length / 2] ^= 1;
        Files.write(states, changed);
        assertThat(problems())
                .containsExactly(states + " is not as it was written; take it from a backup, or delete "
                        + folder.manifest(DAY) + ": the day is sealed again if the warehouse has it");

        Files.delete(states);
        assertThat(problems()).singleElement().asString().startsWith(states + " is missing; ");
        assertThat(plan().due()).containsExactly(DAY);
        sealAll();
        assertThat(states).hasBinaryContent(bytes);

        Files.writeString(folder.manifest(DAY), "{");
        assertThatThrownBy(folder::days)
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot read the manifest " + folder.manifest(DAY) + ": ")
                .hasMessageEndingWith(
                        "; take it from a backup, or delete it: the day is sealed again if the warehouse has it");
    }

    /** Kafka has the health lines of a week only: a warehouse that is made anew from it must not take sealed lines away. */
    @Test
    void refusesAManifestThatNamesWhatIsNotOfItsDay() throws Exception {
        sealAll();
        Path manifest = folder.manifest(DAY);
        String own = Files.readString(manifest);
        assertThat(own).contains("\"states/day=2026-10-01/rows.parquet\"");
        for (String other : List.of(
                own.replace("states/day=2026-10-01/rows.parquet", "/dev/zero"),
                own.replace("states/day=2026-10-01/rows.parquet", "../../warehouse.duckdb"),
                own.replace("states/day=2026-10-01/rows.parquet", "states/day=2026-10-02/rows.parquet"),
                own.replace("\"states\"", "\"none\""),
                own.replace("\"states\"", "null"),
                "null")) {
            Files.writeString(manifest, other);
            assertThatThrownBy(folder::days).isInstanceOf(IOException.class).hasMessageContaining(manifest.toString());
        }
        Files.writeString(manifest, own);
        assertThat(folder.days()).isNotEmpty();
    }

    @Test
    void keepsTheFilesOfADayOfWhichTheWarehouseHasLostLines() throws Exception {
        sealAll();
        Map<String, String> whole = files();
        long days = folder.days().stream()
                .filter(day -> day.of(FactTables.v1().of("events")).isPresent())
                .count();
        warehouse.close();
        Files.delete(data.resolve("warehouse.duckdb"));
        warehouse = Warehouses.open(data.resolve("warehouse.duckdb"), ZoneOffset.UTC);
        warehouse.write(new Records(DAY.toString(), 0)
                .put(new Corrections("lb1", Duration.ofDays(7).toMillis(), 0, null))
                .batch());

        assertThat(seal(Duration.ofDays(35), NOW).kept()).isEqualTo(days).isPositive();
        Map<String, String> now = files();
        whole.keySet().removeIf(file -> !file.startsWith("events/"));
        assertThat(now).containsAllEntriesOf(whole);
    }

    @Test
    void doesNotWriteAgainWhatWasDeletedForItsAge() throws Exception {
        sealAll();
        FactTable states = FactTables.v1().of("states");
        Path files = folder.root().resolve("states/day=2026-10-01");

        assertThat(folder.delete(states, DAY)).isZero();
        assertThat(files).exists();
        assertThat(folder.delete(states, DAY.plusDays(1))).isOne();
        assertThat(files).doesNotExist();
        assertThat(plan().due()).isEmpty();

        // Killed between the manifest and the file.
        Files.createDirectories(files);
        Files.writeString(files.resolve("rows.parquet"), "");
        assertThat(folder.delete(states, DAY.plusDays(1))).isZero();
        assertThat(files).doesNotExist();

        // Other rows of the day change.
        warehouse.write(new Records(DAY.toString(), 5000)
                .backendOutage("app", "10:00:00", "11:30:00")
                .batch());
        sealAll();
        assertThat(files).doesNotExist();
        assertThat(folder.day(DAY).orElseThrow().deleted()).containsExactly("states");
        assertThat(problems()).isEmpty();

        // Killed while its files are replaced: no file counts, and what was deleted is known.
        SealedDay now = folder.day(DAY).orElseThrow();
        folder.write(
                now.until(new SealedDay(now.version(), DAY, now.writtenAt(), now.offsets(), List.of(), now.deleted())));
        assertThat(plan().due()).containsExactly(DAY);
        sealAll();
        assertThat(files).doesNotExist();
        assertThat(folder.day(DAY).orElseThrow().files()).isNotEmpty();
        assertThat(problems()).isEmpty();
    }

    /** The warehouse keeps signs of life for some weeks only. */
    @Test
    void keepsTheFileOfSignsThatTheWarehouseHasForgotten() throws Exception {
        try (Connection connection = warehouse.read();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into store.signs values ('lb1', 'file:/a.log', 7, '2026-10-01 10:00:00+00', 3, 3,"
                    + " '2026-10-01 10:00:00+00', '2026-10-01 10:01:00+00')");
            sealAll();
            statement.execute("delete from store.signs");
        }
        assertThat(plan().due()).isEmpty();
        assertThat(plan().kept()).isEmpty();
        warehouse.write(new Records(DAY.toString(), 5000)
                .backendOutage("app", "10:00:00", "11:30:00")
                .batch());
        sealAll();
        assertThat(folder.root().resolve("signs/day=2026-10-01/rows.parquet")).exists();
        assertThat(folder.day(DAY).orElseThrow().of(FactTables.v1().of("signs")))
                .isPresent();
        assertThat(problems()).isEmpty();
    }

    @Test
    void sealsTheDaysAfterOneThatCannotBeSealed() throws Exception {
        Path inTheWay = folder.root().resolve("states/day=" + DAY);
        Files.createDirectories(inTheWay.getParent());
        Files.writeString(inTheWay, "a file where a folder is to be");
        assertThat(seal(Duration.ofDays(35), NOW).failures()).isOne();
        assertThat(folder.days())
                .extracting(SealedDay::day)
                .contains(DAY.plusDays(1))
                .doesNotContain(DAY);
        Files.delete(inTheWay);
        sealAll();
        assertThat(folder.days()).extracting(SealedDay::day).contains(DAY);
    }

    /** As with {@code sudo risefall retention --delete}. */
    @Test
    void whatRootWritesBelongsToTheServicesUser() throws Exception {
        Path file = Files.writeString(data.resolve("lock"), "");
        assumeTrue(Integer.valueOf(0).equals(Files.getAttribute(file, "unix:uid")), "needs root");
        sealAll();
        Path days = folder.manifest(DAY).getParent();
        Files.setAttribute(days, "unix:uid", 54321);
        Files.setAttribute(days, "unix:gid", 54321);
        assertThat(folder.delete(FactTables.v1().of("states"), DAY.plusDays(1))).isOne();
        assertThat(Files.getAttribute(folder.manifest(DAY), "unix:uid")).isEqualTo(54321);
        assertThat(Files.getAttribute(folder.manifest(DAY), "unix:gid")).isEqualTo(54321);
    }

    private DaySealer.Plan plan() throws SQLException, IOException {
        try (Connection connection = warehouse.read()) {
            return sealer.plan(connection, LocalDate.ofInstant(NOW, ZoneOffset.UTC));
        }
    }

    private void sealAll() throws Exception {
        assertThat(seal(Duration.ofDays(35), NOW).written()).isPositive();
    }

    private SealingCounts seal(Duration after, Instant now) throws Exception {
        try (Sealing sealing = new Sealing(
                data,
                new SealingAges(after, null),
                warehouse.past(),
                warehouse::read,
                () -> null,
                Clock.fixed(now, ZoneOffset.UTC))) {
            sealing.sealDue();
            return sealing.counts();
        }
    }

    private List<String> problems() throws IOException {
        List<String> problems = new ArrayList<>();
        for (SealedDay day : folder.days()) {
            problems.addAll(folder.problems(day));
        }
        return problems;
    }

    /** All sealed files and their hashes; of manifests only that they are there, as they say when they were written. */
    private Map<String, String> files() throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder.root())) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = folder.root().relativize(file).toString();
                files.put(name, name.startsWith("days") ? "" : SealedFolder.sha256(file));
            }
        }
        return files;
    }

    /** As another engine reads them. */
    private static List<String> parquet(String sql) throws SQLException {
        try (Connection other = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = other.createStatement()) {
            statement.execute("set TimeZone = 'UTC'");
            return Warehouses.table(other, sql);
        }
    }
}
