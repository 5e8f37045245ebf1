package io.risefall.query.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.alert.model.LocalAlertLog;
import io.risefall.query.report.TestWarehouse;
import io.risefall.schemas.suite.Slow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each report is sent once, to everybody, also after a time in which nothing ran. */
@Slow
class DueReportsTest {
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Instant BEGUN = Instant.parse("2025-11-12T12:00:00Z");

    private final List<String> posted = new ArrayList<>();
    private final List<ReportDocument> documents = new ArrayList<>();
    private TestWarehouse warehouse;

    @BeforeEach
    void open() throws Exception {
        warehouse = ReportedDay.warehouse();
    }

    @AfterEach
    void close() throws Exception {
        warehouse.close();
    }

    @Test
    void isSentOnceToEverybody() throws Exception {
        DueReports due = reports("ops", "chef");
        assertThat(due.send(BEGUN)).isZero();
        assertThat(due.send(at("2025-11-13T05:59:59Z"))).isZero();
        assertThat(due.send(at("2025-11-13T06:00:00Z"))).isEqualTo(2);
        assertThat(due.send(at("2025-11-13T06:00:30Z"))).isZero();
        assertThat(reports("ops", "chef").send(at("2025-11-13T07:00:00Z"))).isZero();
        assertThat(posted).containsExactly("ops 2025-11-12", "chef 2025-11-12");
    }

    @Test
    void theSubjectHasTheVerdict() throws Exception {
        reports("ops").send(BEGUN);
        reports("ops").send(at("2025-11-13T06:00:00Z"));
        ReportDocument document = documents.get(0);
        assertThat(document.content().subject())
                .isEqualTo("HAProxy health on Wednesday 12 November 2025: 2 outages, 1 flapping, 98.75 %");
        assertThat(document.name()).isEqualTo("risefall-day-2025-11-12");
        assertThat(new String(document.page(), StandardCharsets.UTF_8)).contains("<h1", "srv1");
        assertThat(document.content().text()).contains("web/srv1");
        assertThat(document.link()).isEqualTo("https://risefall.example.com/reports/day/2025-11-12?zone=UTC");
        assertThat(document.content().text()).contains("page       " + document.link());
        assertThat(document.content().html()).contains("<a href=\"" + document.link() + "\"");
    }

    @Test
    void aSilentDaySaysSo() throws Exception {
        reports("ops").send(at("2025-11-20T12:00:00Z"));
        reports("ops").send(at("2025-11-21T06:00:00Z"));
        assertThat(documents.get(0).content().subject()).endsWith("20 November 2025: the log was silent");
    }

    @Test
    void whatWasMissedIsSentLater() throws Exception {
        reports("ops").send(BEGUN);
        assertThat(reports("ops").send(at("2025-11-15T12:00:00Z"))).isEqualTo(3);
        assertThat(posted).containsExactly("ops 2025-11-12", "ops 2025-11-13", "ops 2025-11-14");
    }

    @Test
    void aTimeThatComesTwiceOrNotAtAllIsOneReport() throws Exception {
        DueReports due = reports(berlin("ops"));
        due.send(at("2025-10-25T12:00:00Z"));
        // The clock goes from 03:00 back to 02:00 at 01:00 UTC.
        assertThat(due.send(at("2025-10-26T00:30:00Z"))).isEqualTo(1);
        assertThat(due.send(at("2025-10-26T01:30:00Z"))).isZero();
        assertThat(due.send(at("2025-10-27T01:29:59Z"))).isZero();
        assertThat(due.send(at("2025-10-27T01:30:00Z"))).isEqualTo(1);
        // It goes from 02:00 to 03:00 at 01:00 UTC. To somebody else, whom no report of the winter is for.
        DueReports spring = reports(berlin("chef"));
        spring.send(at("2026-03-28T12:00:00Z"));
        posted.clear();
        assertThat(spring.send(at("2026-03-29T01:29:59Z"))).isZero();
        assertThat(spring.send(at("2026-03-29T01:30:00Z"))).isEqualTo(1);
        assertThat(spring.send(at("2026-03-30T00:30:00Z"))).isEqualTo(1);
        assertThat(posted).containsExactly("chef 2026-03-28", "chef 2026-03-29");
    }

    private static List<ScheduledReport> berlin(String to) {
        return List.of(ScheduledReport.of("day", "02:30 Europe/Berlin", null, List.of(to), UTC));
    }

    @Test
    void whoIsNewGetsWhatComes() throws Exception {
        reports("ops").send(BEGUN);
        assertThat(reports("ops", "new").send(at("2025-11-13T12:00:00Z"))).isEqualTo(1);
        assertThat(reports("ops", "new").send(at("2025-11-14T12:00:00Z"))).isEqualTo(2);
        assertThat(posted).containsExactly("ops 2025-11-12", "ops 2025-11-13", "new 2025-11-13");
    }

    @Test
    void whatThePostDoesNotTakeIsSentAgain() throws Exception {
        reports("ops").send(BEGUN);
        DueReports failing = new DueReports(
                schedule("ops"),
                warehouse::views,
                (store, changed, to, report) -> {
                    throw new IllegalStateException("the post is closed");
                },
                new LocalAlertLog(),
                null);
        assertThatThrownBy(() -> failing.send(at("2025-11-13T06:00:00Z"))).hasMessage("the post is closed");
        assertThat(reports("ops").send(at("2025-11-13T06:00:30Z"))).isEqualTo(1);
    }

    private DueReports reports(String... to) {
        return reports(schedule(to));
    }

    private DueReports reports(List<ScheduledReport> schedule) {
        return new DueReports(
                schedule,
                warehouse::views,
                (store, changed, receiver, report) -> {
                    posted.add(
                            receiver + " " + report.id().substring(report.id().length() - 10));
                    documents.add(report);
                },
                new LocalAlertLog(),
                "https://risefall.example.com");
    }

    private static List<ScheduledReport> schedule(String... to) {
        return List.of(ScheduledReport.of("day", "06:00 UTC", null, List.of(to), UTC));
    }

    private static Instant at(String time) {
        return Instant.parse(time);
    }
}
