package io.risefall.query.alert.backtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.alert.model.AlertSettings;
import io.risefall.query.alert.model.AlertTransition;
import io.risefall.query.answer.AnswerFormat;
import io.risefall.query.answer.AnswerPage;
import io.risefall.query.time.Since;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recorded past in a warehouse, and what would have been sent. */
@Slow
class BacktestsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");

    /** Two nodes see one server DOWN; another one flaps for an hour; a backend is empty at the end. */
    private static final List<String> ROWS = List.of(
            "create temp table downs as select 'lb' || n as node, 'web' as proxy, 'srv1' as server,"
                    + " timestamptz '2026-11-23 09:00:00+00' as started_at, timestamptz '2026-11-23 09:10:00+00' as ended_at from range(2) t(n)"
                    + " union all select 'lb0', 'api', 'flappy', timestamptz '2026-11-23 12:00:00+00' + to_seconds(60 * i),"
                    + " timestamptz '2026-11-23 12:00:04+00' + to_seconds(60 * i) from range(60) t(i)"
                    + " union all select 'lb0', 'db', 'one', timestamptz '2026-11-24 23:00:00+00', null",
            "insert into store.outages (record_key, node, proxy, server, backup, started_at, ended_at, ended_by, reason, reason_text,"
                    + " agent, joined, backend_emptied, certain, pid) select node || server || started_at, node, proxy, server, false,"
                    + " started_at, ended_at, case when ended_at is not null then 'up' end, 'L4CON', 'Layer4 connection problem', false,"
                    + " false, false, true, 1 from downs",
            "insert into store.flapping values ('f', 'lb0', 'api', 'flappy', timestamptz '2026-11-23 12:02:00+00',"
                    + " timestamptz '2026-11-23 13:40:00+00', 60, 12000)",
            "insert into store.backend_outages values ('b', 'lb0', 'db', timestamptz '2026-11-24 23:00:00+00', null)",
            "insert into store.events (\"at\", received_at, node, pid, kind, proxy, server, message, line, source, position, repeat, up)"
                    + " select started_at, started_at, node, 1, 'switch', proxy, server, 'm', 'l', 'file:/a', row_number() over (), 0, false"
                    + " from downs");

    @TempDir
    Path folder;

    private Backtest backtest(AlertSettings settings, ZoneId zone) throws Exception {
        return (Backtest) page(settings, zone).json();
    }

    private AnswerPage page(AlertSettings settings, ZoneId zone) throws Exception {
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC);
                Connection connection = warehouse.read();
                Statement statement = connection.createStatement()) {
            if (Warehouses.table(connection, "from store.outages").isEmpty()) {
                for (String rows : ROWS) {
                    statement.execute(rows);
                }
            }
            return Backtests.of(connection, new BacktestRequest(settings, Since.of("30d", zone, NOW), NOW, zone));
        }
    }

    @Test
    void saysWhatWouldHaveBeenSent() throws Exception {
        Backtest backtest = backtest(AlertSettings.DEFAULTS, ZoneOffset.UTC);
        assertThat(backtest.sentence())
                .isEqualTo("63 DOWN lines and 0 UP lines in the last 30d would have become 6 messages about 3 alerts.");
        assertThat(backtest.outages()).isEqualTo(63);
        assertThat(backtest.messages()).hasToString("{closed=2, flapping=1, opened=2, still_open=1}");
        assertThat(backtest.days())
                .hasToString("[BacktestDay[day=2026-11-23, outages=62, opened=2, messages=5],"
                        + " BacktestDay[day=2026-11-24, outages=1, opened=1, messages=1]]");
        assertThat(backtest.alerts())
                .extracting(alert -> alert.problem() + " " + alert.severity() + " " + alert.flapping() + " "
                        + alert.lastedMs() / 1000 + " " + alert.nodes() + " " + (alert.closedAt() != null))
                .containsExactly(
                        "servers_down warning false 600 2 true",
                        // From the first DOWN that it knows to the calm.
                        "servers_down warning true 5880 1 true",
                        "backend_empty critical false 3600 1 false");
    }

    @Test
    void otherSettingsSayOtherThings() throws Exception {
        AlertSettings usual = AlertSettings.DEFAULTS;
        AlertSettings patient = new AlertSettings(
                Duration.ofMinutes(15),
                usual.closeAfter(),
                usual.closeUnknownAfter(),
                usual.reopen(),
                usual.changeEvery(),
                List.of(Duration.ofMinutes(20)),
                usual.maxAge(),
                usual.leaderless(),
                usual.nodeSilent(),
                usual.pipelineSilent(),
                0);
        Backtest backtest = backtest(patient, ZoneId.of("Asia/Tokyo"));
        assertThat(backtest.alerts())
                .extracting(alert -> alert.messages().stream()
                        .map(BacktestAlert.Said::transition)
                        .toList())
                .containsExactly(
                        List.of(
                                AlertTransition.FLAPPING,
                                AlertTransition.STILL_OPEN,
                                AlertTransition.STILL_OPEN,
                                AlertTransition.STILL_OPEN,
                                AlertTransition.STILL_OPEN,
                                AlertTransition.CLOSED),
                        List.of(AlertTransition.OPENED, AlertTransition.STILL_OPEN, AlertTransition.STILL_OPEN));
        assertThat(backtest.days().get(1).day()).hasToString("2026-11-25");
    }

    @Test
    void hasEveryFormat() throws Exception {
        AnswerPage page = page(AlertSettings.DEFAULTS, ZoneOffset.UTC);
        for (AnswerFormat format : AnswerFormat.values()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            format.write(page, out);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains(format == AnswerFormat.JSON ? "backend_empty" : "db/one");
        }
        assertThat(page.rows()).hasSize(4);
    }
}
