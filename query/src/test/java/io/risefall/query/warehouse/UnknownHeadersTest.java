package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.source.ProcessLevel;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.source.UnknownHeaders;
import io.risefall.schemas.source.UnknownHeaders.Shape;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the views tell of lines behind unknown headers, and of the cap that was assumed. */
class UnknownHeadersTest {
    private static final Instant AT = Instant.parse("2026-11-23T00:21:56Z");
    private static final JsonSerde<ReadPosition> JSON = JsonSerde.of(ReadPosition.class);
    private static final String INGEST =
            "select source, lines = events + traffic + \"foreign\" + repeats + rejected + unknown_header,"
                    + " unknown_header, unknown_example, level_cap from ingest order by source";

    @TempDir
    Path folder;

    @Test
    void eachSourceTellsOfItsOwn() throws Exception {
        List<ProcessLevel> levels = List.of(
                new ProcessLevel("lb1", 1L, false, Severity.NOTICE, Severity.NOTICE, List.of()),
                new ProcessLevel("lb1", 2L, false, Severity.NOTICE, Severity.NOTICE, List.of()),
                new ProcessLevel("lb2", null, true, null, Severity.INFO, List.of()),
                new ProcessLevel("lb3", 1L, false, Severity.ALERT, null, List.of()));
        byte[] first = JSON.serialize("", position("a", 5, shapes("x", 5), List.of()));
        byte[] second = JSON.serialize("", position("a", 7, shapes("x", 6), levels));
        byte[] plain = JSON.serialize("", position("b", 0, null, List.of()));
        Batch batch = new Batch();
        batch.add(Topics.POSITIONS, 0, 0, key("a"), first);
        Batch later = new Batch();
        later.add(Topics.POSITIONS, 0, 1, key("a"), second);
        later.add(Topics.POSITIONS, 0, 2, key("b"), plain);
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC)) {
            warehouse.write(batch);
            assertThat(rows(warehouse, INGEST)).containsExactly("a|true|5|x1: Server b/s is DOWN|null");
            warehouse.write(later);
            assertThat(rows(warehouse, INGEST))
                    .containsExactly("a|true|7|x1: Server b/s is DOWN|info, notice", "b|true|0|null|null");
            assertThat(rows(warehouse, "select * from unknown_headers order by shape"))
                    .containsExactly("a|aN: |6|x1: Server b/s is DOWN|null", "a|edge|1|edge: Server b/s is UP|edge");
        }
    }

    private static UnknownHeaders shapes(String word, long lines) {
        return new UnknownHeaders(
                lines + 1,
                List.of(
                        new Shape("aN: ", lines, word + "1: Server b/s is DOWN", null),
                        new Shape("edge", 1, "edge: Server b/s is UP", "edge")));
    }

    private static ReadPosition position(
            String source, long unknown, @Nullable UnknownHeaders headers, List<ProcessLevel> levels) {
        UnknownHeaders kept = headers == null ? null : new UnknownHeaders(unknown, headers.shapes());
        return new ReadPosition(
                source,
                null,
                9,
                AT,
                true,
                3 + unknown,
                1,
                1,
                1,
                0,
                0,
                AT,
                AT,
                Map.of(),
                null,
                null,
                Map.of(),
                kept,
                levels,
                null);
    }

    private static List<String> rows(Warehouse warehouse, String sql) throws Exception {
        List<String> rows = new ArrayList<>();
        try (Connection connection = warehouse.read();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                List<String> cells = new ArrayList<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    cells.add(row.getString(i));
                }
                rows.add(String.join("|", cells));
            }
        }
        return rows;
    }

    private static byte[] key(String source) {
        return source.getBytes(StandardCharsets.UTF_8);
    }
}
