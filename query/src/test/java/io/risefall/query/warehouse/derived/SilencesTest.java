package io.risefall.query.warehouse.derived;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.query.warehouse.Records;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.Warehouses;
import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Silence is not health: what a node's habit is, and what becomes of its servers while it is silent. */
@Slow
class SilencesTest {
    private static final String DAY = "2026-03-02";
    private static final Instant MIDNIGHT = Instant.parse(DAY + "T00:00:00Z");
    private static final String ALL_STATES =
            "select server, state, from_at, to_at, cause from states order by server, from_at";

    @TempDir
    Path folder;

    private Warehouse warehouse;
    private long offset;

    @BeforeEach
    void open() {
        warehouse = Warehouses.open(folder.resolve("w.duckdb"), ZoneId.of("UTC"));
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void aHoleInSteadyTrafficIsUnknownAndNotUp() {
        write(records()
                .state("b/up", "up", "00:00:00", null)
                .state("b/down", "down", "00:00:00", null)
                .state("b/fell", "up", "00:00:00", "05:15:00")
                .state("b/fell", "down", "05:15:00", null));
        writeSigns(minutes("lb1", 0, 300), minutes("lb1", 330, 600));
        write(records().readUntil("10:00:00"));

        assertThat(csv("select node, from_at, to_at, duration_ms, habit_ms from silences"))
                .containsExactly("lb1,2026-03-02T05:00:00+00:00,2026-03-02T05:30:00+00:00,1800000,60000");
        assertThat(csv(ALL_STATES))
                .as("an outage goes on: only a word ends it")
                .containsExactly(
                        "down,down,2026-03-02T00:00:00+00:00,,test",
                        "fell,up,2026-03-02T00:00:00+00:00,2026-03-02T05:00:00+00:00,test",
                        "fell,unknown,2026-03-02T05:00:00+00:00,2026-03-02T05:15:00+00:00,silence",
                        "fell,down,2026-03-02T05:15:00+00:00,,test",
                        "up,up,2026-03-02T00:00:00+00:00,2026-03-02T05:00:00+00:00,test",
                        "up,unknown,2026-03-02T05:00:00+00:00,2026-03-02T05:30:00+00:00,silence",
                        "up,up,2026-03-02T05:30:00+00:00,,test");
        assertThat(csv("select from_at, nodes, nodes_up, nodes_unknown from sightings where server = 'up' order by 1"))
                .containsExactly(
                        "2026-03-02T00:00:00+00:00,1,1,0",
                        "2026-03-02T05:00:00+00:00,1,0,1",
                        "2026-03-02T05:30:00+00:00,1,1,0");
        assertThat(csv("select up_ms, down_ms, unknown_ms, availability_low from server_day where server = 'up'"))
                .containsExactly("34200000,0,52200000,0.3958333333333333");
    }

    @Test
    void whereNobodyListenedNobodyIsAccusedOfSilence() {
        writeSigns(minutes("lb1", 0, 300), minutes("lb1", 330, 600));
        assertThat(csv("select from_at from silences")).hasSize(1);
        write(records().absence("lb1", "udp:a", "05:01:00", "05:29:00").readUntil("10:00:00"));
        assertThat(csv("select from_at from silences")).isEmpty();
    }

    @Test
    void twoHolesInOneInterval() {
        write(records().state("b/up", "up", "00:10:00", "09:30:00").state("b/up", "maint", "09:30:00", null));
        writeSigns(minutes("lb1", 0, 100), minutes("lb1", 130, 300), minutes("lb1", 360, 600));

        assertThat(csv(ALL_STATES))
                .containsExactly(
                        "up,up,2026-03-02T00:10:00+00:00,2026-03-02T01:40:00+00:00,test",
                        "up,unknown,2026-03-02T01:40:00+00:00,2026-03-02T02:10:00+00:00,silence",
                        "up,up,2026-03-02T02:10:00+00:00,2026-03-02T05:00:00+00:00,test",
                        "up,unknown,2026-03-02T05:00:00+00:00,2026-03-02T06:00:00+00:00,silence",
                        "up,up,2026-03-02T06:00:00+00:00,2026-03-02T09:30:00+00:00,test",
                        "up,maint,2026-03-02T09:30:00+00:00,,test");
    }

    @Test
    void aSilenceThatLastsShowsInTheServersOfNow() {
        write(records().state("b/up", "up", "00:00:00", null).readUntil("11:00:00"));
        writeSigns(minutes("lb1", 0, 600));

        assertThat(csv("select to_at, duration_ms from silences")).containsExactly("\"\",3600000");
        assertThat(csv("select state, since from servers")).containsExactly("unknown,2026-03-02T10:00:00+00:00");
        assertThat(csv("select distinct silent from nodes")).containsExactly("true");
    }

    @Test
    void aNodeThatLogsHealthOnlyHasNoHabit() {
        List<ProcessActivity> signs = new ArrayList<>();
        for (ProcessActivity sign : minutes("lb1", 0, 300)) {
            signs.add(new ProcessActivity(
                    sign.node(),
                    sign.source(),
                    sign.pid(),
                    sign.hour(),
                    sign.minutes(),
                    0,
                    sign.firstAt(),
                    sign.lastAt()));
        }
        writeSigns(signs, minutes("lb1", 900, 901));

        assertThat(csv("select * from silences")).isEmpty();
    }

    @Test
    void whoIsOftenQuietIsNotSilentWhenItIsQuiet() {
        List<ProcessActivity> signs = new ArrayList<>();
        for (int minute = 0; minute < 6000; minute += 20) {
            signs.addAll(minutes("lb1", minute, minute + 1));
        }
        signs.addAll(minutes("lb1", 6010, 6011)); // half an hour, where twenty minutes are usual
        signs.addAll(minutes("lb1", 6110, 6111)); // a hundred minutes
        writeSigns(signs);

        assertThat(csv("select from_at, duration_ms, habit_ms from silences"))
                .containsExactly("2026-03-06T04:11:00+00:00,5940000,1200000");
    }

    @Test
    void whatOneSourceLacksAnotherMayHave() {
        writeSigns(minutes("lb1", 0, 300), minutes("lb1", 330, 600));
        List<ProcessActivity> other = new ArrayList<>();
        for (ProcessActivity sign : minutes("lb1", 295, 335)) {
            other.add(new ProcessActivity(
                    sign.node(), "udp:relay", 5L, sign.hour(), sign.minutes(), 0, sign.firstAt(), sign.lastAt()));
        }
        assertThat(csv("select count(*) from silences")).containsExactly("1");
        writeSigns(other);
        assertThat(csv("select count(*) from silences")).containsExactly("0");
    }

    @Test
    void theOrderInWhichSignsComeDoesNotMatter() {
        List<ProcessActivity> signs = new ArrayList<>();
        Random random = new Random(3);
        for (int begin = 0; begin < 15_000; begin += 100 + random.nextInt(200)) {
            signs.addAll(minutes("lb" + random.nextInt(3), begin, begin + 60 + random.nextInt(100)));
        }
        List<String> expected = silencesOf(signs, signs.size());
        assertThat(expected).isNotEmpty();
        Collections.shuffle(signs, random);
        assertThat(silencesOf(signs, 200)).isEqualTo(expected);
    }

    private List<String> silencesOf(List<ProcessActivity> signs, int atOnce) {
        try (Warehouse other = Warehouses.open(folder.resolve("w" + atOnce + ".duckdb"), ZoneId.of("UTC"))) {
            for (int from = 0; from < signs.size(); from += atOnce) {
                other.write(batch(signs.subList(from, Math.min(signs.size(), from + atOnce))));
            }
            return csv(other, "select * from silences order by all");
        }
    }

    /** A line of traffic in every minute of the day from one to before another. */
    private static List<ProcessActivity> minutes(String node, int from, int to) {
        List<ProcessActivity> signs = new ArrayList<>();
        for (int minute = from; minute < to; minute++) {
            Instant at = MIDNIGHT.plus(Duration.ofMinutes(minute));
            signs.add(new ProcessActivity(
                    node,
                    "file:/var/log/haproxy.log",
                    4043L,
                    MIDNIGHT.plus(Duration.ofHours(minute / 60)),
                    1L << minute % 60,
                    1L << minute % 60,
                    at.plusSeconds(7),
                    at.plusSeconds(7)));
        }
        return signs;
    }

    @SafeVarargs
    private void writeSigns(List<ProcessActivity>... signs) {
        for (List<ProcessActivity> some : signs) {
            warehouse.write(batch(some));
        }
    }

    private Batch batch(List<ProcessActivity> signs) {
        Batch batch = new Batch();
        for (ProcessActivity sign : signs) {
            byte[] value = JsonSerde.of(ProcessActivity.class).serialize("", sign);
            batch.add(Topics.SIGNS, 0, offset++, sign.key().getBytes(StandardCharsets.UTF_8), value);
        }
        return batch;
    }

    private Records records() {
        return new Records(DAY, 1000 * ++offset);
    }

    private void write(Records records) {
        warehouse.write(records.batch());
    }

    private List<String> csv(String sql) {
        return csv(warehouse, sql);
    }

    private static List<String> csv(Warehouse from, String sql) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SqlSandbox(from::read, Duration.ofSeconds(30)).query(sql, ResultFormat.CSV, out);
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        return lines.subList(1, lines.size());
    }
}
