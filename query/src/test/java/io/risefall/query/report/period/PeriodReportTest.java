package io.risefall.query.report.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.risefall.query.question.QuestionContext;
import io.risefall.query.question.QuestionParameters;
import io.risefall.query.question.ReportQuestion;
import io.risefall.query.report.ExampleDays;
import io.risefall.query.report.TestWarehouse;
import io.risefall.query.sql.QueryException;
import io.risefall.schemas.suite.Slow;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reports of periods: in every format, against the period before, and short where there is no news. */
@Slow
class PeriodReportTest {
    private static final Path GOLDENS = Path.of("src/test/resources/io/risefall/query/report/period");
    private static final LocalDate DAY = ExampleDays.DAY;
    private static final Instant NOW = Instant.parse("2025-11-12T14:00:00Z");
    private static final CalendarPeriod NOVEMBER = CalendarPeriod.of(CalendarUnit.MONTH, DAY);

    private static final Map<PeriodRequest, PeriodReport> READ = new HashMap<>();

    private static TestWarehouse warehouse;
    private static Connection views;

    @BeforeAll
    static void fill() throws Exception {
        warehouse = TestWarehouse.of(PeriodExamples.twoMonths());
        views = warehouse.views();
    }

    @AfterAll
    static void close() throws Exception {
        views.close();
        warehouse.close();
    }

    @ParameterizedTest
    @EnumSource(PeriodFormat.class)
    void november(PeriodFormat format) throws Exception {
        compare("november", format, NOVEMBER, null);
    }

    @ParameterizedTest
    @EnumSource(
            value = PeriodFormat.class,
            names = {"TEXT", "MARKDOWN", "HTML"})
    void noNewsIsShort(PeriodFormat format) throws Exception {
        compare("quiet", format, NOVEMBER, "be_db");
        if (format == PeriodFormat.TEXT) {
            assertThat(printed(format, NOVEMBER, "be_db").lines().filter(line -> !line.isEmpty()))
                    .hasSizeLessThanOrEqualTo(5);
        }
    }

    @Test
    void whatIsDifferentIsSaidWithBothNumbers() throws Exception {
        PeriodReport report = report(NOVEMBER, null);
        assertThat(report.comparison().changes().stream()
                        .map(change -> change.change() + " " + change.name() + " " + change.reasonWords() + " "
                                + change.outagesBefore() + "/" + change.downBeforeMs() + " "
                                + change.outages() + "/" + change.downMs()))
                .containsExactly(
                        "NEW be_api/api2 L7TOUT 0/0 1/28800000",
                        "NEW be_api/api1 L7STS 0/0 1/5400000",
                        "NEW be_api without a server 0/0 1/3600000",
                        "WORSE be_web/web1 L4CON 1/1800000 1/5400000",
                        "NEW be_api/api3 L7TOUT 0/0 5/300000",
                        "GONE be_web/web2 L7TOUT 1/3600000 0/0",
                        "GONE be_web without a server 1/600000 0/0");
        // As far into October as November has got.
        assertThat(report.comparison().to()).isEqualTo("2025-10-12T13:00:00Z");
    }

    @Test
    void withAPeriodThatTheLogDoesNotCoverNothingIsCompared() throws Exception {
        PeriodReport year = report(CalendarPeriod.of(CalendarUnit.YEAR, DAY), null);
        assertThat(year.comparison().compared()).isFalse();
        assertThat(year.comparison().changes()).isEmpty();
        assertThat(year.comparison().sentence())
                .isEqualTo("The log does not cover the period before, 2024 until 2024-11-12 15:00:00 +01:00:"
                        + " nothing is compared with it.");
        PeriodReport october = report(NOVEMBER.before(), null);
        assertThat(october.comparison().sentence())
                .isEqualTo("Of the period before, September 2025, the log covers only 2025-09-13 08:00:00 +02:00 to"
                        + " 2025-10-01 00:00:00 +02:00: nothing is compared with it.");
    }

    @Test
    void saysThatItIsNotOver() throws Exception {
        assertThat(report(NOVEMBER, null).isRunning()).isTrue();
        assertThat(printed(PeriodFormat.TEXT, NOVEMBER, null).replaceAll("\\s+", " "))
                .contains("so far: the period is not over, and this is until now");
        PeriodReport october = report(NOVEMBER.before(), null);
        assertThat(october.isRunning()).isFalse();
        // The end of summer time is in it.
        assertThat(october.method().get(0)).contains("31 d 1 h long, 1 more than its days have of 24 h");
    }

