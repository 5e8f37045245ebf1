package io.risefall.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.CommandRunner;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A log of HAProxy 3.0 with {@code lua/risefall.lua}: what HAProxy logs itself is known as without the script, and what it does not log is
 * known too. The backend quiet has {@code no log}.
 */
@RealParts
@Timeout(180)
class LuaEventsEndToEndTest {
    private static final Path RECORDED = Path.of("../ingest/src/test/resources/lua/haproxy-3.0.log");

    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();

    @Test
    void nothingIsKnownTwiceAndWhatNoLineTellsIsKnownOnce() throws Exception {
        List<String> all = Files.readAllLines(RECORDED);
        Path with = imported("with", all);
        Path without = imported(
                "without",
                all.stream().filter(line -> !line.contains("risefall {")).toList());

        for (String question : List.of(
                "select server, started_at, ended_at, reason, code, info, ended_by, certain, backend_emptied from outages"
                        + " where proxy = 'web' order by all",
                "select server, state, cause, from_at, to_at from states where proxy = 'web' and server <> 'dyn' order by all",
                "select proxy, started_at, ended_at from backend_outages where proxy = 'web' order by all",
                "select \"at\", server, outcome, reason, health, threshold, state from checks order by all",
                "select * exclude (source, position) from changes where kind not like 'server-%' order by all")) {
            assertThat(query(with, question)).as(question).isEqualTo(query(without, question));
        }

        assertThat(query(without, "select count(*) as n from servers where proxy = 'quiet'"))
                .isEqualTo("n\n0\n");
        assertThat(
                        query(
                                with,
                                "select server, started_at, ended_at, reason, certain from outages where proxy = 'quiet' order by all"))
                .isEqualTo("""
                        server,started_at,ended_at,reason,certain
                        b1,2026-11-29T09:17:14.397121+00:00,2026-11-29T09:17:16.536807+00:00,L4CON,false
                        b1,2026-11-29T09:17:20.701726+00:00,2026-11-29T09:17:21.064523+00:00,,false
                        v6,2026-11-29T09:17:02.260849+00:00,,L4CON,false
                        """);
        assertThat(query(
                        with, "select state, cause, from_at from states where server = 'dyn' order by from_at limit 1"))
                .as("without the script it is taken for one that was there from the begin")
                .isEqualTo("state,cause,from_at\nmaint,observed,2026-11-29T09:17:10.892287+00:00\n");
        assertThat(query(
                        with,
                        "select \"at\", kind, subject, what from changes where kind like 'server-%' order by all"))
                .isEqualTo("""
                        at,kind,subject,what
                        2026-11-29T09:17:10.892287+00:00,server-added,web/dyn,was added
                        2026-11-29T09:17:13.668384+00:00,server-removed,web/dyn,was removed
                        """);
        assertThat(query(with, "select address, port from names where server = 'open' order by from_at"))
                .isEqualTo("address,port\n127.0.0.1,18471\n127.0.0.2,18471\n127.0.0.1,18471\n");
        assertThat(query(with, "select count(*) as n from rejected")).isEqualTo("n\n0\n");
        assertThat(query(with, "select message from events where server = 'b1' order by \"at\" limit 1"))
                .contains("observed: quiet/b1 is UP 3/3 (check), reason: Layer4 check passed, check duration: 0ms");
    }

    private Path imported(String name, List<String> lines) throws Exception {
        Path log = Files.write(temp.resolve(name + ".log"), lines);
        Path data = temp.resolve(name);
        risefall.must(data, "import", "--zone", "UTC", log.toString());
        return data;
    }

    private String query(Path data, String sql) {
        return risefall.must(data, "query", "--format", "csv", sql);
    }
}
