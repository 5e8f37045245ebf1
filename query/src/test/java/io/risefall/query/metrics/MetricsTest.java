package io.risefall.query.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.source.SenderTally;
import io.risefall.schemas.source.UnknownHeaders;
import io.risefall.schemas.state.StateInterval;
import io.risefall.schemas.state.StateRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    private static final Instant AT = Instant.parse("2026-11-23T00:21:56Z");

    @TempDir
    Path folder;

    @Test
    void countersOfASourceAddUpAndServersHaveHaproxysLabels() throws Exception {
        ReadPosition position = new ReadPosition(
                "udp:127.0.0.1:5514",
                null,
                10,
                AT,
                true,
                100,
                7,
                80,
                9,
                0,
                1,
                AT,
                AT,
                Map.of("lb1", AT),
                new Arrivals(
                        5,
                        Map.of("the journal was full", 2L),
                        Map.of("connections closed after a long silence", 3L),
                        List.of(new SenderTally("192.0.2.7", 105, 9, AT)),
                        Map.of("lb1", -200_000L)),
                null,
                Map.of(),
                new UnknownHeaders(3, List.of()),
                List.of(),
                null);
        StateRecord down = new StateInterval(
                "lb1", new ServerName("app \"x\"", "srv1"), false, Health.DOWN, AT, null, "L4CON", 4043L);
        Batch batch = new Batch();
        add(
                batch,
                Topics.POSITIONS,
                position.source(),
                JsonSerde.of(ReadPosition.class).serialize("", position));
        add(batch, Topics.STATES, down.key(), JsonSerde.of(StateRecord.class).serialize("", down));
        String text;
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC)) {
            warehouse.write(batch);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new Metrics(warehouse::read, 3).write(out);
            text = out.toString(StandardCharsets.UTF_8);
        }
        assertThat(text.lines())
                .contains(
                        "# TYPE risefall_ingest_received_total counter",
                        "risefall_ingest_received_total{source=\"udp:127.0.0.1:5514\"} 105.0",
                        "risefall_ingest_interruptions_total{reason=\"connections closed after a long silence\",source=\"udp:127.0.0.1:5514\"} 3.0",
                        "risefall_ingest_dropped_total{reason=\"the journal was full\",source=\"udp:127.0.0.1:5514\"} 2.0",
                        "risefall_ingest_sender_messages_total{sender=\"192.0.2.7\",source=\"udp:127.0.0.1:5514\"} 105.0",
                        "risefall_query_restarts_total 3.0",
                        "# TYPE risefall_server_status gauge",
                        "risefall_server_status{node=\"lb1\",proxy=\"app \\\"x\\\"\",server=\"srv1\",state=\"down\"} 1.0",
                        "risefall_server_status{node=\"lb1\",proxy=\"app \\\"x\\\"\",server=\"srv1\",state=\"up\"} 0.0");
        double parts = value(text, "events_total")
                + value(text, "traffic_total")
                + value(text, "foreign_total")
                + value(text, "rejected_total")
                + value(text, "unknown_header_total")
                + value(text, "waiting");
        assertThat(value(text, "received_total")).isEqualTo(parts);
    }

    @Test
    void whatIsNoTextIsShownAndStaysApart() throws Exception {
        Batch batch = new Batch();
        for (String name : List.of("a\u001b[2J\nb", "a\\u{1b}[2J\\u{a}b")) {
            StateRecord down =
                    new StateInterval("lb1", new ServerName("app", name), false, Health.DOWN, AT, null, "L4CON", 4043L);
            add(
                    batch,
                    Topics.STATES,
                    down.key(),
                    JsonSerde.of(StateRecord.class).serialize("", down));
        }
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC)) {
            warehouse.write(batch);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new Metrics(warehouse::read, 3).write(out);
            assertThat(out.toString(StandardCharsets.UTF_8).lines())
                    .contains(
                            "risefall_server_status{node=\"lb1\",proxy=\"app\",server=\"a\\\\u{1b}[2J\\\\u{a}b\",state=\"down\"} 1.0",
                            "risefall_server_status{node=\"lb1\",proxy=\"app\",server=\"a\\\\u{5c}u{1b}[2J\\\\u{5c}u{a}b\",state=\"down\"} 1.0");
        }
    }

    private static void add(Batch batch, Topics topic, String key, byte[] value) {
        batch.add(topic, 0, 0, key.getBytes(StandardCharsets.UTF_8), value);
    }

    private static double value(String text, String name) {
        var found = Pattern.compile("(?m)^risefall_ingest_" + name + "\\{source=\"udp:127.0.0.1:5514\"} (\\S+)$")
                .matcher(text);
        assertThat(found.find()).as(name).isTrue();
        return Double.parseDouble(found.group(1));
    }
}
