package io.risefall.query.postmortem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.sql.QueryException;
import io.risefall.query.warehouse.Records;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ServerCounts;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.schemas.note.Note;
import io.risefall.schemas.state.Outage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two servers refuse connections after a deployment, and the backend is empty for a minute; a second node sees less of it. */
class PostmortemTest {
    private static final Path GOLDENS = Path.of("src/test/resources/io/risefall/query/postmortem");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final CheckReason REFUSED = new CheckReason(CheckStatus.L4CON, null, "Connection refused", 0L);

    @TempDir
    static Path folder;

    private static Warehouse warehouse;

    @BeforeAll
    static void fill() {
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), BERLIN);
        Records records = new Records("2026-03-02", 0)
                .line("lb1", 1L, "09:00:00", said("web/s3", Transition.UP, null, 3))
                .line("lb1", 1L, "09:55:00", said("web/s3", Transition.MAINTENANCE, null, 2))
                .note(new Note(
                        Instant.parse("2026-03-02T09:58:00Z"),
                        "deploy | <4.2>",
                        null,
                        "web",
                        null,
                        Instant.parse("2026-03-02T09:58:00Z")))
                .line("lb1", 1L, "10:00:00", said("web/s1", Transition.DOWN, REFUSED, 1))
                .line("lb1", 1L, "10:00:05", said("web/s2", Transition.DOWN, REFUSED, 0))
                .line("lb1", 1L, "10:01:05", said("web/s2", Transition.UP, null, 1))
                .line("lb1", 1L, "10:02:00", said("web/s1", Transition.UP, null, 2))
                .put(outage("web/s1", "10:00:00", "10:02:00", "09:59:56", "10:01:58", false))
                .put(outage("web/s2", "10:00:05", "10:01:05", "10:00:01", "10:01:03", true))
                .backendOutage("web", "10:00:05", "10:01:05")
                .state("web/s1", "up", "09:00:00", "10:00:00")
                .state("web/s1", "down", "10:00:00", "10:02:00")
                .state("web/s1", "up", "10:02:00", null)
                .state("web/s2", "up", "09:00:00", "10:00:05")
                .state("web/s2", "down", "10:00:05", "10:01:05")
                .state("web/s2", "up", "10:01:05", null)
                .state("web/s3", "up", "09:00:00", "09:55:00")
                .state("web/s3", "maint", "09:55:00", null)
                .state("lb2", "web/s1", Health.UP, "09:00:00", null)
                .state("lb2", "web/s2", Health.UP, "09:00:00", null)
                .readUntil("11:00:00")
                .readUntil("lb2", "11:00:00");
        warehouse.write(records.batch());
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @ParameterizedTest
    @EnumSource(AnswerFormat.class)
    void isPrinted(AnswerFormat format) throws Exception {
        String printed = printed(id("select incident_id from incidents"), format);
        Path golden = GOLDENS.resolve("incident." + format.name().toLowerCase(Locale.ROOT));
        if ("accept".equals(System.getProperty("risefall.goldens"))) {
            Files.createDirectories(GOLDENS);
            Files.writeString(golden, printed);
        }
        assertThat(printed).as(golden.toString()).isEqualTo(Files.readString(golden));
    }

    @Test
    void oneOutageHasOneOfItsOwn() throws Exception {
        String id = id("select outage_id from outages where server = 's2'");
        assertThat(printed(id.substring(0, 8), AnswerFormat.MARKDOWN))
                .startsWith("# Postmortem of outage " + id)
                .contains("**web/s2 was down within 1 min, as lb1 saw it.**")
                .contains("| web/s2 | lb1 | 11:00:05 | 11:01:05 | 1 min | L4CON | 4 s | 2 s |");
        assertThatThrownBy(() -> printed("ffffffffffff", AnswerFormat.TEXT))
                .isInstanceOf(QueryException.class)
                .hasMessageStartingWith("no incident and no outage has an id that starts with ffffffffffff");
    }

    private static String id(String sql) throws Exception {
        return Warehouses.table(warehouse, sql).get(0);
    }

    private static String printed(String id, AnswerFormat format) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Connection views = warehouse.read()) {
            format.write(Postmortems.of(views, id, BERLIN), out);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Outage outage(String server, String from, String to, String failed, String passed, boolean emptied) {
        return new Outage(
                "lb1",
                ServerName.parse(server),
                false,
                at(from),
                at(to),
                Outage.EndedBy.UP,
                REFUSED,
                null,
                null,
                false,
                true,
                at(failed),
                emptied,
                true,
                1L,
                at(passed),
                null);
    }

    private static Instant at(String time) {
        return Instant.parse("2026-03-02T" + time + "Z");
    }

    private static ServerSwitch said(String server, Transition transition, @Nullable CheckReason reason, int active) {
        ServerCounts left = new ServerCounts(active, 0, false, 0L, 0L, 0L);
        return new ServerSwitch(
                ServerName.parse(server),
                false,
                transition,
                null,
                null,
                null,
                null,
                reason,
                null,
                null,
                left,
                false,
                null);
    }
}
