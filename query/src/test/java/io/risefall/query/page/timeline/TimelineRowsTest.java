package io.risefall.query.page.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.page.PageRange;
import io.risefall.query.report.ExampleDays;
import io.risefall.query.report.History;
import io.risefall.query.report.TestWarehouse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the timeline shows of a real warehouse. */
class TimelineRowsTest {
    private static final ZoneId UTC = ZoneId.of("UTC");

    private final History one = new History("lb1", ExampleDays.DAY, UTC);
    private final History two = new History("lb2", ExampleDays.DAY, UTC);

    @Test
    void anOutageThatTwoNodesSeeIsOneOfTheFleet() throws Exception {
        one.server("web/a")
                .up("-1 08:00")
                .down("10:00:00", ExampleDays.REFUSED)
                .up("10:05:00")
                .open();
        two.server("web/a")
                .up("-1 08:00")
                .down("10:00:01", ExampleDays.REFUSED)
                .up("10:05:01")
                .open();
        one.server("web/b").up("-1 08:00").open();
        try (TestWarehouse warehouse = TestWarehouse.of(one, two)) {
            TimelineRows timeline = read(warehouse, "", "", "");
            assertThat(timeline.sentence()).isEqualTo("Of 2 servers, 1 was down.");
            TimelineBackend web = timeline.backends().get(0);
            assertThat(web.words()).isEqualTo("1 of 2 servers down once, 5 min 1 s in all");
            assertThat(web.rest()).isEqualTo("b was well as far as is known.");
            TimelineStrip strip = web.servers().get(0);
            assertThat(strip.words()).isEqualTo("down once, 5 min 1 s");
            OutageMark mark = strip.outages().get(0);
            assertThat(strip.outages()).hasSize(1);
            assertThat(mark.outageId())
                    .isEqualTo(first(warehouse, "select outage_id from outages where node = 'lb1' and server = 'a'"));
            assertThat(mark.mark().title()).isEqualTo("down 10:00:00 to 10:05:01, 5 min 1 s: L4CON");
            assertThat(read(warehouse, "", "lb1", "")
                            .backends()
                            .get(0)
                            .servers()
                            .get(0)
                            .words())
                    .isEqualTo("down once, 5 min");
        }
    }

    @Test
    void theWorstComeFirstAndTheRestIsCounted() throws Exception {
        for (int i = 0; i < TimelineRows.SERVERS + 3; i++) {
            one.server("web/s" + i)
                    .up("-1 08:00")
                    .down("10:00", ExampleDays.REFUSED)
                    .up("10:0" + (i % 9 + 1))
                    .open();
        }
        one.server("web/well").up("-1 08:00").open();
        one.server("api/a")
                .up("-1 08:00")
                .down("09:00", ExampleDays.REFUSED)
                .up("12:00")
                .open();
        one.server("calm/a").up("-1 08:00").open();
        try (TestWarehouse warehouse = TestWarehouse.of(one)) {
            TimelineRows timeline = read(warehouse, "", "", "");
            assertThat(timeline.backends()).extracting(TimelineBackend::proxy).containsExactly("api", "web");
            TimelineBackend web = timeline.backends().get(1);
            assertThat(web.servers()).hasSize(TimelineRows.SERVERS);
            assertThat(web.servers().get(0).server()).isEqualTo("s8");
            assertThat(web.more()).isEqualTo(3);
            assertThat(timeline.well()).isEqualTo("calm: its servers were well as far as is known.");

            TimelineRows all = read(warehouse, "web", "", "");
            assertThat(all.backends().get(0).servers()).hasSize(TimelineRows.SERVERS + 4);
            assertThat(all.backends().get(0).more()).isZero();
            assertThat(all.left()).isZero();
            TimelineRows later = read(warehouse, asked("web", "", "", 8));
            assertThat(later.backends().get(0).servers())
                    .extracting(TimelineStrip::server)
                    .containsExactly("s0", "well");
        }
    }

    @Test
    void aStateThatAnotherNodeKnowsIsKnown() throws Exception {
        one.server("web/a").up("-1 08:00").unknown("09:00").open();
        two.server("web/a").up("-1 08:00").open();
        one.server("web/b").up("-1 08:00").unknown("09:00").open();
        one.server("web/c")
                .up("-1 08:00")
                .maint("09:00", "maintenance")
                .up("09:30")
                .open();
        try (TestWarehouse warehouse = TestWarehouse.of(one, two)) {
            TimelineRows timeline = read(warehouse, "", "", "");
            assertThat(timeline.sentence())
                    .isEqualTo("No server was down; 2 were unknown, in maintenance or draining for a while.");
            assertThat(timeline.backends().get(0).servers())
                    .extracting(TimelineStrip::words)
                    .containsExactly("unknown 15 h", "in maintenance 30 min");
        }
    }

