package io.risefall.query.report.period;

import io.risefall.query.report.model.StateDurations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A period's report as rows for a spreadsheet: the fleet, each backend, server and outage, and what changed. */
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
            "reason",
            "change",
            "down_before_ms",
            "outages_before");

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
        if (report.comparison() != null) {
            report.comparison().changes().forEach(change -> rows.add(change(change)));
        }
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
        return filled(row);
    }

    private static List<String> outage(OutagePeriod outage) {
        List<String> row = new ArrayList<>(List.of("outage", outage.proxy(), outage.server()));
        row.addAll(texts(outage.startedAt(), outage.endedAt(), null, outage.inPeriodMs()));
        set(filled(row), "longest_ms", outage.durationMs());
        set(row, "outage_id", outage.id());
        return set(row, "reason", outage.reason());
    }

    private static List<String> change(PeriodChange change) {
        List<String> row = filled(new ArrayList<>(texts("change", change.proxy(), change.server())));
        set(row, "reason", change.reasonWords());
        set(row, "down_ms", change.downMs());
        set(row, "outages", change.outages());
        set(row, "change", change.change().name().toLowerCase(Locale.ROOT));
        set(row, "down_before_ms", change.downBeforeMs());
        return set(row, "outages_before", change.outagesBefore());
    }

    private static List<String> filled(List<String> row) {
        row.addAll(Collections.nCopies(HEAD.size() - row.size(), ""));
        return row;
    }

    private static List<String> set(List<String> row, String column, @Nullable Object cell) {
        row.set(HEAD.indexOf(column), cell == null ? "" : cell.toString());
        return row;
    }

    private static List<String> texts(@Nullable Object... cells) {
        return Arrays.stream(cells)
                .map(cell -> cell == null ? "" : cell.toString())
                .toList();
    }
}
