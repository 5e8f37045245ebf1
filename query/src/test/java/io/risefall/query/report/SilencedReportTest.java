package io.risefall.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.warehouse.Records;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.note.AlertSilence;
import io.risefall.schemas.suite.Slow;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Silences of alerts in the day's report: those of the day and of the nodes that are asked for. */
@Slow
class SilencedReportTest {
    private static final LocalDate DAY = LocalDate.parse("2026-03-02");
    private static final Instant NOW = Instant.parse("2026-03-05T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void areNamedOnTheDayOnWhichTheyHeld() throws Exception {
        try (Warehouse warehouse = Warehouse.open(folder.resolve("w.duckdb"), ZoneOffset.UTC)) {
            AlertSilence ended = silence("a", null, "web", "2026-03-02T09:00:00Z", "2026-03-02T23:00:00Z", "anna");
            warehouse.write(new Records("2026-03-02", 0)
                    .state("lb1", "web/s1", Health.UP, "08:00:00", null)
                    .silence(ended)
                    .silence(ended.endedAt(Instant.parse("2026-03-02T10:00:00Z")))
                    .silence(silence("b", "lb2", "app*", "2026-03-02T23:00:00Z", "2026-03-03T01:00:00Z", null))
                    .silence(silence("c", null, "later", "2026-03-03T00:00:00Z", "2026-03-03T01:00:00Z", null))
                    .readUntil("23:59:59")
                    .batch());
            assertThat(silenced(warehouse, null))
                    .containsExactly(
                            "Alerts of web were silenced from 09:00:00 to 10:00:00 by anna (disks). This changes no number here.",
                            "Alerts of app* on lb2 were silenced from 23:00:00 to 2026-03-03 01:00:00 (disks). This"
                                    + " changes no number here.");
            assertThat(silenced(warehouse, "lb1"))
                    .singleElement()
                    .asString()
                    .startsWith("Alerts of web were silenced from 09:00:00");
        }
    }

    private static List<String> silenced(Warehouse warehouse, String node) throws Exception {
        try (Connection views = warehouse.read()) {
            DayReport report = DayReportAccess.of(
                    views, new DayRequest(DAY, ZoneId.of("UTC"), null, node, DayRequest.FORGOTTEN_AFTER), NOW);
            return report.caveats().stream()
                    .filter(caveat -> caveat.contains("silenced"))
                    .toList();
        }
    }

    private static AlertSilence silence(
            String id, String node, String proxy, String from, String until, String author) {
        return new AlertSilence(id, node, proxy, null, Instant.parse(from), Instant.parse(until), "disks", author);
    }
}
