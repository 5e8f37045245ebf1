package io.risefall.query.page.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.http.HttpLimits;
import io.risefall.query.http.WebServer;
import io.risefall.query.http.WorkQueue;
import io.risefall.query.http.access.AccessSettings;
import io.risefall.query.http.access.PageAccess;
import io.risefall.query.http.service.UserQuestions;
import io.risefall.query.metrics.Metrics;
import io.risefall.query.page.PageFrame;
import io.risefall.query.question.Questions;
import io.risefall.query.report.ExampleDays;
import io.risefall.query.report.TestWarehouse;
import io.risefall.schemas.suite.RealParts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports over real HTTP on loopback, of a real warehouse. */
@RealParts
class ReportPagesTest {
    @TempDir
    static Path folder;

    private static TestWarehouse warehouse;
    private static UserQuestions questions;
    private static WorkQueue pages;
    private static WebServer server;

    @BeforeAll
    static void start() throws Exception {
        warehouse = TestWarehouse.of(ExampleDays.hardDay());
        questions = new UserQuestions(
                new Questions(warehouse.warehouse(), ExampleDays.BERLIN, () -> null),
                folder,
                new Metrics(warehouse.warehouse()::read, 0).times());
        pages = new WorkQueue("pages", 2, 8, Duration.ofSeconds(20));
        ReportPages reports = new ReportPages(questions, pages, new PageFrame(), ExampleDays.BERLIN);
        server = new WebServer(
                new PageAccess("127.0.0.1", AccessSettings.OPEN, Clock.systemUTC(), reports::routes).pages(),
                HttpLimits.USUAL);
        server.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
        questions.close();
        pages.close();
        warehouse.close();
    }

    @ParameterizedTest
    @CsvSource({
        "day/2025-11-12, day/2025-11-11, day/2025-11-13",
        "week/2025-W46, week/2025-W45, week/2025-W47",
        "week/2026-W01, week/2025-W52, week/2026-W02",
        "month/2025-11, month/2025-10, month/2025-12",
        "year/2025, year/2024, year/2026"
    })
    void leadsToItsNeighboursAndFiles(String path, String before, String after) throws Exception {
        HttpResponse<String> report = get("/reports/" + path + "?zone=UTC&node=lb1");
        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(report.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'; style-src 'unsafe-inline'")
                .doesNotContain("script");
        assertThat(report.body())
                .contains("href=\"/reports/" + before + "?node=lb1&amp;zone=UTC\" rel=\"prev\"")
                .contains("href=\"/reports/" + after + "?node=lb1&amp;zone=UTC\" rel=\"next\"")
                .contains("href=\"/reports/" + path + ".csv?node=lb1&amp;zone=UTC\"");
    }

    @Test
    void incidentsLeadToTheirPages() throws Exception {
        assertThat(get("/reports/day/2025-11-12").body()).containsPattern("<a href=\"/incidents/[0-9a-f]{12}\">");
        assertThat(get("/reports/week/2025-W46").body()).containsPattern("<a href=\"/incidents/[0-9a-f]{12}\">");
    }

    @ParameterizedTest
    @CsvSource({
        "txt, text/plain; charset=utf-8, HAProxy health",
        "md, text/markdown; charset=utf-8, '# '",
        "csv, text/csv; charset=utf-8, ''",
        "json, application/json, {"
    })
    void isAFileToKeep(String end, String type, String begin) throws Exception {
        HttpResponse<String> file = get("/reports/day/2025-11-12." + end);
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type")).hasValue(type);
        assertThat(file.headers().firstValue("Content-Disposition"))
                .hasValue("attachment; filename=\"risefall-day-2025-11-12." + end + "\"");
        assertThat(file.body()).startsWith(begin).doesNotContain("/incidents/");
    }

    @ParameterizedTest
    @CsvSource({
        "unit=week&date=2025-11-12&backend=&node=, /reports/week/2025-W46",
        "unit=month&date=2025-11-12&backend=be%20%26&node=lb1, /reports/month/2025-11?node=lb1&backend=be%20%26"
    })
    void whatIsChosenHasAnAddress(String chosen, String address) throws Exception {
        HttpResponse<String> to = get("/reports/?" + chosen);
        assertThat(to.statusCode()).isEqualTo(303);
        assertThat(to.headers().firstValue("Location")).hasValue(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "week/2999-W01",
                "day/2025-13-01",
                "day/2025-11-12.exe",
                "week/2025-11-12",
                "fortnight/2025-11-12",
                "day/%3Cscript%3E",
                "?unit=eon&date=2025-11-12",
                "?unit=day&date=x"
            })
    void whatNamesNoReportSaysSo(String path) throws Exception {
        HttpResponse<String> wrong = get("/reports/" + path);
        assertThat(wrong.statusCode()).isEqualTo(400);
        assertThat(wrong.body()).contains("This cannot be shown.").doesNotContain("<script>");
    }

    @Test
    void whoIsNotThereIsNotFound() throws Exception {
        HttpResponse<String> wrong = get("/reports/day/2025-11-12?node=%3Cimg%3E");
        assertThat(wrong.statusCode()).isEqualTo(404);
        assertThat(wrong.body())
                .contains("This cannot be shown.", "&lt;img&gt;")
                .doesNotContain("<img>");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(
                                        "http://127.0.0.1:" + server.address().getPort() + path))
                                .build(),
                        BodyHandlers.ofString());
    }
}
