package io.risefall.query.metrics;

import io.risefall.query.http.HttpCounts;
import io.risefall.query.reading.ReadingState;
import io.risefall.query.reading.StreamsBacklog;
import io.risefall.query.reading.StreamsGroup;
import io.risefall.query.warehouse.Records;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.query.warehouse.facts.SealingCounts;
import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.source.SenderTally;
import io.risefall.schemas.state.StateInterval;
import io.risefall.schemas.state.StateRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.TopicPartition;

/** What {@code /metrics} answers of a service in which everything has happened once. */
public final class ScrapedPage {
    private static final Instant AT = Instant.parse("2026-11-23T00:21:56Z");
    private static final TopicPartition EVENTS = new TopicPartition(Topics.EVENTS.topic(), 0);

    private ScrapedPage() {}

    /** @param folder becomes its data directory */
    public static String text(Path folder) throws Exception {
        Path file = folder.resolve("w.duckdb");
        Files.writeString(
                Files.createDirectories(folder.resolve("journal").resolve("udp_0"))
                        .resolve("1.journal"),
                "0123456789");
        try (Warehouse warehouse = Warehouses.open(file, ZoneOffset.UTC)) {
            warehouse.write(batch());
            warehouse.write(new Records("2026-11-23", 10)
                    .outage("lb1", "app/srv1", "00:20:00", "00:21:00", null, null)
                    .batch());
            alert(warehouse);
            Metrics metrics = new Metrics(warehouse::read, 3);
            metrics.addData(folder, file);
            metrics.addReading(() -> new ReadingState(
                    null, Map.of(EVENTS, 2L), Map.of(EVENTS, new StreamsBacklog(1, AT)), new StreamsGroup(2, null)));
            metrics.addNotifications(
                    () -> new NotificationCounts(Map.of("ops-mail", 4L), Map.of("ops-mail", 3L), 0, 1, 0));
            metrics.addSealing(() -> new SealingCounts(12, 34_567, 5, 2, 1));
            metrics.addReadiness(() -> Map.of("kafka", true, "disk", false));
            metrics.addHttp(new HttpCounts());
            metrics.times().written(7, Duration.ofMillis(30));
            CompletionStage<Integer> answer = CompletableFuture.completedStage(1);
            metrics.times().timed("sql", answer);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            metrics.write(out);
            return out.toString(StandardCharsets.UTF_8);
        }
    }

    private static void alert(Warehouse warehouse) throws SQLException {
        try (Connection connection = warehouse.read();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into store.alerts (alert_id, state, sequence, started_at, problem, severity, flapping)"
                            + " values ('a', 'open', 2, now(), 'servers_down', 'warning', false)");
            statement.execute(
                    "insert into store.notifications (delivery_id, alert_id, sequence, \"at\", transition, title, channel, state,"
                            + " attempts) values"
                            + " ('a-1', 'a', 1, now(), 'opened', 'web/s1 is DOWN', 'ops-mail', 'sent', 2),"
                            + " ('a-2', 'a', 2, now(), 'changed', 'web/s1 is DOWN', 'ops-mail', 'due', 3),"
                            + " ('b-1', 'b', 1, now(), 'opened', 'web/s2 is DOWN', 'ops-mail', 'given_up', 9),"
                            + " ('c-1', 'c', 1, now(), 'opened', 'web/s3 is DOWN', null, 'no_route', 0),"
                            + " ('report-day+UTC-2026-11-22', 'report-day+UTC-2026-11-22', 0, now(), 'report', 'a day',"
                            + " 'folder:/srv', 'due', 1)");
            statement.execute("insert into store.scheduled_reports values"
                    + " ('week UTC web', 'ops-mail', '2026-11-16', 'not sent: there is no backend web', now())");
        }
    }

    private static Batch batch() {
        ReadPosition position = new ReadPosition(
                "udp:127.0.0.1:5514",
                null,
                10,
                AT,
                true,
                100,
                7,
                80,
                12,
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
                        Map.of("lb1", -200_000L)));
        StateRecord down =
                new StateInterval("lb1", new ServerName("app", "srv1"), false, Health.DOWN, AT, null, "L4CON", 4043L);
        Batch batch = new Batch();
        batch.add(
                Topics.POSITIONS,
                0,
                0,
                position.source().getBytes(StandardCharsets.UTF_8),
                JsonSerde.of(ReadPosition.class).serialize("", position));
        batch.add(
                Topics.STATES,
                0,
                0,
                down.key().getBytes(StandardCharsets.UTF_8),
                JsonSerde.of(StateRecord.class).serialize("", down));
        return batch;
    }
}
