package io.risefall.query.page.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.health.HealthCheck;
import io.risefall.query.health.ProbeResult.State;
import io.risefall.query.page.PageTimes;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.reading.StreamsBacklog;
import io.risefall.query.report.ExampleDays;
import io.risefall.query.report.TestWarehouse;
import io.risefall.query.report.model.Level;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What the page of ingest says, by a real warehouse. */
class IngestVerdictTest {
    private static final String FILE =
            "insert into store.positions (record_key, source, as_of, live, lines, events, traffic, \"foreign\","
                    + " repeats, rejected, last_at) select 'file:/l', 'file:/l', now(), true, 12, 7, 3, 1, 0, 1, now()";

    private final List<HealthCheck> checks = new ArrayList<>();

    @Test
    void withoutASourceNothingIsClaimed() throws Exception {
        assertThat(verdict().level()).isEqualTo(Level.UNKNOWN);
        assertThat(verdict().sentence()).isEqualTo("No line has come yet.");
    }

    @Test
    void whatWasImportedIsNotFollowed() throws Exception {
        try (TestWarehouse warehouse = TestWarehouse.of(ExampleDays.hardDay())) {
            IngestVerdict verdict = verdict(warehouse);
            assertThat(verdict.level()).isEqualTo(Level.UNKNOWN);
            assertThat(verdict.sentence())
                    .startsWith("No source is followed now; the last line that was read is of 2025-11-13");
        }
    }

    @Test
    void aSourceThatIsReadIsWell() throws Exception {
        IngestVerdict verdict = verdict(FILE, spoke("lb1", "now() - interval 3 minute"));
        assertThat(verdict.level()).isEqualTo(Level.OK);
        assertThat(verdict.sentence()).startsWith("The source is read; the last line came 3 min");
    }

    @Test
    void aSilentNodeIsNamed() throws Exception {
        IngestVerdict verdict = verdict(
                FILE,
                spoke("lb1", "now()"),
                spoke("lb2", "now() - interval 20 minute"),
                "insert into store.habits values ('lb2', now() - interval 20 minute, 10)");
        assertThat(verdict.level()).isEqualTo(Level.TROUBLE);
        assertThat(verdict.sentence()).startsWith("Node lb2 has been silent for 20 min");
    }

    @Test
    void whatReadinessSaysComesFirst() throws Exception {
        checks.add(new HealthCheck("kafka", State.OK, Instant.EPOCH, "Kafka answers", ""));
        checks.add(
                new HealthCheck("sources", State.FAILING, Instant.EPOCH, "not read: file:/l", "see that ingest runs"));
        IngestVerdict verdict = verdict(
                FILE,
                spoke("lb2", "now()"),
                "insert into store.position_clocks values ('file:/l', 'file:/l', 'lb2', 3600000)");
        assertThat(verdict.level()).isEqualTo(Level.DOWN);
        assertThat(verdict.concerns())
                .extracting(IngestVerdict.Concern::sentence)
                .containsExactly("Not read: file:/l.", "The stamps of lb2 do not fit the arrival of the lines.");
        assertThat(verdict.concerns().get(0).advice()).isEqualTo("See that ingest runs.");
    }

    @Test
    void whatIsDroppedSaysWhatToDo() throws Exception {
        try (TestWarehouse warehouse = TestWarehouse.of()) {
            fill(
                    warehouse,
                    FILE,
                    "insert into store.position_drops values ('file:/l', 'file:/l', 'datagrams dropped by the kernel: its receive"
                            + " buffer was full', 2)",
                    "insert into store.position_interruptions values ('file:/l', 'file:/l', 'connections closed after a long"
                            + " silence', 5)");
            try (Connection views = warehouse.views()) {
                PipelineNow pipeline = PipelineNow.read(views);
                assertThat(pipeline.refused()).hasSize(2);
                assertThat(pipeline.refused().get(0).lost()).isTrue();
                assertThat(pipeline.refused().get(0).advice()).contains("net.core.rmem_max");
                assertThat(pipeline.refused().get(1).lost()).isFalse();
                assertThat(pipeline.refused().get(1).advice()).isEmpty();
                SourceNow source = pipeline.sources().get(0);
                assertThat(source.received())
                        .isEqualTo(source.events()
                                + source.traffic()
                                + source.foreign()
                                + source.repeats()
                                + source.rejected()
                                + source.unknownHeader()
                                + source.waiting());
                assertThat(source.dropped()).isEqualTo(2);
                assertThat(source.lastAt()).isNull();
            }
        }
    }

    @Test
    void partitionsThatAreBehindAreThoseOfKafka() {
        TopicPartition events = new TopicPartition("events", 3);
        TopicPartition states = new TopicPartition("states", 0);
        KafkaLag lag = KafkaLag.of(
                new ReadingState(null, Map.of(events, 0L, states, 7L), Map.of(events, new StreamsBacklog(0, null))));
        assertThat(lag.told()).isTrue();
        assertThat(lag.partitions()).isEqualTo(2);
        assertThat(lag.behind()).containsExactly(new KafkaLag.Behind("states", 0, 7, null, null));
        assertThat(KafkaLag.of(new ReadingState(null, Map.of(), Map.of())).told())
                .isFalse();
    }

    private static String spoke(String node, String at) {
        return "insert into store.position_nodes values ('file:/l', 'file:/l', '" + node + "', " + at + ")";
    }

    private IngestVerdict verdict(String... rows) throws Exception {
        try (TestWarehouse warehouse = TestWarehouse.of()) {
            fill(warehouse, rows);
            return verdict(warehouse);
        }
    }

    private IngestVerdict verdict(TestWarehouse warehouse) throws Exception {
        try (Connection views = warehouse.views()) {
            // Rows and the page are made at moments of their own.
            Instant now = Instant.now().plus(Duration.ofMillis(1));
            return IngestVerdict.of(checks, PipelineNow.read(views), new PageTimes(now, ZoneOffset.UTC));
        }
    }

    private static void fill(TestWarehouse warehouse, String... rows) throws Exception {
        try (Connection store = warehouse.views();
                Statement statement = store.createStatement()) {
            for (String row : rows) {
                statement.execute(row);
            }
        }
    }
}
