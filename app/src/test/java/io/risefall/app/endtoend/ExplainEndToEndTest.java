package io.risefall.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.CommandRunner;
import io.risefall.app.driver.Logfiles;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code risefall explain} as a user runs it, and as README shows it. */
@RealParts
class ExplainEndToEndTest {
    private static final Path README = Path.of("../README.md");

    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();
    private String data;

    @Test
    void readmeShowsWhatItPrints() throws Exception {
        data = temp.resolve("data").toString();
        Path log = Logfiles.copy("basic-2.6", "rsyslog-iso.log", temp.resolve("haproxy.log"));
        succeed("import", "--data", data, log.toString());

        Matcher example = Pattern.compile("(?s)```console\n\\$ \\./risefall (explain [^\n]*)\n(.*?)```\n")
                .matcher(Files.readString(README));
        assertThat(example.find()).as("an example in README").isTrue();
        succeed(example.group(1)
                .replace("explain ", "explain --data " + data + " ")
                .split(" "));
        assertThat(masked(risefall.out().replace(log.toString(), "/var/log/haproxy.log")))
                .isEqualTo(masked(example.group(2)));

        String id = csv("select outage_id from outages where server = 'Backup' order by started_at limit 1");
        succeed("explain", "--data", data, "--format", "markdown", id.substring(0, 8));
        assertThat(risefall.out())
                .startsWith("# Outage " + id + " of b/Backup")
                .contains("| first failed check of the fall");
        succeed("explain", "--data", data, "--zone", "UTC", "2026-11-23", "b/Backup", "down_ms");
        assertThat(risefall.out()).contains("down_ms = 3912 + 3113 + 5922 = 12947 ms");
        assertThat(csv("select down_ms from server_day_in('UTC') where server = 'Backup'"))
                .isEqualTo("12947");

        assertThat(risefall.run("explain", "--data", data, "--zone", "UTC", "2026-11-23 b/Bakcup down_ms"))
                .isEqualTo(1);
        assertThat(risefall.out()).isEmpty();
        assertThat(risefall.err())
                .isEqualTo("risefall: no server b/Bakcup is known on 2026-11-23 (zone UTC); did you mean b/Backup?\n");
        succeed("report", "--data", data, "--zone", "UTC", "--date", "2026-11-23");
        assertThat(risefall.out()).contains(id, "risefall explain ID shows the lines");
    }

    @Test
    void aRunningServiceAnswersTheSame() throws Exception {
        data = temp.resolve("data").toString();
        Path log = Logfiles.copy("basic-2.6", "rsyslog-iso.log", temp.resolve("haproxy.log"));
        String there;
        try (RunningRisefall running = RunningRisefall.start(Path.of(data))) {
            running.must("import", log.toString());
            there = running.must("explain", "--zone", "UTC", "2026-11-23 b/Backup down_ms");
            assertThat(risefall.run("explain", "--data", data, "0000")).isEqualTo(1);
            assertThat(risefall.err())
                    .startsWith("risefall: no outage, incident or backend outage has an id that starts with 0000");
        }
        succeed("explain", "--data", data, "--zone", "UTC", "2026-11-23 b/Backup down_ms");
        assertThat(today(risefall.out())).isEqualTo(today(there));
    }

    /** Without when files were read: that is now. */
    private static String masked(String text) {
        return text.replaceAll("received [^\n]*", "received …");
    }

    /** Without until when the day has passed, should it be today. */
    private static List<String> today(String text) {
        return text.lines().filter(line -> !line.startsWith("day ")).toList();
    }

    private String csv(String sql) {
        succeed("query", "--data", data, "--format", "csv", sql);
        return risefall.out().lines().toList().get(1);
    }

    private void succeed(String... arguments) {
        assertThat(risefall.run(arguments)).as(risefall.err()).isZero();
    }
}
