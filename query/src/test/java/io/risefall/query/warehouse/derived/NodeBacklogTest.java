package io.risefall.query.warehouse.derived;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.reading.StreamsBacklog;
import io.risefall.query.report.Reports;
import io.risefall.query.report.render.ReportFormat;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the streams part has not processed is said of the nodes on its partitions. */
@Slow
class NodeBacklogTest {
    private static final int PARTITIONS = 4;
    private static final String NODES =
            "select node, behind, behind_since is null as keeps_up from nodes order by node";

    @TempDir
    Path folder;

    private Warehouse warehouse;
    private final Instant now = Instant.now();

    @BeforeEach
    void open() {
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC);
        ReadPosition position = new ReadPosition(
                "file:a.log", null, 0, now, true, 2, 2, 0, 0, 0, 0, now, now, Map.of("lb1", now, "lb2", now), null);
        Batch batch = new Batch();
        byte[] value = JsonSerde.of(ReadPosition.class).serialize("", position);
        batch.add(Topics.POSITIONS, 0, 0, "file:a.log".getBytes(StandardCharsets.UTF_8), value);
        warehouse.write(batch);
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void ofItsPartitionOnly() throws Exception {
        assertThat(Topics.partition("lb1", PARTITIONS)).isNotEqualTo(Topics.partition("lb2", PARTITIONS));
        behind("lb1", 7, Duration.ofMinutes(2));
        assertThat(rows()).isEqualTo("node,behind,keeps_up\nlb1,7,false\nlb2,0,true\n");
        assertThat(report())
                .contains("7 records of lb1 have not been processed")
                .doesNotContain("records of lb2");
        warehouse.streamsAreBehind(Map.of());
        assertThat(rows()).isEqualTo("node,behind,keeps_up\nlb1,0,true\nlb2,0,true\n");
        assertThat(report()).doesNotContain("have not been processed");
    }

    @Test
    void aMomentIsNoLag() throws Exception {
        behind("lb1", 7, Duration.ZERO);
        assertThat(rows()).isEqualTo("node,behind,keeps_up\nlb1,0,true\nlb2,0,true\n");
    }

    private void behind(String node, long records, Duration ago) {
        warehouse.streamsAreBehind(Map.of(
                events(Topics.partition(node, PARTITIONS)),
                new StreamsBacklog(records, now.minus(ago)),
                events(PARTITIONS - 1 - Topics.partition(node, PARTITIONS)),
                new StreamsBacklog(0, null),
                new TopicPartition(Topics.SIGNS.topic(), PARTITIONS - 1),
                new StreamsBacklog(0, null)));
    }

    private static TopicPartition events(int partition) {
        return new TopicPartition(Topics.EVENTS.topic(), partition);
    }

    private String rows() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SqlSandbox(warehouse::read, Duration.ofSeconds(30)).query(NODES, ResultFormat.CSV, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private String report() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Connection views = warehouse.read()) {
            Reports.day(
                    views, LocalDate.ofInstant(now, ZoneOffset.UTC), ZoneOffset.UTC, null, ReportFormat.JSON, now, out);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