    @Test
    void anOutageOverTheEdgeIsSplit() throws Exception {
        long before = report(NOVEMBER.before(), "be_api").fleet().time().downMs();
        PeriodReport november = report(NOVEMBER, "be_api");
        assertThat(before).isEqualTo(3_600_000);
        assertThat(november.outages().get(0).inPeriodMs()).isEqualTo(5_400_000);
        assertThat(november.outages().get(0).durationMs()).isEqualTo(9_000_000);
        assertThat(november.fleet().begun()).isEqualTo(november.fleet().outages() - 1);
    }

    /** As the command asks: through the texts that cross HTTP. */
    @Test
    void isAskedByItsDays() throws Exception {
        assertThat(asked(CalendarPeriod.of(CalendarUnit.DAY, DAY), null, PeriodFormat.TEXT))
                .startsWith("HAProxy health on Wednesday 12 November 2025\n")
                .contains("What to do next");
        assertThat(asked(CalendarPeriod.of(CalendarUnit.DAY, DAY), "be_api", PeriodFormat.MARKDOWN))
                .startsWith("# HAProxy health on Wednesday 12 November 2025, backend be\\_api\n");
        assertThat(asked(CalendarPeriod.of(CalendarUnit.DAY, DAY), null, PeriodFormat.CSV))
                .startsWith("kind,proxy,server,")
                .contains("\nserver,be_api,api2,2025-11-11T23:00:00Z,2025-11-12T14:00:00Z,25200000,28800000,");
        assertThat(asked(CalendarPeriod.of(CalendarUnit.WEEK, DAY), "be_db", PeriodFormat.TEXT))
                .startsWith("HAProxy health in week 46 of 2025 (10 to 16 November 2025), backend be_db\n");
        assertThat(asked(new CalendarPeriod(DAY.minusDays(2), DAY, null), "be_db", PeriodFormat.TEXT))
                .startsWith("HAProxy health from 10 to 12 November 2025, backend be_db\n");
    }

    private static String asked(CalendarPeriod period, @Nullable String proxy, PeriodFormat format) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReportQuestion question = new ReportQuestion();
        QuestionParameters parameters = ReportQuestion.parameters(
                new PeriodRequest(period, ExampleDays.BERLIN, null, null, proxy), Duration.ofHours(12), format);
        assertThat(question.answer(new QuestionContext(views, ZoneId.of("UTC"), NOW, null), parameters, out))
                .isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aYearThatIsLongOverIsReportedToo() throws Exception {
        CalendarPeriod first = CalendarPeriod.of(CalendarUnit.YEAR, LocalDate.of(1, 1, 1));
        assertThat(printed(PeriodFormat.TEXT, first, null)).contains("The log says nothing in");
    }

    @Test
    void whatIsNotInTheLogIsAnError() {
        assertThatThrownBy(() -> report(NOVEMBER, "be_wbe"))
                .isInstanceOf(QueryException.class)
                .hasMessage("no line is about a backend be_wbe; did you mean be_web?");
    }

    /** Each is read once. */
    private static PeriodReport report(CalendarPeriod period, @Nullable String proxy) throws Exception {
        PeriodRequest request = new PeriodRequest(period, ExampleDays.BERLIN, null, null, proxy);
        synchronized (READ) {
            PeriodReport report = READ.get(request);
            if (report == null) {
                report = PeriodReports.of(views, request, NOW);
                READ.put(request, report);
            }
            return report;
        }
    }

    private static String printed(PeriodFormat format, CalendarPeriod period, @Nullable String proxy) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        format.write(report(period, proxy), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static void compare(String name, PeriodFormat format, CalendarPeriod period, @Nullable String proxy)
            throws Exception {
        // The lines of a mail end with CRLF: PeriodMailTest looks at that.
        String printed = printed(format, period, proxy).replace("\r\n", "\n");
        Path golden = GOLDENS.resolve(name + "." + format.name().toLowerCase(Locale.ROOT));
        if ("accept".equals(System.getProperty("risefall.goldens"))) {
            Files.createDirectories(GOLDENS);
            Files.writeString(golden, printed);
        }
        assertThat(printed).as(golden.toString()).isEqualTo(Files.readString(golden));
    }
}
