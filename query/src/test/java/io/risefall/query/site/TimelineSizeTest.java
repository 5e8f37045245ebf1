package io.risefall.query.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.report.TestWarehouse;
import io.risefall.schemas.suite.Slow;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The timeline of ten thousand servers and a year is of the size of a page. Counted, not timed. */
@Slow
class TimelineSizeTest {
    private static final int LARGEST = 500_000;
    /** 25 backends of 6 servers each. */
    private static final int MOST_STRIPS = 25 + 25 * 6;

    /** Each server is down for a while, some of them every other day; one backend has two thousand. */
    private static final List<String> ROWS = List.of(
            "create temp table seen as select 'lb1' as node, 'app' || case when i < 2000 then 0 else i // 50 end as proxy,"
                    + " 'srv' || i as server, i, case when i % 50 = 0 then 360 else 4 end as n from range(10000) s(i)",
            "create temp table changes as select *, timestamptz '2025-01-01 00:00:00+00' + to_seconds(k * (31536000 // n) + i % 3000)"
                    + " as from_at from seen, range(n) c(k)",
            "create temp table spans as select *, lead(from_at) over (partition by server order by k) as to_at from changes",
            "insert into store.states (record_key, node, proxy, server, backup, state, from_at, to_at, cause, pid)"
                    + " select server || k, node, proxy, server, false, case when k % 2 = 0 then 'up' else 'down' end, from_at, to_at,"
                    + " 'test', 1 from spans",
            "insert into store.outages (record_key, node, proxy, server, backup, started_at, ended_at, ended_by, reason,"
                    + " reason_text, agent, joined, backend_emptied, certain, pid)"
                    + " select server || k, node, proxy, server, false, from_at, to_at, case when to_at is not null then 'up' end,"
                    + " 'L4CON', 'Layer4 connection problem', false, false, false, true, 1 from spans where k % 2 = 1",
            "insert into store.positions (record_key, source, as_of, live, lines, events, traffic, \"foreign\", repeats, rejected)"
                    + " select 'file:/l', 'file:/l', timestamptz '2026-01-01 00:00:00+00', false, 1, 1, 0, 0, 0, 0",
            "insert into store.position_nodes select 'file:/l', 'file:/l', 'lb1', timestamptz '2026-01-01 00:00:00+00'");

    private static TestWarehouse warehouse;

    @TempDir
    static Path folder;

    private static TestSite site;

    @BeforeAll
    static void start() throws Exception {
        warehouse = TestWarehouse.of();
        try (Connection store = warehouse.views();
                Statement statement = store.createStatement()) {
            for (String rows : ROWS) {
                statement.execute(rows);
            }
        }
        site = new TestSite(warehouse, ZoneOffset.UTC, folder);
    }

    @AfterAll
    static void stop() throws Exception {
        site.close();
        warehouse.close();
    }

    @Test
    void aYearOfAllServersIsAPage() throws Exception {
        String page = get("/timeline?from=2025-01-01&to=2025-12-31");
        assertThat(page).contains("Of 10\u00a0000 servers, 10\u00a0000 were down.");
        assertThat(page.length()).isLessThan(LARGEST);
        assertThat(count(page, "class=\"strip\"")).isEqualTo(MOST_STRIPS);
        assertThat(count(page, "href=\"/incidents/")).isLessThanOrEqualTo(25 * 6 * 10);
        assertThat(page).contains("The next of");
    }

    @Test
    void allServersOfALargeBackendArePages() throws Exception {
        String page = get("/timeline?from=2025-01-01&to=2025-12-31&backend=app0");
        assertThat(page.length()).isLessThan(LARGEST);
        assertThat(count(page, "class=\"strip\"")).isEqualTo(151);
        assertThat(page).contains("The next of 1\u00a0850 more", "&amp;backend=app0&amp;skip=150");
        assertThat(count(get("/timeline?from=2025-01-01&to=2025-12-31&backend=app0&skip=1950"), "class=\"strip\""))
                .isEqualTo(51);
    }

    @Test
    void whatMeansNothingIsSaid() throws Exception {
        assertThat(get("/timeline?from=2020-01-01&to=2025-12-31")).contains("at most a year");
        assertThat(get("/timeline?skip=x")).contains("skip is how many");
        assertThat(get("/timeline?from=2025-01-01&to=2025-01-02&backend=nobody"))
                .contains("Nothing is known");
    }

    private static String get(String path) throws Exception {
        URI at = URI.create(site.url(path));
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(at).build(), BodyHandlers.ofString())
                .body();
    }

    private static int count(String text, String what) {
        return text.split(what, -1).length - 1;
    }
}
