package io.risefall.query.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.answer.AnswerPage;
import io.risefall.query.sql.QueryException;
import io.risefall.query.subject.ServerTarget;
import io.risefall.query.warehouse.Records;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.message.Health;
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

/** Who has spent it, in words and in every format. */
class BudgetAnswerTest {
    private static final Path GOLDENS = Path.of("src/test/resources/io/risefall/query/budget");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2025-11-23T14:00:00Z");

    @TempDir
    static Path folder;

    private static Warehouse warehouse;

    @BeforeAll
    static void fill() throws Exception {
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), BERLIN);
        Records records = new Records("2025-11-23", 0)
                .state("app/srv1", "up", "2025-09-30T00:00:00Z", "2025-11-20T03:00:00Z")
                .state("app/srv1", "down", "2025-11-20T03:00:00Z", "2025-11-20T04:10:00Z")
                .state("app/srv1", "up", "2025-11-20T04:10:00Z", null)
                .state("app/srv2", "up", "2025-09-30T00:00:00Z", "2025-11-20T03:30:00Z")
                .state("app/srv2", "down", "2025-11-20T03:30:00Z", "2025-11-20T04:20:00Z")
                .state("app/srv2", "up", "2025-11-20T04:20:00Z", null)
                .backendOutage("app", "2025-11-20T03:30:00Z", "2025-11-20T04:10:00Z")
                .state("web/s1", "up", "2025-11-21T00:00:00Z", "13:30:00")
                .state("web/s1", "down", "13:30:00", "13:31:00")
                .state("web/s1", "up", "13:31:00", null)
                .state("web/s2", "up", "2025-11-21T00:00:00Z", "08:00:00")
                .state("web/s2", "unknown", "08:00:00", "09:00:00")
                .state("web/s2", "up", "09:00:00", null)
                .state("lb2", "web/s1", Health.UP, "2025-11-22T00:00:00Z", null)
                .readUntil("13:59:30")
                .readUntil("lb2", "13:59:00");
        warehouse.write(records.batch());
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @ParameterizedTest
    @EnumSource(AnswerFormat.class)
    void isPrinted(AnswerFormat format) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(answer("99.9", null, null), out);
        String printed = out.toString(StandardCharsets.UTF_8);
        Path golden = GOLDENS.resolve("november." + format.name().toLowerCase(Locale.ROOT));
        if ("accept".equals(System.getProperty("risefall.goldens"))) {
            Files.createDirectories(GOLDENS);
            Files.writeString(golden, printed);
        }
        assertThat(printed).as(golden.toString()).isEqualTo(Files.readString(golden));
    }

    @Test
    void saysWhoHasSpentIt() throws Exception {
        assertThat(answer("99.9", null, null).sentence())
                .isEqualTo(
                        "Server app/srv1 has spent the error budget of November 2025: 1 h 10 min down, where 43 min 12 s"
                                + " is allowed; so have 2 others; 2 others may have, which the log does not tell.");
        assertThat(answer("99.9", null, "web/s1").sentence())
                .isEqualTo("Nobody has spent the error budget of November 2025; server web/s1 has least left, 93.02 %:"
                        + " 1 min down, where 14 min 20 s is allowed.");
        assertThat(answer("99.9", null, "web/s2").sentence())
                .isEqualTo(
                        "Nobody is known to have spent the error budget of November 2025, but server web/s2 may have:"
                                + " 0 ms is spent for certain, up to 1 h is possible, and 14 min 20 s is allowed.");
        assertThat(answer("99.9", "2025-10", "app").sentence())
                .isEqualTo("Nobody has spent anything of the error budget of October 2025.");
    }

    @Test
    void saysWhatToAskForWhereTheLogTellsNothing() {
        assertThatThrownBy(() -> answer("99.9", "2025-08", null))
                .isInstanceOf(QueryException.class)
                .hasMessage(
                        "the log tells nothing of all servers in August 2025: it goes from 2025-09-30 02:00:00 +02:00 to"
                                + " 2025-11-23 14:59:30 +01:00; ask for a month of it, such as --month 2025-11");
        assertThatThrownBy(() -> answer("99.9", "2025-12", "app")).hasMessageContaining("ask for a month of it");
        assertThatThrownBy(() -> answer("99.9", null, "wbe")).hasMessageContaining("did you mean web?");
        assertThatThrownBy(() -> answer("99.9", null, "app/srv3")).hasMessageContaining("did you mean app/srv");
    }

    @Test
    void aPeriodIsCutInItsZone() {
        BudgetPeriod march = BudgetPeriod.of("2025-03", null, BERLIN, NOW);
        assertThat(march.from()).isEqualTo("2025-02-28T23:00:00Z");
        assertThat(march.to()).isEqualTo("2025-03-31T22:00:00Z");
        assertThat(BudgetPeriod.of(null, null, BERLIN, NOW).words()).isEqualTo("November 2025");
        assertThat(BudgetPeriod.of(null, "7d", BERLIN, NOW).from()).isEqualTo("2025-11-16T14:00:00Z");
        assertThat(BudgetPeriod.of(null, "2025-11-20", BERLIN, NOW).from()).isEqualTo("2025-11-19T23:00:00Z");
        assertThatThrownBy(() -> BudgetPeriod.of(null, "2025-11-24", BERLIN, NOW))
                .hasMessage("'2025-11-24' is in the future; today is 2025-11-23");
    }

    private static AnswerPage answer(String slo, @Nullable String month, @Nullable String servers) throws Exception {
        try (Connection views = warehouse.read()) {
            return Budgets.of(
                    views,
                    new BudgetRequest(
                            BudgetRequest.slo(slo),
                            BudgetPeriod.of(month, null, BERLIN, NOW),
                            ServerTarget.parse(servers, null)));
        }
    }
}
