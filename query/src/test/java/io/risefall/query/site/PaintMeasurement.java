package io.risefall.query.site;

import com.fasterxml.jackson.databind.JsonNode;
import io.risefall.query.http.HttpLimits;
import io.risefall.query.page.Links;
import io.risefall.query.warehouse.Warehouse;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * When a browser paints the pages of a large fleet, and what they cost: run by {@code bench/pages.sh} only. It tells and asserts nothing,
 * as times are the machine's.
 */
class PaintMeasurement {
    /** Of a browser that has nothing of the site: so is who comes by the link in an alert. */
    private static final String TIMES = "new Promise(done => setTimeout(() => done({"
            + " painted: (performance.getEntriesByName('first-contentful-paint')[0] || {startTime: -1}).startTime,"
            + " answered: performance.getEntriesByType('navigation')[0].responseEnd,"
            + " bytes: performance.getEntriesByType('navigation')[0].transferSize,"
            + " all: performance.getEntriesByType('resource').reduce((sum, one) => sum + one.transferSize, 0),"
            + " elements: document.getElementsByTagName('*').length}), 300))";

    private static final ZoneId UTC = ZoneId.of("UTC");

    @TempDir
    Path folder;

    @Test
    void ofEachPage() throws Exception {
        int rounds = Integer.getInteger("risefall.rounds");
        LocalDate day = LocalDate.parse(System.getProperty("risefall.day"));
        Path browser = DevTools.browser().orElseThrow(() -> new IllegalStateException("no chromium is on the PATH"));
        try (Warehouse warehouse = Warehouse.open(Path.of(System.getProperty("risefall.warehouse")), UTC);
                TestSite site = new TestSite(warehouse, UTC, folder, HttpLimits.USUAL);
                DevTools tab = DevTools.start(browser, Files.createDirectory(folder.resolve("profile")))) {
            tab.window(1280, false, true);
            tab.ask("Network.setCacheDisabled", Map.of("cacheDisabled", true));
            System.out.printf(
                    "%-16s %14s %14s %10s %10s %10s%n",
                    "page", "painted, ms", "answered, ms", "CPU ms", "KB", "elements");
            for (Map.Entry<String, String> page : pages(warehouse, day).entrySet()) {
                measure(tab, page.getKey(), site.url(page.getValue()), rounds);
            }
        }
    }

    private static Map<String, String> pages(Warehouse warehouse, LocalDate day) throws Exception {
        String outage = first(
                warehouse,
                "select outage_id from outages where started_at >= '" + day + "' order by started_at limit 1");
        String proxy = first(warehouse, "select proxy from outages where outage_id = '" + outage + "'");
        String server = first(warehouse, "select server from outages where outage_id = '" + outage + "'");
        String backendPath = "/backends/" + Links.ALL.part(proxy);
        String serverPath = "/servers/" + Links.ALL.part(proxy) + "/" + Links.ALL.part(server);
        String only = "from=" + day + "&to=" + day;
        String month = "from=" + day.minusDays(29) + "&to=" + day;
        String year = "from=" + day.minusDays(364) + "&to=" + day;
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("now", "/");
        pages.put("timeline hour", "/timeline?from=" + day + "T10:00:00Z&to=" + day + "T11:00:00Z");
        pages.put("timeline day", "/timeline?" + only);
        pages.put("timeline month", "/timeline?" + month);
        pages.put("timeline year", "/timeline?" + year);
        pages.put("timeline backend", "/timeline?" + month + "&backend=" + Links.ALL.part(proxy));
        pages.put("incidents", "/incidents?" + only);
        pages.put("incidents month", "/incidents?" + month);
        pages.put("incident", "/incidents/" + outage);
        pages.put("lines", "/lines/" + outage);
        pages.put("backend", backendPath + "?" + month);
        pages.put("server", serverPath + "?" + month);
        pages.put("report day", "/reports/day/" + day);
        pages.put("report month", "/reports/month/" + day.toString().substring(0, 7));
        pages.put("reports", "/reports");
        pages.put("silences", "/silences");
        pages.put("ingest", "/ingest");
        pages.put("query", "/query");
        return pages;
    }

    private static void measure(DevTools tab, String name, String url, int rounds) throws Exception {
        double[] painted = new double[rounds];
        double[] answered = new double[rounds];
        double[] cpu = new double[rounds];
        JsonNode last = null;
        for (int round = -1; round < rounds; round++) {
            long busy = cpuNanos();
            tab.open(url);
            long used = cpuNanos() - busy;
            last = tab.value(TIMES);
            if (round >= 0) {
                painted[round] = last.path("painted").asDouble();
                answered[round] = last.path("answered").asDouble();
                cpu[round] = used / 1e6;
            }
        }
        System.out.printf(
                "%-16s %14s %14s %10.0f %10.0f %10d%n",
                name,
                medianAndHighest(painted),
                medianAndHighest(answered),
                median(cpu),
                (last.path("bytes").asDouble() + last.path("all").asDouble()) / 1e3,
                last.path("elements").asInt());
    }

    private static String medianAndHighest(double... values) {
        return String.format(
                "%.0f (%.0f)", median(values), Arrays.stream(values).max().orElse(0));
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }

    private static String first(Warehouse warehouse, String sql) throws Exception {
        try (Connection views = warehouse.read();
                Statement statement = views.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Of the whole process: of what is not the service, only what speaks to the browser works meanwhile. */
    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
