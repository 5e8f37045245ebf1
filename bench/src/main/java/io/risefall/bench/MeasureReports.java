package io.risefall.bench;

import io.risefall.query.report.Reports;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.period.CalendarPeriod;
import io.risefall.query.report.period.CalendarUnit;
import io.risefall.query.report.period.PeriodFormat;
import io.risefall.query.report.period.PeriodReports;
import io.risefall.query.report.period.PeriodRequest;
import io.risefall.query.report.render.ReportFormat;
import io.risefall.query.sql.ResultFormat;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.query.warehouse.Warehouse;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How long reports and views take in a process that has the warehouse open: {@code FILE DAY ROUNDS [NAME...]}. Prints medians of the
 * wall clock and of the CPU. The first round warms up and does not count, unless it took a quarter of a minute; what takes a whole one is cancelled.
 */
final class MeasureReports {
    private static final ZoneId ZONE = ZoneId.of("UTC");
    private static final Duration LONG = Duration.ofMinutes(1);

    /** The time by which each view is limited to the day; the others have none. */
    private static final Map<String, String> TIMES = new TreeMap<>(Map.ofEntries(
            Map.entry("backend_outages", "started_at"),
            Map.entry("capacity", "from_at"),
            Map.entry("capacity_day", "day"),
            Map.entry("changes", "at"),
            Map.entry("check_days", "day"),
            Map.entry("checks", "at"),
            Map.entry("events", "at"),
            Map.entry("failovers", "at"),
            Map.entry("flappers", "week"),
            Map.entry("flapping", "started_at"),
            Map.entry("incidents", "started_at"),
            Map.entry("leaderless", "from_at"),
            Map.entry("losses", "from_at"),
            Map.entry("maintenance", "from_at"),
            Map.entry("near_miss_day", "day"),
            Map.entry("near_misses", "at"),
            Map.entry("outages", "started_at"),
            Map.entry("outage_evidence", "at"),
            Map.entry("processes", "first_at"),
            Map.entry("reasons_day", "day"),
            Map.entry("reasons_hour", "hour"),
            Map.entry("reasons_week", "week"),
            Map.entry("role_backends", "since"),
            Map.entry("server_day", "day"),
            Map.entry("servers", "since"),
            Map.entry("sightings", "from_at"),
            Map.entry("silences", "from_at"),
            Map.entry("states", "from_at")));

    private MeasureReports() {}

    private interface Work {
        void run() throws Exception;
    }

    public static void main(String[] args) throws Exception {
        LocalDate day = LocalDate.parse(args[1]);
        int rounds = Integer.parseInt(args[2]);
        List<String> wanted = List.of(args).subList(3, args.length);
        try (Warehouse warehouse = Warehouse.open(Path.of(args[0]), ZONE)) {
            Instant now = Instant.now();
            measure("report day", wanted, rounds, () -> {
                try (Connection views = warehouse.read()) {
                    Reports.day(
                            views,
                            DayRequest.of(day, ZONE),
                            ReportFormat.TEXT,
                            now,
                            OutputStream.nullOutputStream(),
                            false);
                }
            });
            measure("report month", wanted, rounds, () -> {
                try (Connection views = warehouse.read()) {
                    PeriodRequest month =
                            new PeriodRequest(CalendarPeriod.of(CalendarUnit.MONTH, day), ZONE, null, null, null);
                    PeriodFormat.TEXT.write(PeriodReports.of(views, month, now), OutputStream.nullOutputStream());
                }
            });
            SqlSandbox sandbox = new SqlSandbox(warehouse::read, LONG);
            TIMES.forEach((view, time) -> measure(view, wanted, rounds, () -> {
                String from = time.equals("week") ? "date_trunc('week', date '" + day + "')" : "'" + day + "'";
                sandbox.query(
                        "select * from " + view + " where \"" + time + "\" >= " + from + " and \"" + time + "\" < '"
                                + day.plusDays(1) + "'",
                        ResultFormat.CSV,
                        OutputStream.nullOutputStream());
            }));
        }
    }

    private static void measure(String name, List<String> wanted, int rounds, Work work) {
        if (!wanted.isEmpty() && !wanted.contains(name)) {
            return;
        }
        List<Long> wall = new ArrayList<>();
        List<Long> cpu = new ArrayList<>();
        String problem = "";
        for (int round = 0; round <= rounds; round++) {
            long begun = System.nanoTime();
            long busy = cpuNanos();
            @Nullable String failed = run(work);
            wall.add(System.nanoTime() - begun);
            cpu.add(cpuNanos() - busy);
            if (failed != null || wall.get(0) > LONG.toNanos() / 4) {
                problem = failed == null
                        ? "  (once, not warm)"
                        : "  failed: " + failed.lines().findFirst().orElse("");
                break;
            }
        }
        if (wall.size() > 1) {
            wall.remove(0);
            cpu.remove(0);
        }
        System.out.printf("%-16s %8.2f s wall %8.2f s CPU%s%n", name, median(wall), median(cpu), problem);
    }

    private static @Nullable String run(Work work) {
        try {
            work.run();
            return null;
        } catch (Exception e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static double median(List<Long> nanos) {
        Collections.sort(nanos);
        return nanos.get((nanos.size() - 1) / 2) / 1e9;
    }
}
