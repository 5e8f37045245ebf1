package io.risefall.app.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.app.driver.CommandRunner;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One host under two names, from the file to the report. */
@RealParts
class SameHostsEndToEndTest {
    private static final String DOWN =
            "Server app/a3 is DOWN, reason: Layer4 timeout, check duration: 2001ms. 2 active and "
                    + "0 backup servers left. 0 sessions active, 0 requeued, 0 remaining in queue.\n";
    private static final String UP =
            "Server app/a3 is UP, reason: Layer4 check passed, check duration: 1ms. 3 active and 0 "
                    + "backup servers online. 0 sessions requeued, 0 total in queue.\n";

    @TempDir
    Path temp;

    private final CommandRunner risefall = new CommandRunner();
    private Path log;

    @BeforeEach
    void nameFile() {
        log = temp.resolve("haproxy.log");
    }

    @Test
    void localhostIsTheHostThatSaysTheSame() throws Exception {
        Files.writeString(
                log,
                "May  5 21:09:31 localhost haproxy[41207]: " + DOWN
                        + "May  5 21:09:31 lbx haproxy: [WARNING] 124/210931 (41207) : " + DOWN
                        + "May  5 21:10:01 localhost haproxy[41207]: " + UP
                        + "May  5 21:10:01 lbx haproxy: [WARNING] 124/211001 (41207) : " + UP);
        risefall.must(temp.resolve("data"), "import", "--zone", "UTC", "--year", "2021", log.toString());
        assertThat(query("select node, duration_ms from outages")).isEqualTo("node,duration_ms\nlbx,30000\n");
        assertThat(query("select node from servers")).isEqualTo("node\nlbx\n");
        assertThat(query("select max(nodes) as nodes from sightings")).isEqualTo("nodes\n1\n");
        assertThat(report())
                .contains("localhost is another name of lbx: both logged 2 lines of the same process")
                .doesNotContain("Several HAProxy nodes", "all 2 nodes", "Who saw it down");
    }

    @Test
    void aRelayThatAppendsAddressesDoesNotSplitANode() throws Exception {
        Files.writeString(
                log,
                "<129>1 2021-05-05T21:09:31.1+00:00 lb1 haproxy 8 - - " + DOWN
                        + "<133>1 2021-05-05T21:10:01.1+00:00 lb1,10.0.0.5 haproxy 8 - - " + UP
                        + "May  5 21:19:31 lb1,10.0.0.5 haproxy[8]: " + DOWN
                        + "May  5 21:20:01 lb1 haproxy[8]: " + UP);
        risefall.must(temp.resolve("data"), "import", "--zone", "UTC", "--year", "2021", log.toString());
        assertThat(query("select node, duration_ms, ended_by from outages order by started_at"))
                .isEqualTo("node,duration_ms,ended_by\nlb1,30000,up\nlb1,30000,up\n");
    }

    @Test
    void twoHostsThatSayTheSameAreTwo() throws Exception {
        Files.writeString(
                log,
                "May  5 21:09:31 lb1 haproxy[8]: " + DOWN + "May  5 21:09:31 lb2 haproxy[8]: " + DOWN
                        + "May  5 21:10:01 lb1 haproxy[8]: " + UP + "May  5 21:10:01 lb2 haproxy[8]: " + UP);
        risefall.must(temp.resolve("data"), "import", "--zone", "UTC", "--year", "2021", log.toString());
        assertThat(query("select node from outages order by node")).isEqualTo("node\nlb1\nlb2\n");
        assertThat(query("select max(nodes_down) as nodes from sightings")).isEqualTo("nodes\n2\n");
        assertThat(report()).doesNotContain("one host");
    }

    private String report() {
        risefall.must(temp.resolve("data"), "report", "--date", "2021-05-05", "--zone", "UTC", "--format", "markdown");
        return risefall.out();
    }

    private String query(String sql) {
        return risefall.must(temp.resolve("data"), "query", "--format", "csv", sql);
    }
}
