package io.risefall.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.report.render.ReportFormat;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whole reports, compared byte by byte. To accept what is printed now: run with {@code -Drisefall.goldens=accept} and
 * read the diff.
 */
@Slow
class ReportGoldenTest {
    private static final Path GOLDENS = Path.of("src/test/resources/io/risefall/query/report");

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void aHardDay(ReportFormat format) throws Exception {
        compare("hard-day", format, ExampleDays.DAY, ExampleDays.hardDay());
    }

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void leadersAndNearMisses(ReportFormat format) throws Exception {
        compare("leaders", format, ExampleDays.DAY, ExampleDays.leaders());
    }

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void incidentsOfAFleet(ReportFormat format) throws Exception {
        compare("three-nodes", format, ExampleDays.DAY, ExampleDays.threeNodes());
    }

    @ParameterizedTest
    @EnumSource(ReportFormat.class)
    void anEmptyWarehouse(ReportFormat format) throws Exception {
        compare("empty", format, ExampleDays.DAY);
    }

    private static void compare(String name, ReportFormat format, LocalDate day, History... histories)
            throws Exception {
        String printed = print(format, day, histories);
        Path golden = GOLDENS.resolve(name + "." + format.name().toLowerCase(Locale.ROOT));
        if ("accept".equals(System.getProperty("risefall.goldens"))) {
            Files.createDirectories(GOLDENS);
            Files.writeString(golden, printed);
        }
        assertThat(printed).as(golden.toString()).isEqualTo(Files.readString(golden));
    }

    static String print(ReportFormat format, LocalDate day, History... histories) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TestWarehouse warehouse = TestWarehouse.of(histories);
                Connection views = warehouse.views()) {
            Reports.day(views, day, ExampleDays.BERLIN, null, format, ExampleDays.LATER, out);
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
