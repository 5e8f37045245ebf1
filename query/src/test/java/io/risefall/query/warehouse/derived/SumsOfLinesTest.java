package io.risefall.query.warehouse.derived;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.sql.PreparedStatements;
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
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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
                List<String> spans = rows(connection, "store.check_spans");
                List<String> last = rows(connection, "store.last_events");
                assertThat(kept).hasSizeGreaterThan(3).isEqualTo(rows(connection, "(" + GAPS_OF_ALL_LINES + ")"));
                assertThat(last)
                        .isEqualTo(rows(
                                connection, "(select node, max(\"at\") as \"at\" from store.events group by node)"));
                new CheckGaps(connection.unwrap(DuckDBConnection.class), new PreparedStatements(connection)).workOut();
                new LastEvents(connection.unwrap(DuckDBConnection.class), new PreparedStatements(connection)).workOut();
                assertThat(rows(connection, "store.check_gaps")).isEqualTo(kept);
                assertThat(rows(connection, "store.check_spans")).isEqualTo(spans);
                assertThat(rows(connection, "store.last_events")).isEqualTo(last);
            }
        }
    }

    /** Of a busy day no write costs more than the one before. */
    @Test
    void areWorkedOutForWhatAWriteTouches() throws Exception {
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC);
                Connection connection = warehouse.read()) {
            CheckGaps gaps =
                    new CheckGaps(connection.unwrap(DuckDBConnection.class), new PreparedStatements(connection));
            for (int hour = 0; hour < 24; hour++) {
                List<HealthEvent> events = new ArrayList<>();
                for (int i = 0; i < 30; i++) {
                    // Two ten minutes of two servers each hour.
                    Instant at = BEGIN.plusSeconds(hour * 3600L + i / 15 * 600L + i % 15 * 30L);
                    events.add(event(at, "lb", 7L, failed("srv" + i % 2, i % 3), "file:a.log", hour * 30 + i));
                }
                write(warehouse, events, hour * 30);
                long before = gaps.workedOut();
                gaps.written(events);
                assertThat(gaps.workedOut() - before).as("hour %d", hour).isEqualTo(4);
            }
            // A late line, of which its ten minutes and those of the day after it have to know.
            HealthEvent late =
                    event(BEGIN.plusSeconds(3600L * 22 + 1800), "lb", 7L, failed("srv0", 1), "file:a.log", 99_999);
            write(warehouse, List.of(late), 99_999);
            long before = gaps.workedOut();
            gaps.written(List.of(late));
            assertThat(gaps.workedOut() - before).isEqualTo(1 + 2);
        }
    }

    /** More than DuckDB keeps in one group of rows, in one transaction, as when a file of an older build is opened. */
    @Test
    void areWorkedOutOfManyLinesAtOnce() throws Exception {
        try (Warehouse warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneOffset.UTC);
                Connection connection = warehouse.read();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into store.events (\"at\", received_at, node, kind, proxy, server, message, line, source,"
                            + " position, repeat, agent, outcome, health) select timestamptz '2026-03-01' + to_seconds(i %"
                            + " 2), timestamptz '2026-03-01', 'lb', 'check', 'app', 'srv' || i // 2, '', '', 'file:a.log',"
                            + " i, 0, false, 'failed', 3 - i % 2 from range(260000) lines(i)");
            statement.execute("begin transaction");
            new CheckGaps(connection.unwrap(DuckDBConnection.class), new PreparedStatements(connection)).workOut();
            statement.execute("commit");
            assertThat(Warehouses.table(connection, "select count(*), sum(gap_ms) from store.check_spans"))
                    .containsExactly("130000, 130000000");
            assertThat(rows(connection, "store.check_gaps")).isEqualTo(rows(connection, "(" + GAPS_OF_ALL_LINES + ")"));
        }
    }

    /** As all lines say, in their order. */
    private static final String GAPS_OF_ALL_LINES =
            "select node, proxy, day, max(gap_ms) as gap_ms from (select node, proxy, (\"at\" at time zone"
                    + " 'UTC')::date as day, outcome, health, epoch_ms(\"at\") - epoch_ms(lag(\"at\") over run) as gap_ms,"
                    + " lag(outcome) over run as outcome_before, lag(health) over run as health_before from"
                    + " store.check_lines where not agent and outcome in ('failed', 'succeeded') window run as (partition"
                    + " by node, proxy, server, pid order by \"at\", source, position, repeat)) where outcome ="
                    + " outcome_before and health = health_before + case outcome when 'failed' then -1 else 1 end and"
                    + " gap_ms <= 86400000 group by node, proxy, day";

    private static List<HealthEvent> events(Random random) {
        List<HealthEvent> events = new ArrayList<>();
        Instant at = BEGIN;
        for (int i = 0; i < 160; i++) {
            at = at.plusMillis(
                    switch (random.nextInt(30)) {
                        case 0 -> 100_000_000;
                        case 1, 2, 3, 4, 5, 6, 7, 8, 9 -> random.nextInt(6_000_000);
                        default -> random.nextInt(9_000);
                    });
            boolean failed = random.nextInt(3) > 0;
            HealthEvent event = event(
                    at,
                    "lb" + random.nextInt(2),
                    random.nextInt(9) == 0 ? null : 7L + random.nextInt(12) / 11,
                    new CheckResult(
                            new ServerName("app" + random.nextInt(2), "srv" + random.nextInt(12) / 11),
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
                events.add(event(at, event.node(), event.pid(), (CheckResult) event.message(), "udp:514", i));
            }
        }
        return events;
    }

    private static CheckResult failed(String server, int health) {
        return new CheckResult(
                new ServerName("app", server),
                false,
                false,
                CheckResult.Outcome.FAILED,
                new CheckReason(CheckStatus.L4CON, null, null, 1L),
                health,
                3,
                CheckResult.State.UP,
                false,
                null);
    }

    private static HealthEvent event(
            Instant at, String node, @Nullable Long pid, CheckResult check, String source, int position) {
        return new HealthEvent(
                at,
                true,
                at,
                node,
                pid,
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
