package io.risefall.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When Risefall itself was away, and what that makes of what it says. */
class AbsencesTest {
    private static final String DAY = "2026-03-02";
    private static final String UDP = "udp:127.0.0.1:5514";

    @TempDir
    Path folder;

    private Warehouse warehouse;
    private long offset;

    @BeforeEach
    void open() {
        warehouse = Warehouse.open(folder.resolve("w.duckdb"), ZoneId.of("UTC"));
    }

    @AfterEach
    void close() {
        warehouse.close();
    }

    @Test
    void oneOfASourceIsOneRowWithAllItsNodes() {
        write(records()
                .absence("lb2", UDP, "10:00:00", "10:00:12")
                .absence("lb1", UDP, "10:00:00", "10:00:12")
                .absence("", "tcp:127.0.0.1:5515", "10:00:00", "10:00:13"));
        write(records().absence("lb1", UDP, "10:00:00", "10:00:12").absence("lb1", UDP, "11:00:00", "11:00:01"));

        assertThat(csv("select source, from_at, to_at, ms, why, nodes from absences order by source desc, from_at"))
                .containsExactly(
                        UDP + ",2026-03-02T10:00:00+00:00,2026-03-02T10:00:12+00:00,12000,Risefall was stopped,"
                                + "\"[lb1, lb2]\"",
                        UDP + ",2026-03-02T11:00:00+00:00,2026-03-02T11:00:01+00:00,1000,Risefall was stopped,[lb1]",
                        "tcp:127.0.0.1:5515,2026-03-02T10:00:00+00:00,2026-03-02T10:00:13+00:00,13000,"
                                + "Risefall was stopped,[]");
    }

    @Test
    void theTallyOfASourceSaysThem() {
        write(records().lines(UDP, "09:00:00", "12:00:00").lines("file:/a", "09:00:00", "12:00:00"));
        write(records().absence("lb1", UDP, "10:00:00", "10:00:12").absence("lb1", UDP, "11:00:00", "11:00:01"));

        assertThat(csv("select source, absences, absent_ms from ingest order by source"))
                .containsExactly("file:/a,0,0", UDP + ",2,13000");
    }

    private Records records() {
        return new Records(DAY, 1000 * ++offset);
    }

    private void write(Records records) {
        warehouse.write(records.batch());
    }

    private List<String> csv(String sql) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SqlSandbox(warehouse::read, Duration.ofSeconds(30)).query(sql, ResultFormat.CSV, out);
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        return lines.subList(1, lines.size());
    }
}
