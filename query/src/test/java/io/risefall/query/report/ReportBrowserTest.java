package io.risefall.query.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.risefall.query.report.render.ReportFormat;
import io.risefall.schemas.suite.RealParts;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser: skipped where there is none. */
@RealParts
class ReportBrowserTest {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    @TempDir
    Path dir;

    @Test
    void theBrowserShowsWhatTheTemplateWrote() throws Exception {
        Path page = dir.resolve("day.html");
        Files.writeString(page, ReportGoldenTest.print(ReportFormat.HTML, ExampleDays.DAY, ExampleDays.hardDay()));

        String dom = run("--dump-dom", page.toUri().toString());

        assertThat(dom)
                .contains("<h1", "were down at the end of the day", "class=\"s-down\"", "Before you trust the numbers")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script", "<img", "<parsererror");
    }

    @Test
    void aNumbersLinkOpensItsLines() throws Exception {
        Path page = dir.resolve("day.html");
        String html = ReportGoldenTest.print(ReportFormat.HTML, ExampleDays.DAY, ExampleDays.hardDay());
        Files.writeString(page, html);
        Matcher link =
                Pattern.compile("class=\"ex\" href=\"#(lines-[0-9a-f]{12})\"").matcher(html);
        assertThat(link.find()).isTrue();
        String anchor = link.group(1);
        assertThat(html).containsPattern("<details><summary>[^<]*</summary>\n<div id=\"" + anchor + "\"");

        String dom = run("--dump-dom", page.toUri() + "#" + anchor);

        assertThat(dom)
                .containsPattern("<details open=\"[^\"]*\"><summary>[^<]*</summary>\n<div id=\"" + anchor + "\"");
    }

    @Test
    void thePageIsPaintedOnScreenAndPaper() throws Exception {
        Path page = dir.resolve("day.html");
        Files.writeString(
                page, ReportGoldenTest.print(ReportFormat.HTML, ExampleDays.DAY, ExampleDays.fourteenServers()));
        Path picture = dir.resolve("day.png");
        Path paper = dir.resolve("day.pdf");

        run("--screenshot=" + picture, "--window-size=1200,2000", page.toUri().toString());
        run("--print-to-pdf=" + paper, page.toUri().toString());

        assertThat(Files.size(picture)).isGreaterThan(50_000);
        assertThat(Files.size(paper)).isGreaterThan(20_000);
    }

    private String run(String... arguments) throws Exception {
        Optional<Path> browser = browser();
        assumeTrue(browser.isPresent(), "skipped: none of " + NAMES + " is on the PATH");
        Path output = Files.createTempFile(dir, "chromium", ".out");
        List<String> command = new ArrayList<>(List.of(
                browser.orElseThrow().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + Files.createTempDirectory(dir, "profile")));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS))
                    .as("chromium ends in time")
                    .isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).isZero();
        return Files.readString(output);
    }

    private static Optional<Path> browser() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
