package io.risefall.query.warehouse.derived;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.suite.Length;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept of lines does not depend on the order and the batches in which they come. */
@Slow
class SumsOfLinesTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T22:00:00Z");
    private static final JsonSerde<HealthEvent> EVENT = JsonSerde.of(HealthEvent.class);

    @TempDir
    Path folder;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Length.of(2, 20));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void areTheSameInAnyOrder(long seed) throws Exception {
        Random random = new Random(seed);
        List<HealthEvent> events = events(random);
        Collections.shuffle(events, random);
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC)) {
            for (int from = 0; from < events.size(); ) {
                int to = Math.min(events.size(), from + 1 + random.nextInt(40));
                write(warehouse, events.subList(from, to), from);
                from = to;
            }
            try (Connection connection = warehouse.read()) {
                List<String> kept = rows(connection, "store.check_gaps");
                List<String> last = rows(connection, "store.last_events");
                assertThat(kept).hasSizeGreaterThan(3);
                assertThat(last)
                        .isEqualTo(rows(
                                connection, "(select node, max(\"at\") as \"at\" from store.events group by node)"));
                new CheckGaps(connection.unwrap(DuckDBConnection.class)).workOut();
                new LastEvents(connection.unwrap(DuckDBConnection.class)).workOut();
                assertThat(rows(connection, "store.check_gaps")).isEqualTo(kept);
                assertThat(rows(connection, "store.last_events")).isEqualTo(last);
                assertThat(rows(
                                connection,
                                "(select proxy, max(gap_ms) as gap_ms from store.check_gaps group by proxy)"))
                        .isEqualTo(rows(connection, "(" + FROM_ALL_LINES + ")"));
            }
        }
    }

    /** As the view had it when nothing was kept. */
    private static final String FROM_ALL_LINES =
            "select proxy, max(gap_ms) as gap_ms from (select proxy, outcome, health, epoch_ms(\"at\") - epoch_ms(lag(\"at\") over run) as"
                    + " gap_ms, lag(outcome) over run as outcome_before, lag(health) over run as health_before from store.check_lines"
                    + " where not agent and outcome in ('failed', 'succeeded') window run as (partition by node, proxy, server, pid"
                    + " order by \"at\", source, position, repeat)) where outcome = outcome_before and health = health_before"
                    + " + case outcome when 'failed' then -1 else 1 end group by proxy";

    private static List<HealthEvent> events(Random random) {
        List<HealthEvent> events = new ArrayList<>();
        Instant at = BEGIN;
        for (int i = 0; i < 160; i++) {
            at = at.plusMillis(random.nextInt(3) == 0 ? random.nextInt(6_000_000) : random.nextInt(9_000));
            boolean failed = random.nextInt(3) > 0;
            HealthEvent event = event(
                    at,
                    "lb" + random.nextInt(2),
                    new CheckResult(
                            new ServerName("app" + random.nextInt(2), "srv"),
                            false,
                            random.nextInt(8) == 0,
                            failed ? CheckResult.Outcome.FAILED : CheckResult.Outcome.SUCCEEDED,
                            new CheckReason(CheckStatus.L4CON, null, null, 1L),
                            random.nextInt(3),
                            3,
                            CheckResult.State.UP,
                            false,
                            null),
                    "file:a.log",
                    i);
            events.add(event);
            if (random.nextInt(6) == 0) {
                // The same line by another way.
                events.add(event(at, event.node(), (CheckResult) event.message(), "udp:514", i));
            }
        }
        return events;
    }

    private static HealthEvent event(Instant at, String node, CheckResult check, String source, int position) {
        return new HealthEvent(
                at,
                true,
                at,
                node,
                7L,
                "haproxy",
                Severity.NOTICE,
                check,
                new LineFrame("", null, null),
                new Origin(source, position, 0, null));
    }

    private static void write(Warehouse warehouse, List<HealthEvent> events, int offset) {
        Batch batch = new Batch();
        for (HealthEvent event : events) {
            batch.add(Topics.EVENTS, 0, offset++, null, EVENT.serialize("", event));
        }
        warehouse.write(batch);
    }

    private static List<String> rows(Connection connection, String from) throws SQLException {
        return Warehouses.table(connection, "select r::varchar from " + from + " r order by 1");
    }
}
