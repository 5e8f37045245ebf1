package io.risefall.query.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.risefall.query.sql.SqlFiles;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.schemas.key.EpochMicros;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read for one cause where there have been many outages, by DuckDB's own profile. */
@Slow
class DiagnosesReadTest {
    private static final int OUTAGES = 400_000;
    /** DuckDB skips whole groups of rows. */
    private static final int ROW_GROUP = 122_880;

    private static final Instant LAST = Instant.parse("2026-01-01T00:00:00Z").plusSeconds(30L * (OUTAGES - 1));

    @TempDir
    Path folder;

    @Test
    void onlyTheOutagesOfThatTimeAreJoined() throws Exception {
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC);
                Connection connection = warehouse.read();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t as select i, 'lb' || i % 4 as node, 'p' || i // 4 % 100 as proxy,"
                    + " 's' || i // 400 % 25 as server, timestamptz '2026-01-01 00:00:00+00' + to_seconds(30 * i) as a from range("
                    + OUTAGES + ") r(i)");
            statement.execute(
                    "insert into store.outages (record_key, node, proxy, server, backup, started_at, ended_at, ended_by,"
                            + " reason, agent, joined, backend_emptied, certain) select 'o' || i, node, proxy, server, false, a,"
                            + " case when i < " + (OUTAGES - 3) + " then a + interval 20 second end, case when i < "
                            + (OUTAGES - 3) + " then 'up' end, 'L4CON', false, false, false, true from t");
            statement.execute("insert into store.last_events select node, max(a) from t group by node");
            String id = Warehouses.table(connection, "select substr(md5('o" + (OUTAGES - 1) + "'), 1, 12)")
                    .get(0);
            assertThat(new Diagnoses(connection, ZoneOffset.UTC, false).first(List.of(id), LAST))
                    .extracting(OutageDiagnosis::cause)
                    .isEqualTo("cause not logged");

            JsonNode profile = profile(connection);
            long[] joined = {0};
            each(profile.get("operator"), operator -> {
                String type = operator.get("type").textValue();
                if (type.endsWith("JOIN") || type.endsWith("GROUP_BY") || type.equals("WINDOW")) {
                    joined[0] += operator.get("intermediate_rows").longValue();
                }
                if (type.equals("TABLE_SCAN") && operator.toString().contains("store.outages")) {
                    assertThat(operator.get("intermediate_rows").longValue())
                            .as(operator.toString())
                            .isLessThan(2 * ROW_GROUP);
                }
            });
            assertThat(joined[0]).as("rows joined or grouped").isLessThan(2 * ROW_GROUP);
        }
    }

    private static JsonNode profile(Connection connection) throws Exception {
        String sql = "explain (analyze, format json) " + SqlFiles.read("report/outages.sql");
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, EpochMicros.of(LAST));
            statement.setLong(2, EpochMicros.of(LAST.plusSeconds(60)));
            statement.setLong(3, EpochMicros.of(LAST));
            statement.setLong(4, 60_000_000);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new ObjectMapper().readTree(rows.getString(2));
            }
        }
    }

    private static void each(JsonNode operators, Consumer<JsonNode> action) {
        for (JsonNode operator : operators) {
            action.accept(operator);
            each(operator.path("children"), action);
        }
    }
}
