package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every view answers at ten thousand servers, in whole and with a LIMIT. No time is compared: what does not end (DuckDB 2.0.0
 * waits for ever at a LIMIT right above a join of two scans of one CTE, from some ten thousand rows on) is cancelled.
 */
@Slow
class ViewLimitsTest {
    private static final Duration FOR_EVER = Duration.ofMinutes(5);
    private static final List<String> TAILS = List.of("", " limit 10", " order by 1 limit 10");

    private static final int CHANGES = Length.of(6, 20);

    /** Some changes of each of ten thousand servers, of which a second node has every tenth. */
    private static final List<String> ROWS = List.of(
            "create temp table seen as select 'lb' || n as node, 'app' || (i // 100) as proxy, 'srv' || i as server, i"
                    + " from range(10000) s(i), range(2) t(n) where n = 0 or i % 10 = 0",
            "create temp table changes as select *, timestamptz '2026-11-23 00:00:00+00' + to_seconds(k * 600 + i % 300) as from_at,"
                    + " case when k < " + (CHANGES - 1)
                    + " then timestamptz '2026-11-23 00:00:00+00' + to_seconds((k + 1) * 600 + i % 300) end as to_at"
                    + " from seen, range(" + CHANGES + ") c(k)",
            "insert into store.states (record_key, node, proxy, server, backup, state, from_at, to_at, cause, pid)"
                    + " select node || server || k, node, proxy, server, false, case when k % 2 = 0 then 'up' else 'down' end,"
                    + " from_at, to_at, 'test', 1 from changes",
            "insert into store.outages (record_key, node, proxy, server, backup, started_at, ended_at, ended_by, reason,"
                    + " reason_text, agent, joined, backend_emptied, certain, pid)"
                    + " select node || server || k, node, proxy, server, false, from_at, to_at,"
                    + " case when to_at is not null then 'up' end, 'L4CON', 'Layer4 connection problem', false, false, false, true, 1"
                    + " from changes where k % 2 = 1",
            "insert into store.events (\"at\", received_at, node, pid, severity, kind, proxy, server, message, line, source,"
                    + " position, repeat, agent, outcome, reason, duration_ms, health, threshold, state)"
                    + " select from_at, from_at, node, 1, 'notice', 'CHECK_RESULT', proxy, server, 'm', 'l', 'file:/' || node,"
                    + " i * 20 + k, 0, false, case when k % 2 = 1 then 'failed' else 'succeeded' end, 'L4CON', 1, k % 3, 3, 'up'"
                    + " from changes",
            "insert into store.rollups (record_key, node, proxy, server, minute, reason, failures, downs)"
                    + " select node || server || k, node, proxy, server, date_trunc('minute', from_at), 'L4CON', 1, 1 from changes",
            "insert into store.flapping select node || server, node, proxy, server, timestamptz '2026-11-23 00:00:00+00',"
                    + " timestamptz '2026-11-23 04:00:00+00', 10, 4000 from seen",
            "insert into store.positions (record_key, source, as_of, live, lines, events, traffic, \"foreign\", repeats, rejected,"
                    + " first_at, last_at) select 'file:/lb' || n, 'file:/lb' || n, now(), false, 200000, 200000, 0, 0, 0, 0,"
                    + " timestamptz '2026-11-23 00:00:00+00', timestamptz '2026-11-23 04:00:00+00' from range(2) t(n)",
            "insert into store.position_nodes select 'file:/lb' || n, 'file:/lb' || n, 'lb' || n,"
                    + " timestamptz '2026-11-23 04:00:00+00' from range(2) t(n)");

    @TempDir
    static Path folder;

    private static Warehouse warehouse;
    private static SqlSandbox sandbox;

    @BeforeAll
    static void fill() throws Exception {
        Path file = folder.resolve("w.duckdb");
        try (Warehouse filled = Warehouses.open(file, ZoneOffset.UTC);
                Connection connection = filled.read();
                Statement statement = connection.createStatement()) {
            for (String rows : ROWS) {
                statement.execute(rows);
            }
        }
        // Opened again: of what is in the file as a whole more plans wait for ever than of what was just written.
        warehouse = Warehouses.open(file, ZoneOffset.UTC);
        sandbox = new SqlSandbox(warehouse::read, FOR_EVER);
    }

    @AfterAll
    static void close() {
        warehouse.close();
    }

    @Test
    void everyViewAnswers() {
        List<String> views = ask("select view_name from duckdb_views() where schema_name = 'main' and not internal")
                .lines()
                .skip(1)
                .toList();
        assertThat(views).contains("sightings", "servers", "incidents", "server_day");
        for (String view : views) {
            for (String tail : TAILS) {
                sandbox.query("from " + view + tail, ResultFormat.CSV, OutputStream.nullOutputStream());
            }
        }
    }

    private static String ask(String sql) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        sandbox.query(sql, ResultFormat.CSV, out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
