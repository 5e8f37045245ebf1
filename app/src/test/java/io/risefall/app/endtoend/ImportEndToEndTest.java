package io.risefall.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.Logfiles;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a file to rows, as a user does it. */
@RealParts
class ImportEndToEndTest {
    private static final String OUTAGES =
            "SELECT node, proxy, server, started_at, ended_at, ended_by, reason FROM outages "
                    + "ORDER BY started_at, proxy, server";

    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();
    private Path log;
    private String data;

    @BeforeEach
    void copy() throws Exception {
        log = Logfiles.copy("basic-2.6", "rsyslog-iso.log", temp.resolve("haproxy.log"));
        data = temp.resolve("data").toString();
    }

    @Test
    void whatWasImportedCanBeQueriedAndImportingAgainAddsNothingButNewLines() throws Exception {
        succeed("import", "--data", data, log.toString());
        assertThat(risefall.out()).isEmpty();
        assertThat(risefall.err()).contains(log + ": ", " health events");

        succeed("query", "--data", data, "--format", "csv", OUTAGES);
        String outages = risefall.out();
        List<String> rows = outages.lines().toList();
        assertThat(rows.get(0)).isEqualTo("node,proxy,server,started_at,ended_at,ended_by,reason");
        assertThat(rows).hasSizeGreaterThan(5);
        assertThat(rows.get(1)).startsWith("edge-lb-01,");
        long events = count("events");
        assertThat(events).isGreaterThan(20);

        succeed("import", "--data", data, log.toString());
        assertThat(risefall.err()).contains(": 0 lines", "nothing new");
        succeed("query", "--data", data, "--format", "csv", OUTAGES);
        assertThat(risefall.out()).isEqualTo(outages);
        assertThat(count("events")).isEqualTo(events);

        succeed("report", "--data", data, "--date", "2026-11-23", "--zone", "UTC");
        assertThat(risefall.out()).contains("2026-11-23");
        Path page = temp.resolve("day.html");
        succeed("report", "day", "--data", data, "--date", "2026-11-23", "--format", "html", "-o", page.toString());
        assertThat(page).content().contains("<html");
        assertThat(risefall.out()).isEmpty();

        // A file that has grown gives the same as the whole one.
        List<String> lines = Files.readAllLines(log);
        Path growing = temp.resolve("growing.log");
        String pieces = temp.resolve("pieces").toString();
        Files.write(growing, lines.subList(0, lines.size() / 2));
        succeed("import", "--data", pieces, growing.toString());
        Files.write(growing, lines.subList(lines.size() / 2, lines.size()), StandardOpenOption.APPEND);
        succeed("import", "--data", pieces, growing.toString());
        succeed("query", "--data", pieces, "--format", "csv", OUTAGES);
        assertThat(risefall.out()).isEqualTo(outages);
    }

    @Test
    void importsAndAnswersBesideARunningService() throws Exception {
        try (RunningRisefall running = RunningRisefall.start(Path.of(data))) {
            running.must("import", log.toString());
            assertThat(running.must("query", "--format", "csv", "SELECT count(*) > 20 FROM events"))
                    .isEqualTo("(count_star() > 20)\ntrue\n");
            assertThat(running.must("report", "--date", "2026-11-23", "--zone", "UTC"))
                    .contains("2026-11-23");
            running.must(
                    "note",
                    "deploy <4.2>\u001b[31m",
                    "--proxy",
                    "static-assets/green:1",
                    "--at",
                    "2026-11-23T01:40:00Z");
            assertThat(running.must("changes", "static-assets", "--since", "2026-11-20", "--format", "csv"))
                    .contains(
                            "2026-11-23T01:40:00Z,,note,static-assets/green:1,deploy <4.2>\u001b[31m,static-assets,green:1,,,\n");
            running.must("silence", "static-*/green:?", "--for", "2h", "--why", "disks <b>\u001b[31m");
            String id = running.must("query", "--format", "csv", "select silence_id from alert_silences")
                    .lines()
                    .toList()
                    .get(1);
            assertThat(running.must("silence", "--list"))
                    .contains(id, "static-*", "green:?", System.getProperty("user.name"))
                    .doesNotContain("\u001b");
            assertThat(running.must("report", "--date", "today", "--zone", "UTC"))
                    .contains("Alerts of static-*/green:? were silenced from ")
                    .doesNotContain("\u001b");
            assertThat(risefall.run("silence", "--data", data, "static-asset/gren:1", "--for", "2h", "--why", "disks"))
                    .isZero();
            assertThat(risefall.err())
                    .contains(
                            "it silences no server that was seen: no line is about a server static-asset/gren:1; did you mean static-assets/green:1?",
                            "no alerts of static-asset/gren:1 until ");
            running.must("silence", "--end", id);
            assertThat(running.must("silence", "--list")).doesNotContain(id);
            assertThat(risefall.run("silence", "--data", data, "--end", id)).isEqualTo(1);
            assertThat(risefall.err()).contains("no silence " + id + " lasts");
            assertThat(risefall.run("run", "--data", data, "--syslog-udp", "127.0.0.1:0"))
                    .isEqualTo(1);
            assertThat(risefall.err()).contains("is in use by another risefall (pid ");
            assertThat(risefall.run("query", "--data", data, "SELECT nothing FROM outages"))
                    .isEqualTo(1);
            assertThat(risefall.err())
                    .startsWith("risefall: ")
                    .contains("nothing")
                    .hasLineCount(1);
            assertThat(running.stop()).isZero();
        }
        assertThat(count("events")).isGreaterThan(20);
        // It is from Kafka, so a warehouse that is made again has it too.
        Files.delete(Path.of(data, "warehouse.duckdb"));
        succeed("import", "--data", data, log.toString());
        succeed("note", "--data", data, "and", "back", "--at", "2026-11-23T01:50:00+00:00");
        succeed(
                "query",
                "--data",
                data,
                "--format",
                "csv",
                "select what, subject from changes where kind = 'note' order by \"at\"");
        assertThat(risefall.out()).isEqualTo("what,subject\ndeploy <4.2>\u001b[31m,static-assets/green:1\nand back,\n");
    }

    private long count(String view) {
        succeed("query", "--data", data, "--format", "csv", "SELECT count(*) FROM " + view);
        return Long.parseLong(risefall.out().lines().toList().get(1));
    }

    private void succeed(String... arguments) {
        assertThat(risefall.run(arguments)).as(risefall.err()).isZero();
    }
}
