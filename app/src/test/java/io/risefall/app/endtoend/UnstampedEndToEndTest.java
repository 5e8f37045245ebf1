package io.risefall.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.CommandRunner;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files in which some lines say no time, or all: from the file to the report. */
@RealParts
class UnstampedEndToEndTest {
    private static final String DOWN = "Server api/_ is DOWN, reason: Layer6 invalid response, info: \"SSL handshake "
            + "failure\", check duration: 4ms. 0 active and 0 backup servers left. 0 sessions active, 0 requeued, 0 "
            + "remaining in queue.\n";

    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();

    @Test
    void aCopyWithoutATimeIsARepeatAndNothingElseWithoutOneCounts() throws Exception {
        Path mixed = Files.writeString(
                temp.resolve("mixed.log"),
                "<129>Sep  1 15:27:57 haproxy[8]: " + DOWN
                        + "[WARNING]  (8) : " + DOWN
                        + "<128>Sep  1 15:27:57 haproxy[8]: backend api has no server available!\n"
                        + "[ALERT]    (8) : backend 'api' has no server available!\n"
                        + "[WARNING]  (8) : " + DOWN.replace("api/_", "web/a"));
        Path bare = Files.writeString(temp.resolve("bare.log"), DOWN.replace("api/_", "app/b"));
        risefall.must(
                temp.resolve("data"), "import", "--zone", "UTC", "--year", "2025", mixed.toString(), bare.toString());
        assertThat(risefall.err())
                .contains(mixed + ": 5 lines: 4 health events, 0 traffic, 0 from other programs, 1 rejected")
                .contains(bare + ": 1 lines: 0 health events, 0 traffic, 0 from other programs, 1 rejected")
                .contains("1 of its health lines have no timestamp");

        assertThat(query("select proxy, started_at, ended_at from outages"))
                .isEqualTo("proxy,started_at,ended_at\napi,2025-09-01T15:27:57+00:00,\n");
        assertThat(query("select proxy from servers")).isEqualTo("proxy\napi\n");
        assertThat(query("select lines, events, repeats, rejected, unstamped from ingest order by source"))
                .isEqualTo("lines,events,repeats,rejected,unstamped\n1,0,0,1,1\n5,2,2,1,1\n");
        assertThat(query("select count(*) as \"first\" from rejected where why like 'has no timestamp%'"))
                .isEqualTo("first\n2\n");

        risefall.must(temp.resolve("data"), "report", "--date", "2025-09-01", "--zone", "UTC", "--format", "markdown");
        assertThat(risefall.out())
                .contains("- 2 health lines of file:" + bare + ", file:" + mixed + " have no timestamp")
                .doesNotContain("cannot be read (over all days)");
    }

    private String query(String sql) {
        return risefall.must(temp.resolve("data"), "query", "--format", "csv", sql);
    }
}
