package io.risefall.query.report.period;

import io.risefall.query.report.model.StateDurations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A period's report as rows for a spreadsheet: the fleet, each backend, each server and each outage. */
final class PeriodCsv {
    private static final List<String> HEAD = List.of(
            "kind",
            "proxy",
            "server",
            "from_at",
            "to_at",
            "up_ms",
            "down_ms",
            "maint_ms",
            "drain_ms",
            "unknown_ms",
            "availability",
            "availability_low",
            "availability_high",
            "without_server_ms",
            "outages",
            "begun",
            "recoveries",
            "longest_ms",
            "mttr_ms",
            "flapping_ms",
            "outage_id",
            "reason");

    private PeriodCsv() {}

    static List<List<String>> rows(PeriodReport report) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        rows.add(row(
                report,
                List.of("fleet", "", ""),
                report.fleet().time(),
                report.fleet().time().availability(),
                report.fleet().time().availabilityLow(),
                report.fleet().time().availabilityHigh(),
                null,
                report.fleet().outages(),
                report.fleet().begun(),
                report.fleet().recoveries(),
                report.fleet().longestMs(),
                report.fleet().mttrMs(),
                null));
        report.backends()
                .forEach(backend -> rows.add(row(
                        report,
                        List.of("backend", backend.proxy(), ""),
                        backend.serverTime(),
                        backend.availability(),
                        backend.availabilityLow(),
                        backend.availabilityHigh(),
                        backend.withoutServerMs(),
                        backend.outages(),
                        backend.begun(),
                        backend.recoveries(),
                        null,
                        backend.mttrMs(),
                        null)));
        report.servers()
                .forEach(server -> rows.add(row(
                        report,
                        List.of("server", server.proxy(), server.server()),
                        server.time(),
                        server.time().availability(),
                        server.time().availabilityLow(),
                        server.time().availabilityHigh(),
                        null,
                        server.outages(),
                        server.begun(),
                        server.recoveries(),
                        server.longestMs(),
                        server.mttrMs(),
                        server.flappingMs())));
        report.outages().forEach(outage -> rows.add(outage(outage)));
        return rows;
    }

    private static List<String> row(
            PeriodReport report, List<String> names, StateDurations time, @Nullable Object... numbers) {
        List<String> row = new ArrayList<>(names);
        row.addAll(texts(
                report.from(),
                report.to(),
                time.upMs(),
                time.downMs(),
                time.maintMs(),
                time.drainMs(),
                time.unknownMs()));
        row.addAll(texts(numbers));
        row.addAll(texts(null, null));
        return row;
    }

    private static List<String> outage(OutagePeriod outage) {
        List<String> row = new ArrayList<>(List.of("outage", outage.proxy(), outage.server()));
        row.addAll(texts(outage.startedAt(), outage.endedAt(), null, outage.inPeriodMs()));
        row.addAll(texts(new Object[HEAD.size() - row.size() - 2]));
        row.set(HEAD.indexOf("longest_ms"), String.valueOf(outage.durationMs()));
        row.addAll(texts(outage.id(), outage.reason()));
        return row;
    }

    private static List<String> texts(@Nullable Object... cells) {
        return Arrays.stream(cells)
                .map(cell -> cell == null ? "" : cell.toString())
                .toList();
    }
}
