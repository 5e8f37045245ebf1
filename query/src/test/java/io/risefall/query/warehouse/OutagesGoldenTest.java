package io.risefall.query.warehouse;

import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Golden;
import io.risefall.schemas.Topics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Last link of the chain of goldens: from states to the rows that users see. */
class OutagesGoldenTest {
    private static final String COLUMNS = "outage_id, node, proxy, server, backup, started_at, ended_at, duration_ms, "
            + "ended_by, reason, reason_text, code, info, via, agent, joined, first_failure_at, first_success_at, "
            + "backend_emptied, certain";

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource("io.risefall.schemas.Golden#RUNS")
    void outages(String run) throws IOException {
        Batch batch = new Batch();
        long offset = 0;
        for (String line : Golden.lines(run, "events.jsonl")) {
            batch.add(Topics.EVENTS, 0, offset++, bytes("key"), bytes(line));
        }
        for (String line : Golden.lines(run, "states.jsonl")) {
            String[] parts = line.split("\t", 3);
            batch.add(Topics.valueOf(parts[0]), 0, offset++, bytes(parts[1]), bytes(parts[2]));
        }
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneId.of("UTC"))) {
            warehouse.write(batch);
            SqlSandbox sandbox = new SqlSandbox(warehouse::read, Duration.ofSeconds(30));
            Golden.check(
                    run,
                    "outages.csv",
                    csv(sandbox, "select " + COLUMNS + " from outages order by started_at, proxy, server"));
            Golden.check(
                    run,
                    "changes.csv",
                    csv(
                            sandbox,
                            "select \"at\", node, kind, subject, what, pid, position from changes"
                                    + " order by \"at\", position, kind, subject"));
        }
    }

    private static List<String> csv(SqlSandbox sandbox, String sql) {
        ByteArrayOutputStream csv = new ByteArrayOutputStream();
        sandbox.query(sql, ResultFormat.CSV, csv);
        return csv.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
