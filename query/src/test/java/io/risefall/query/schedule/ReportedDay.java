package io.risefall.query.schedule;

import io.risefall.query.report.ExampleDays;
import io.risefall.query.report.History;
import io.risefall.query.report.TestWarehouse;
import java.time.ZoneId;

/** A day of which reports are sent: two outages, one flapping server. */
final class ReportedDay {
    private ReportedDay() {}

    static TestWarehouse warehouse() throws Exception {
        History lb1 = new History("lb1", ExampleDays.DAY, ZoneId.of("UTC"));
        lb1.server("web/srv1")
                .up("-1 08:00")
                .down("10:00:00", ExampleDays.REFUSED)
                .up("10:30:00")
                .open();
        lb1.server("web/srv2")
                .up("-1 08:00")
                .down("11:00:00", ExampleDays.REFUSED)
                .up("11:06:00")
                .open();
        lb1.flaps("web/srv2", "11:00:00", "11:30:00", 4, 3000);
        return TestWarehouse.of(lb1.readUntil("+1 00:00"));
    }
}
