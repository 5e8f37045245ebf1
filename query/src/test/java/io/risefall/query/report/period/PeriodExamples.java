package io.risefall.query.report.period;

import io.risefall.query.report.ExampleDays;
import io.risefall.query.report.History;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import java.time.Instant;

/** Periods to look at and to test with. */
final class PeriodExamples {
    private static final CheckReason STATUS_503 = new CheckReason(CheckStatus.L7STS, 503, "Service Unavailable", 3L);

    private PeriodExamples() {}

    /** October and the first days of November 2025, as two nodes saw them. */
    static History[] twoMonths() {
        History one = new History("lb1", ExampleDays.DAY, ExampleDays.BERLIN).readUntil("14:59:59.999");
        one.server("be_web/web1")
                .up("-60 08:00")
                .down("-35 10:00", ExampleDays.REFUSED)
                .up("-35 10:30")
                .down("-5 12:00", ExampleDays.REFUSED)
                .up("-5 13:30")
                .open();
        one.server("be_web/web2")
                .up("-60 08:00")
                .down("-34 10:00", ExampleDays.SLOW)
                .up("-34 11:00")
                .open();
        one.server("be_api/api1")
                .up("-60 08:00")
                .down("-12 23:00", STATUS_503)
                .up("-11 01:30")
                .open();
        one.server("be_api/api2")
                .up("-60 08:00")
                .down("07:00", ExampleDays.SLOW)
                .open();
        History.Line flaps = one.server("be_api/api3").up("-60 08:00");
        for (int i = 0; i < 5; i++) {
            flaps.down("-2 10:%02d:00".formatted(2 * i), ExampleDays.SLOW).up("-2 10:%02d:00".formatted(2 * i + 1));
        }
        flaps.open();
        one.server("be_pay/pay1")
                .up("-60 08:00")
                .unknown("-3 06:00")
                .up("-3 18:00")
                .open();
        one.server("be_pay/pay2")
                .up("-60 08:00")
                .maint("-3 06:00", "maintenance")
                .up("-3 18:00")
                .open();
        one.server("be_db/db1").up("-60 08:00").open();
        one.backendEmpty("be_web", "-35 10:10", "-35 10:20");
        one.backendEmpty("be_api", "-11 00:00", "-11 01:00");
        one.flaps("be_api/api3", "-2 10:01:00", "-2 10:40:00", 5, 4200);
        History other = new History("lb2", ExampleDays.DAY, ExampleDays.BERLIN).readUntil("14:59:59.999");
        other.server("be_web/web1")
                .up("-60 08:00")
                .down("-5 12:00:01", ExampleDays.REFUSED)
                .up("-5 13:29:58")
                .open();
        return new History[] {one, other};
    }

    /** Many servers of ten backends, each four times down in October 2025. */
    static History many(int servers, String prefix) {
        CheckReason[] reasons = {ExampleDays.REFUSED, STATUS_503, ExampleDays.SLOW};
        History history = new History("lb1", ExampleDays.DAY, ExampleDays.BERLIN);
        for (int i = 0; i < servers; i++) {
            History.Line line = history.server(prefix + "be_%d/%ssrv%d".formatted(i % 10, prefix, i))
                    .up("-100 08:00");
            Instant at = history.at("-40 00:00").plusSeconds(i * 61L);
            for (int k = 0; k < 4; k++) {
                line.down(at, reasons[(i + k) % reasons.length]).up(at.plusSeconds(30 + 7L * i + k));
                at = at.plusSeconds(5 * 86_400);
            }
            line.open();
        }
        return history;
    }
}
