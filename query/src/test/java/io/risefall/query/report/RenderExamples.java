package io.risefall.query.report;

import io.risefall.query.report.render.ReportFormat;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.Locale;
import java.util.Map;

/** Writes the example days in all formats into a directory, to be looked at: {@code RenderExamples DIR}. */
final class RenderExamples {
    public static void main(String[] args) throws Exception {
        Path dir = Files.createDirectories(Path.of(args[0]));
        for (Map.Entry<String, History[]> day : Map.of(
                        "fourteen", new History[] {ExampleDays.fourteenServers()},
                        "fleet", ExampleDays.threeNodes(),
                        "minute", new History[] {ExampleDays.oneMinute()},
                        "leaders", new History[] {ExampleDays.leaders()},
                        "large", new History[] {ExampleDays.threeThousand()})
                .entrySet()) {
            try (TestWarehouse warehouse = TestWarehouse.of(day.getValue());
                    Connection views = warehouse.views()) {
                for (ReportFormat format : ReportFormat.values()) {
                    try (OutputStream out = Files.newOutputStream(
                            dir.resolve(day.getKey() + "." + format.name().toLowerCase(Locale.ROOT)))) {
                        Reports.day(views, ExampleDays.DAY, ExampleDays.BERLIN, null, format, ExampleDays.LATER, out);
                    }
                }
            }
        }
    }
}
