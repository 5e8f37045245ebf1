package io.risefall.query.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.answer.AnswerPage;
import io.risefall.query.sql.QueryException;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.time.Since;
import io.risefall.query.warehouse.Records;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.StateInterval;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What other values would have changed, from rows of the warehouse to words. Checks are made every two seconds. */
class WhatIfAnswerTest {
    private static final Path GOLDENS = Path.of("src/test/resources/io/risefall/query/whatif");
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant NOW = Instant.parse("2026-03-02T14:00:00Z");

    @TempDir
    Path folder;

    private final Records records = new Records("2026-03-02", 0);
    private Warehouse warehouse;
    private boolean written;

    @BeforeEach
    void open() {
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), UTC);
        records.readUntil("13:00:00").readUntil("lb2", "13:00:00");
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @ParameterizedTest
    @EnumSource(AnswerFormat.class)
    void isPrinted(AnswerFormat format) throws Exception {
        everything();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(answer(4, null, null), out);
        String printed = out.toString(StandardCharsets.UTF_8);
        Path golden = GOLDENS.resolve("fall4." + format.name().toLowerCase(Locale.ROOT));
        if ("accept".equals(System.getProperty("risefall.goldens"))) {
            Files.createDirectories(GOLDENS);
            Files.writeString(golden, printed);
        }
        assertThat(printed).as(golden.toString()).isEqualTo(Files.readString(golden));
    }

    @Test
    void aShortOutageIsAvoidedAndALongOneIsSeenLater() throws Exception {
        healthy("lb1", "web/s1");
        outage("lb1", "web/s1", 600, 604, 2);
        outage("lb1", "web/s1", 1200, 1260, 2);
        assertThat(told(4, null, null)).containsExactly("avoided null", "kept 4000");
        assertThat(answer(4, null, null).sentence())
                .isEqualTo(
                        "With fall 4, 1 of 2 outages of the last 12h would not have happened; 1 would have, seen up to 4 s later.");
        assertThat(told(1, null, null)).containsExactly("kept -2000", "kept -2000");
    }

    @Test
    void theOnlySilenceShowsNoIntervalAndTheOperatorCanTellIt() throws Exception {
        healthy("lb1", "web/s1");
        outage("lb1", "web/s1", 1200, 1260, 2);
        assertThat(told(4, null, null)).containsExactly("unknown null");
        assertThat(answer(4, null, null).notes()).anyMatch(note -> note.contains("--inter 2s"));
        assertThat(told(4, null, Duration.ofSeconds(2))).containsExactly("kept 4000");
    }

    @Test
    void missingLinesAreNotGuessed() throws Exception {
        healthy("lb1", "web/s1");
        line("lb1", "web/s1", 600, false, 2, 3, "up");
        line("lb1", "web/s1", 604, false, 0, 2, "down");
        row("lb1", "web/s1", 604, 700, CheckStatus.L7STS, null, false);
        line("lb1", "web/s1", 700, true, 1, 2, "down");
        line("lb1", "web/s1", 702, true, 3, 3, "up");
        assertThat(told(2, null, Duration.ofSeconds(2))).containsExactly("unknown null");
    }

    @Test
    void anAbsenceIsNotGuessedEither() throws Exception {
        healthy("lb1", "web/s1");
        records.absence("lb1", "udp:1", "10:20:01", "10:20:30");
        outage("lb1", "web/s1", 1200, 1260, 2);
        assertThat(told(4, null, Duration.ofSeconds(2))).containsExactly("unknown null");
    }

    @Test
    void afterMaintenanceOneFailedCheckIsEnough() throws Exception {
        healthy("lb1", "web/s1");
        records.put(new StateInterval(
                "lb1", ServerName.parse("web/s1"), false, Health.MAINT, time(300), time(400), "test", 1L));
        line("lb1", "web/s1", 402, false, 0, 2, "down");
        row("lb1", "web/s1", 402, 500, CheckStatus.L7STS, null, false);
        line("lb1", "web/s1", 500, true, 1, 2, "down");
        line("lb1", "web/s1", 502, true, 3, 3, "up");
        assertThat(told(5, null, null)).containsExactly("kept 0");
    }

    @Test
    void whatChecksDidNotDecideStays() throws Exception {
        healthy("lb1", "web/s1");
        row("lb1", "web/s1", 600, 700, null, null, true);
        row("lb1", "db/d1", 600, 700, CheckStatus.L4CON, null, false);
        assertThat(told(4, null, null)).containsExactlyInAnyOrder("kept 0", "unknown null");
        assertThat(answer(4, null, null).notes())
                .anyMatch(note -> note.endsWith("Set option log-health-checks in: db."));
    }

    @Test
    void whoTracksAnotherOneFollowsIt() throws Exception {
        healthy("lb1", "web/s1");
        outage("lb1", "web/s1", 600, 604, 2);
        row("lb1", "api/s1", 600, 606, null, "web/s1", false);
        assertThat(told(4, null, null)).containsExactly("avoided null", "avoided null");
    }

    @Test
    void ofAFleetAnOutageIsAvoidedOnlyIfNoNodeSeesIt() throws Exception {
        for (String node : List.of("lb1", "lb2")) {
            healthy(node, "web/s1");
            outage(node, "web/s1", 600, 604, 2);
        }
        outage("lb1", "web/s1", 1200, 1204, 2);
        outage("lb2", "web/s1", 1200, 1260, 2);
        assertThat(answer(4, null, null).sentence())
                .isEqualTo(
                        "With fall 4, 1 of 2 outages of the last 12h would not have happened; 1 would have, seen up to 4 s later.");
    }

    @Test
    void namesWhatIsNotInTheLog() throws Exception {
        healthy("lb1", "web/s1");
        assertThatThrownBy(() -> answer(4, "wbe", null))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("did you mean web?");
        assertThat(answer(4, null, null).sentence())
                .isEqualTo(
                        "With fall 4, nothing of the last 12h would have been otherwise: there was no outage, and none was near.");
    }

    private void everything() {
        healthy("lb1", "web/s1");
        outage("lb1", "web/s1", 600, 604, 2);
        outage("lb1", "web/s1", 1200, 1260, 2);
        healthy("lb1", "web/s2");
        outage("lb1", "web/s2", 1200, 1260, 2);
        row("lb1", "db/d1", 600, 700, CheckStatus.L4CON, null, false);
        row("lb1", "api/s1", 600, 606, null, "web/s1", false);
    }

    /** From 10:00 on it has all its lives; fall 2 and rise 2 apply unless lines say more. */
    private void healthy(String node, String server) {
        records.state(node, server, Health.UP, "10:00:00", null);
        line(node, server, 0, true, 2, 2, "up");
    }

    /** It goes down with the {@code fall}-th failed check, in this second, and its first check passes in {@code passes}. */
    private void outage(String node, String server, int down, int passes, int fall) {
        for (int lives = fall - 1; lives > 0; lives--) {
            line(node, server, down - 2 * lives, false, lives, fall, "up");
        }
        line(node, server, down, false, 0, 2, "down");
        line(node, server, passes, true, 1, 2, "down");
        line(node, server, passes + 2, true, fall, fall, "up");
        row(node, server, down, passes + 2, CheckStatus.L7STS, null, false);
    }

    /** Stamps have fractions. */
    private void line(String node, String server, int second, boolean passed, int health, int threshold, String state) {
        records.check(node, server, time(second).toString(), 1, false, passed, health, threshold, state);
    }

    private void row(
            String node,
            String server,
            int from,
            int to,
            @Nullable CheckStatus status,
            @Nullable String via,
            boolean agent) {
        records.put(new Outage(
                node,
                ServerName.parse(server),
                false,
                time(from),
                time(to),
                Outage.EndedBy.UP,
                status == null ? null : new CheckReason(status, null, null, 1L),
                null,
                via == null ? null : ServerName.parse(via),
                agent,
                true,
                null,
                false,
                true,
                1L));
        records.state(node, server, Health.DOWN, time(from).toString(), time(to).toString());
    }

    private static Instant time(int second) {
        return Instant.parse("2026-03-02T10:00:00.250Z").plusSeconds(second);
    }

    private List<String> told(int fall, @Nullable Integer rise, @Nullable Duration inter) throws Exception {
        write();
        try (Connection views = warehouse.read()) {
            return WhatIfs.predictions(views, request(fall, rise, null, inter)).stream()
                    .map(one -> one.fate().code() + " " + one.downLaterMostMs())
                    .toList();
        }
    }

    private AnswerPage answer(int fall, @Nullable String servers, @Nullable Duration inter) throws Exception {
        write();
        try (Connection views = warehouse.read()) {
            return WhatIfs.of(views, request(fall, null, servers, inter));
        }
    }

    private void write() throws Exception {
        if (!written) {
            warehouse.write(records.batch());
            written = true;
        }
    }

    private static WhatIfRequest request(
            int fall, @Nullable Integer rise, @Nullable String servers, @Nullable Duration inter) {
        return new WhatIfRequest(
                fall, rise, inter, Since.of("12h", UTC, NOW), NOW, ServerTarget.parse(servers, null), UTC);
    }
}
