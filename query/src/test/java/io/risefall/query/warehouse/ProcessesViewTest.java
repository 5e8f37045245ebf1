package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.query.warehouse.table.Batch;
import io.risefall.schemas.Topics;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.json.JsonSerde;
import io.risefall.schemas.message.MasterNotice;
import io.risefall.schemas.source.ProcessActivity;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the view {@code processes} has of lines that say nothing of health, and of a master. */
class ProcessesViewTest {
    private static final Instant HOUR = Instant.parse("2026-03-02T10:00:00Z");

    @TempDir
    Path folder;

    private final Batch batch = new Batch();
    private long offset;
    private int files;

    /** Of traffic only the minute of the last line is known: it begins before the first one. */
    @Test
    void theLastSignOfLifeIsNeverBeforeTheFirst() {
        sign(8, 0b1, "10:00:30.5");
        sign(9, 0b101, "10:00:30.5");
        sign(10, 0b1, "10:00:00");
        assertThat(rows("select pid, first_at, last_at, last_at < first_at from processes order by pid"))
                .containsExactly(
                        "8,2026-03-02T10:00:30.5+00:00,2026-03-02T10:00:30.5+00:00,false",
                        "9,2026-03-02T10:00:30.5+00:00,2026-03-02T10:02:00+00:00,false",
                        "10,2026-03-02T10:00:00+00:00,2026-03-02T10:00:00+00:00,false");
    }

    /** After a kill the lines of a minute are read again, and told of by a sign that begins later in it. */
    @Test
    void howOftenAMinuteIsToldOfDoesNotCount() {
        sign(8, 0b1, "10:00:04");
        sign(8, 0b1, "10:00:23.5");
        assertThat(rows("select first_at, last_at from processes"))
                .containsExactly("2026-03-02T10:00:04+00:00,2026-03-02T10:00:04+00:00");
    }

    @Test
    void aMasterIsCalledSoAndIsOfNoProxy() {
        MasterNotice forked = new MasterNotice(
                MasterNotice.What.FORKED, "New worker ({worker}) forked", 343L, null, null, null, null, null);
        Instant at = HOUR.plusSeconds(1);
        HealthEvent event = new HealthEvent(
                at,
                true,
                at,
                "lb1",
                294L,
                "haproxy",
                null,
                forked,
                new LineFrame("[NOTICE]   (294) : ", null, null),
                new Origin("file:/a.log", 1, 0, null));
        add(
                Topics.EVENTS,
                event.key().toString(),
                JsonSerde.of(HealthEvent.class).serialize("", event));
        sign(343, 0b1, "10:00:02");
        assertThat(rows("select pid, master from processes order by pid")).containsExactly("294,true", "343,false");
        assertThat(rows("select kind, proxy is null, message from events"))
                .containsExactly("master,true,New worker (343) forked");
    }

    private void sign(long pid, long minutes, String firstAt) {
        Instant first = Instant.parse("2026-03-02T" + firstAt + "Z");
        ProcessActivity sign = new ProcessActivity("lb1", "file:/a.log", pid, HOUR, minutes, minutes, first, first);
        add(Topics.SIGNS, sign.key(), JsonSerde.of(ProcessActivity.class).serialize("", sign));
    }

    private void add(Topics topic, String key, byte[] value) {
        batch.add(topic, 0, offset++, key.getBytes(StandardCharsets.UTF_8), value);
    }

    private List<String> rows(String sql) {
        String file = "w" + files++ + ".duckdb";
        try (Warehouse warehouse = Warehouses.open(folder.resolve(file), ZoneId.of("UTC"))) {
            warehouse.write(batch);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            new SqlSandbox(warehouse::read, Duration.ofSeconds(30)).query(sql, ResultFormat.CSV, out);
            List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
            return lines.subList(1, lines.size());
        }
    }
}
