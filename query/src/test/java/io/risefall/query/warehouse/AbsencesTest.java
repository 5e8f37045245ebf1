package io.risefall.query.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.state.Loss;
import io.risefall.schemas.state.Outage;
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

/** When Risefall was away, and what that makes of what it says. */
class AbsencesTest {
    private static final String DAY = "2026-03-02";
    private static final String UDP = "udp:127.0.0.1:5514";

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

    @Test
    void upIsUnknownMeanwhileAndDownGoesOnButIsDoubtful() {
        write(records()
                .state("b/up", "up", "00:00:00", null)
                .state("b/down", "up", "00:00:00", "09:00:00")
                .state("b/down", "down", "09:00:00", null)
                .state("b/told", "down", "00:00:00", "13:00:00")
                .state("b/told", "up", "13:00:00", null)
                .doubt("b/up", "10:00:00", "10:30:00", null)
                .doubt("b/down", "10:00:00", "10:30:00", null)
                .doubt("b/told", "10:00:00", "10:30:00", "10:30:00")
                .absence("lb1", UDP, "10:00:00", "10:30:00")
                .readUntil("18:00:00"));

        assertThat(csv("select server, state, from_at, to_at, cause from states order by server, from_at"))
                .containsExactly(
                        "down,up,2026-03-02T00:00:00+00:00,2026-03-02T09:00:00+00:00,test",
                        "down,down,2026-03-02T09:00:00+00:00,,test",
                        "told,down,2026-03-02T00:00:00+00:00,2026-03-02T13:00:00+00:00,test",
                        "told,up,2026-03-02T13:00:00+00:00,,test",
                        "up,up,2026-03-02T00:00:00+00:00,2026-03-02T10:00:00+00:00,test",
                        "up,unknown,2026-03-02T10:00:00+00:00,2026-03-02T10:30:00+00:00,absence",
                        "up,up,2026-03-02T10:30:00+00:00,,test");
        assertThat(csv("select server, state, certain from servers order by server"))
                .containsExactly("down,down,false", "told,up,true", "up,up,false");
        assertThat(csv("select server, up_ms, down_ms, unknown_ms, doubted_up_ms, doubted_down_ms from server_day"
                        + " where day = '2026-03-02' order by server"))
                .as("the log tells until 18:00; the doubt lasts until then")
                .containsExactly(
                        "down,32400000,32400000,21600000,0,28800000",
                        "told,18000000,46800000,21600000,0,1800000",
                        "up,63000000,0,23400000,27000000,0");
        assertThat(csv("select round(availability_low, 4), round(availability_high, 4) from server_day"
                        + " where day = '2026-03-02' and server = 'down'"))
                .as("DOWN since 09:00 at worst, until 10:00 at best")
                .containsExactly("0.375,0.9583");
    }

    @Test
    void aLossAndADoubtAtOneTimeCountOnce() {
        write(records()
                .state("b/s", "down", "00:00:00", null)
                .loss("b", 7, "10:00:00", "12:00:00", 1)
                .doubt("b/s", "11:00:00", "11:30:00", "13:00:00")
                .readUntil("23:59:59"));

        assertThat(csv("select doubted_down_ms from server_day where day = '2026-03-02'"))
                .containsExactly("10800000");
    }

    @Test
    void twoThatOverlapMakeOneHole() {
        write(records()
                .state("b/up", "up", "00:00:00", null)
                .doubt("b/up", "10:00:00", "10:30:00", "11:00:00")
                .doubt("b/up", "10:20:00", "10:50:00", null)
                .readUntil("18:00:00"));

        assertThat(csv("select state, from_at, to_at from states order by from_at"))
                .containsExactly(
                        "up,2026-03-02T00:00:00+00:00,2026-03-02T10:00:00+00:00",
                        "unknown,2026-03-02T10:00:00+00:00,2026-03-02T10:50:00+00:00",
                        "up,2026-03-02T10:50:00+00:00,");
    }

    @Test
    void countsThatShowMoreServersTakeBackThatAnOpenOutageIsCertain() {
        write(records()
                .outage("b/open", "10:00:00", null, null, "L4CON", null)
                .outage("b/over", "10:00:00", "10:05:00", Outage.EndedBy.UP, "L4CON", null)
                .outage("b/later", "12:00:00", null, null, "L4CON", null)
                .outage("c/other", "10:00:00", null, null, "L4CON", null)
                .put(new Loss("lb1", "b", 7, records().at("10:30:00"), records().at("11:00:00"), 1, 1, 0, 2, 0))
                .put(new Loss("lb1", "c", 7, records().at("10:30:00"), records().at("11:00:00"), 1, 2, 0, 1, 0)));

        assertThat(csv("select server, certain from outages order by server"))
                .as("fewer servers than told is no sign of an UP")
                .containsExactly("later,true", "open,false", "other,true", "over,true");
    }

    @Test
    void anotherNodeThatSawItGoAndComeBackTakesBackThatAnOpenOutageIsCertain() {
        CheckReason reason = new CheckReason(CheckStatus.L4CON, null, null, null);
        write(records()
                .outage("lb1", "b/s", "10:00:00", null, reason, null)
                .outage("lb2", "b/s", "10:00:02", "10:00:30", reason, null)
                .state("lb2", "b/s", Health.UP, "10:00:30", null)
                .outage("lb1", "b/path", "10:00:00", null, reason, null)
                .state("lb2", "b/path", Health.UP, "09:00:00", null)
                .outage("lb1", "b/fresh", "10:59:00", null, reason, null)
                .outage("lb2", "b/fresh", "10:59:00", "10:59:50", reason, null)
                .state("lb2", "b/fresh", Health.UP, "10:59:50", null)
                .readUntil("11:00:00")
                .readUntil("lb2", "11:00:00"));

        assertThat(csv("select server, certain from outages where node = 'lb1' order by server"))
                .as("a node that alone sees it down may see it so")
                .containsExactly("fresh,true", "path,true", "s,false");
    }

    @Test
    void aBackendWithoutServersMayHaveOneAgain() {
        write(records()
                .backendOutage("b", "09:00:00", null)
                .backendOutage("b", "07:00:00", "07:10:00")
                .backendOutage("c", "11:00:00", null)
                .doubt("b/s", "10:00:00", "10:30:00", null)
                .doubt("c/s", "10:00:00", "10:30:00", null)
                .readUntil("12:00:00"));

        assertThat(csv("select proxy, started_at, certain from backend_outages order by started_at"))
                .containsExactly(
                        "b,2026-03-02T07:00:00+00:00,true",
                        "b,2026-03-02T09:00:00+00:00,false",
                        "c,2026-03-02T11:00:00+00:00,true");
    }

    @Test
    void aLossSaysWhereRisefallWasAway() {
        write(records()
                .loss("b", 7, "10:00:00", "12:00:00", 1)
                .loss("b", 7, "13:00:00", "14:00:00", 1)
                .absence("lb1", UDP, "11:00:00", "11:00:05")
                .absence("lb2", UDP, "13:00:00", "13:30:00"));

        assertThat(csv("select from_at, absence from losses order by from_at"))
                .containsExactly("2026-03-02T10:00:00+00:00,true", "2026-03-02T13:00:00+00:00,false");
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