    @Test
    void whatStandsByInARoleBackendIsNotDown() throws Exception {
        one.server("pg/a").up("-1 08:00").open();
        one.server("pg/b").down("-1 08:00", ExampleDays.REFUSED).open();
        try (TestWarehouse warehouse = TestWarehouse.of(one)) {
            change(warehouse, "update store.settings set role_backends = 'pg'");
            assertThat(read(warehouse, "", "", "").sentence()).isEqualTo("All 2 servers were well as far as is known.");
            assertThat(read(warehouse, "pg", "", "").backends().get(0).servers())
                    .extracting(TimelineStrip::words)
                    .containsExactly("well as far as is known", "standing by 24 h");
        }
    }

    @Test
    void afterTheEndOfALogNothingIsDrawn() throws Exception {
        one.server("web/a").up("-1 08:00").down("06:00", ExampleDays.REFUSED).open();
        one.readUntil("12:00");
        try (TestWarehouse warehouse = TestWarehouse.of(one)) {
            TimelineStrip strip =
                    read(warehouse, "", "", "").backends().get(0).servers().get(0);
            assertThat(strip.words()).isEqualTo("down once, 6 h");
            assertThat(strip.outlines())
                    .containsExactly(
                            new StripOutlines.Outline("up", "M0 0h500v14h-500z"),
                            new StripOutlines.Outline("down", "M250 0h250v14h-250z"));
        }
    }

    @Test
    void aBackendWithoutAServerIsTheWorst() throws Exception {
        one.server("web/a")
                .up("-1 08:00")
                .down("06:00", ExampleDays.REFUSED)
                .up("09:00")
                .open();
        one.server("api/a")
                .up("-1 08:00")
                .down("06:00", ExampleDays.REFUSED)
                .up("06:01")
                .open();
        one.backendEmpty("api", "06:00", "06:01");
        try (TestWarehouse warehouse = TestWarehouse.of(one)) {
            assertThat(read(warehouse, "", "", "").backends())
                    .extracting(TimelineBackend::words)
                    .containsExactly(
                            "no server left once, 1 min; 1 of 1 server down once, 1 min in all",
                            "1 of 1 server down once, 3 h in all");
        }
    }

    @Test
    void patternsMeanOnlyWhatTheySay() throws Exception {
        one.server("web/a[1]")
                .up("-1 08:00")
                .down("10:00", ExampleDays.REFUSED)
                .up("10:05")
                .open();
        one.server("web/a1")
                .up("-1 08:00")
                .down("10:00", ExampleDays.REFUSED)
                .up("10:05")
                .open();
        one.server("web/b\\1")
                .up("-1 08:00")
                .down("10:00", ExampleDays.REFUSED)
                .up("10:05")
                .open();
        try (TestWarehouse warehouse = TestWarehouse.of(one)) {
            assertThat(matching(warehouse, "a[1]")).containsExactly("a[1]");
            assertThat(matching(warehouse, "web/a?")).containsExactly("a1");
            assertThat(matching(warehouse, "*/a*")).containsExactly("a1", "a[1]");
            assertThat(matching(warehouse, "b\\1")).containsExactly("b\\1");
            assertThat(matching(warehouse, "' or true --")).isEmpty();
        }
    }

    private static List<String> matching(TestWarehouse warehouse, String match) throws Exception {
        return read(warehouse, "", "", match).backends().stream()
                .flatMap(backend -> backend.servers().stream())
                .map(TimelineStrip::server)
                .toList();
    }

    private static TimelineRows read(TestWarehouse warehouse, String backend, String node, String match)
            throws Exception {
        return read(warehouse, asked(backend, node, match, 0));
    }

    private static TimelineRows read(TestWarehouse warehouse, TimelineQuestion asked) throws Exception {
        try (Connection views = warehouse.views()) {
            return TimelineRows.read(views, asked, RoleList.read(views), UTC);
        }
    }

    private static TimelineQuestion asked(String backend, String node, String match, int skip) {
        Instant from = ExampleDays.DAY.atStartOfDay().toInstant(ZoneOffset.UTC);
        return new TimelineQuestion(new PageRange(from, from.plusSeconds(86_400), ""), backend, node, match, skip, "");
    }

    private static void change(TestWarehouse warehouse, String sql) throws Exception {
        try (Connection store = warehouse.views();
                Statement statement = store.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String first(TestWarehouse warehouse, String sql) throws Exception {
        try (Connection views = warehouse.views();
                Statement statement = views.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
