package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.reading.Gap;
import io.risefall.query.reading.ReadingPlan;
import io.risefall.query.report.Reports;
import io.risefall.query.report.render.ReportFormat;
import io.risefall.schemas.cluster.FoundCluster;
import io.risefall.schemas.cluster.FoundCluster.FoundTopic;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records that were gone without: what is said of them. */
class GapsTest {
    private static final String EVENTS = "haproxy.health.events.v1";
    private static final TopicPartition ZERO = new TopicPartition(EVENTS, 0);

    @TempDir
    Path folder;

    @Test
    void anAcceptedGapIsInTheReportOfItsDaysAndNotOfLaterOnes() throws Exception {
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC)) {
            warehouse.begin(new ReadingPlan(
                    new FoundCluster("c1", Map.of(EVENTS, new FoundTopic("t1", 1))),
                    Map.of(ZERO, 1200L),
                    List.of(new Gap(ZERO, Gap.Reason.EXPIRED, 3, 1200L, 1200)),
                    null));

            LocalDate today = LocalDate.now(ZoneOffset.UTC);
            assertThat(report(warehouse, today.minusDays(1)))
                    .contains("197 Kafka records", "(1 partition of " + EVENTS + ")", "view gaps");
            assertThat(report(warehouse, today.plusDays(2))).doesNotContain("view gaps");
            assertThat(warehouse.nextOffsets()).isEqualTo(Map.of(ZERO, 1200L));
            assertThat(warehouse.reading().origins().get(EVENTS).topic()).isEqualTo("t1");
        }
    }

    private static String report(Warehouse warehouse, LocalDate day) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Connection views = warehouse.read()) {
            Instant now = Instant.now().plus(Duration.ofDays(3));
            Reports.day(views, day, ZoneOffset.UTC, null, ReportFormat.JSON, now, out);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
