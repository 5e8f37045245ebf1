package io.risefall.query.report;

import static io.risefall.query.report.ExampleDays.BAD_TLS;
import static io.risefall.query.report.ExampleDays.BERLIN;
import static io.risefall.query.report.ExampleDays.DAY;
import static io.risefall.query.report.ExampleDays.REFUSED;
import static io.risefall.query.report.ExampleDays.SILENT_NET;
import static io.risefall.query.report.ExampleDays.SLOW;
import static io.risefall.query.report.ExampleDays.STATUS_503;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.diagnose.Diagnoses;
import io.risefall.query.postmortem.Postmortems;
import io.risefall.query.report.model.DayReport;
import io.risefall.query.report.model.DayRequest;
import io.risefall.query.report.render.ReportFormat;
import io.risefall.query.subject.ServerTarget;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.suite.Slow;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import org.junit.jupiter.api.Test;

/** How many statements an answer takes: DuckDB plans each one anew, and on a small log that takes longer than to run it. */
@Slow
class AskedStatementsTest {
    private interface Answer {
        void from(Connection views) throws Exception;
    }

    @Test
    void aDiagnosisAsksAsOftenAboutManyOutagesAsAboutOne() throws Exception {
        Answer diagnosis = views -> assertThat(
                        new Diagnoses(views, BERLIN, false).of(ServerTarget.ALL).outages())
                .isNotEmpty();

        assertThat(asked(down("a", "b", "c", "d"), diagnosis)).isEqualTo(asked(down("a"), diagnosis));
    }

    @Test
    void aDaysReportAsksNoMoreThanItsSectionsNeed() throws Exception {
        Answer report = views -> Reports.day(
                views,
                DayRequest.of(DAY, BERLIN),
                ReportFormat.TEXT,
                DAY.plusDays(2).atStartOfDay(BERLIN).toInstant(),
                OutputStream.nullOutputStream(),
                false);

        assertThat(asked(down("a", "b", "c", "d"), report))
                .isEqualTo(asked(down("a"), report))
                .isLessThanOrEqualTo(30);
    }

    @Test
    void aDaysPageAsksNoMoreForManyRowsOfEachKind() throws Exception {
        Answer page = views -> {
            DayReport report = DayReports.of(
                    views,
                    DayRequest.of(DAY, BERLIN),
                    DAY.plusDays(2).atStartOfDay(BERLIN).toInstant(),
                    true);
            assertThat(report.evidence().traces())
                    .extracting(trace -> trace.anchor().replaceFirst("(lines-[a-z]+-).*", "$1"))
                    .contains("lines-planned-", "lines-reason-", "lines-server-", "lines-flapping-")
                    .as("outages and backends")
                    .anyMatch(anchor -> anchor.matches("lines-[0-9a-f]{12}"));
        };

        assertThat(asked(troubles(5), page)).isEqualTo(asked(troubles(1), page)).isLessThanOrEqualTo(40);
    }

    @Test
    void aPostMortemOfAnOutageDoesNotWorkOutIncidents() throws Exception {
        History log = down("a");
        String[] id = new String[1];
        asked(
                log,
                views -> id[0] = new Diagnoses(views, BERLIN, false)
                        .of(ServerTarget.ALL)
                        .outages()
                        .get(0)
                        .id());

        int whole = asked(log, views -> Postmortems.of(views, id[0], BERLIN));

        assertThat(asked(log, views -> Postmortems.of(views, id[0].substring(0, 11), BERLIN)))
                .as("the beginning of an id may be that of an incident's too")
                .isEqualTo(whole + 1);
    }

    private static History down(String... servers) {
        History log = new History("lb1", DAY, BERLIN);
        for (String server : servers) {
            log.server("web/" + server).up("-1 08:00").down("11:00", REFUSED).open();
        }
        return log;
    }

    /** So many backends with a row of each kind. */
    private static History troubles(int backends) {
        CheckReason[] reasons = {REFUSED, STATUS_503, SLOW, SILENT_NET, BAD_TLS};
        History log = new History("lb1", DAY, BERLIN);
        for (int i = 0; i < backends; i++) {
            String backend = "web" + i;
            log.server(backend + "/a")
                    .up("-1 08:00")
                    .down("11:0" + i, reasons[i])
                    .up("11:30")
                    .maint("15:00", "maintenance")
                    .up("16:00")
                    .open();
            log.backendEmpty(backend, "11:0" + i, "11:30");
            log.flaps(backend + "/a", "11:00", "12:00", 9, 5210);
        }
        return log;
    }

    /** How many statements are prepared. */
    private static int asked(History log, Answer answer) throws Exception {
        int[] statements = new int[1];
        try (TestWarehouse warehouse = TestWarehouse.of(log);
                Connection views = warehouse.views()) {
            answer.from((Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(),
                    new Class<?>[] {Connection.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")) {
                            statements[0]++;
                        }
                        try {
                            return method.invoke(views, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    }));
        }
        return statements[0];
    }
}
