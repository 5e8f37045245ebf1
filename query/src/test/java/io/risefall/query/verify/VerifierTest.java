package io.risefall.query.verify;

import static io.risefall.query.report.ExampleDays.BERLIN;
import static io.risefall.query.report.ExampleDays.DAY;
import static io.risefall.query.report.ExampleDays.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.query.reading.ReadingState;
import io.risefall.query.report.ExampleDays;
import io.risefall.query.report.History;
import io.risefall.query.report.TestWarehouse;
import io.risefall.query.subject.ServerTarget;
import io.risefall.schemas.message.CheckResult.Outcome;
import io.risefall.schemas.suite.Slow;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The answer of {@code verify} at noon, as the log has it by then. */
@Slow
class VerifierTest {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final ReadingState READING = new ReadingState(null, Map.of(), Map.of());

    private final History lb1 = new History("lb1", DAY, BERLIN).readUntil("11:59:58");

    @Test
    void allIsWell() throws Exception {
        lb1.server("web/a").up("-1 08:00").down("11:30", REFUSED).up("11:40").open();
        lb1.server("web/b").up("-1 08:00").open();

        assertThat(verify(null).line())
                .isEqualTo("OK - all 2 are up: all servers, and no check failed in the last 10 min | servers=2 up=2"
                        + " down=0;;0 maintenance=0;0 unknown=0 outages=0;0 failed_checks=0;0 log_age=2s");
        assertThat(verify("web/b").line()).startsWith("OK - web/b is up, and no check failed in the last 10 min |");
    }

    @Test
    void whatWasDownWithinTheTimeIsNotFixedYet() throws Exception {
        lb1.server("web/a").up("-1 08:00").down("11:54", REFUSED).up("11:56").open();

        assertThat(verify(null).line())
                .startsWith("WARNING - web/a was down until 4 min ago |")
                .contains("outages=1;0");
    }

    @Test
    void aFailedCheckWithinTheTimeCounts() throws Exception {
        lb1.server("web/a").up("-1 08:00").open();
        lb1.check("web/a", "11:51", Outcome.FAILED, REFUSED);
        lb1.check("web/a", "11:49", Outcome.FAILED, REFUSED);

        assertThat(verify(null).line()).startsWith("WARNING - 1 check of web/a failed, the latest 9 min ago |");
    }

    @Test
    void whatIsDownIsCritical() throws Exception {
        lb1.server("web/a").up("-1 08:00").down("11:54", REFUSED).open();
        lb1.server("web/b").up("-1 08:00").open();

        PluginResult down = verify("web");
        assertThat(down.line())
                .startsWith("CRITICAL - web/a has been down for 6 min (L4CON) |")
                .contains(" down=1;;0 ");
        assertThat(down.status().exitCode()).isEqualTo(2);
        assertThat(verify("web/b").status()).isEqualTo(PluginStatus.OK);
    }

    @Test
    void maintenanceIsAWarning() throws Exception {
        lb1.server("web/a").up("-1 08:00").maint("11:00", "maintenance").open();

        assertThat(verify(null).line()).startsWith("WARNING - web/a has been in maintenance for 1 h |");
    }

    @Test
    void aLogThatEndedTellsNothing() throws Exception {
        lb1.readUntil("11:45");
        lb1.server("web/a").up("-1 08:00").down("11:40", REFUSED).open();

        PluginResult ended = verify(null);
        assertThat(ended.line()).startsWith("UNKNOWN - the log of lb1 ended 15 min ago, with web/a down |");
        assertThat(ended.status().exitCode()).isEqualTo(3);
    }

    @Test
    void oneNodeSpeaksAndTheOtherIsSilent() throws Exception {
        lb1.server("web/a").up("-1 08:00").open();
        History lb2 = new History("lb2", DAY, BERLIN).readUntil("10:00");
        lb2.server("web/a").up("-1 08:00").open();

        assertThat(verify(null, READING, lb1, lb2).line()).startsWith("UNKNOWN - the log of lb2 ended 2 h ago |");
        assertThat(verify(ServerTarget.parse(null, "lb1"), READING, lb1, lb2).status())
                .isEqualTo(PluginStatus.OK);
    }

    @Test
    void whatOneNodeHasDownIsWorseThanWhatAnotherDoesNotTell() throws Exception {
        lb1.server("web/a").up("-1 08:00").down("11:54", REFUSED).open();
        History lb2 = new History("lb2", DAY, BERLIN).readUntil("11:59");
        lb2.server("web/a").up("-1 08:00").open();
        History lb3 = new History("lb3", DAY, BERLIN).readUntil("10:00");
        lb3.server("web/a").up("-1 08:00").open();

        assertThat(verify(null, READING, lb1, lb2, lb3).line())
                .startsWith("CRITICAL - web/a has been down for 6 min (L4CON) on lb1 of 2 nodes;"
                        + " the log of lb3 ended 2 h ago |");
    }

    @Test
    void aTimeInWhichNobodyListenedIsNotCalm() throws Exception {
        lb1.server("web/a").up("-1 08:00").open();
        lb1.absent("11:51", "11:52");

        assertThat(verify(null).line())
                .startsWith("UNKNOWN - Risefall did not listen to lb1 for 1 min of the last 10 min");
    }

    @Test
    void withoutAServiceNothingIsOk() throws Exception {
        lb1.server("web/a").up("-1 08:00").open();

        assertThat(verify(ServerTarget.ALL, null, lb1).line())
                .isEqualTo("UNKNOWN - no Risefall service runs on this data directory, so nothing new is read;"
                        + " start one with risefall run");
        ReadingState away = new ReadingState(lb1.at("11:59"), Map.of(), Map.of());
        assertThat(verify(ServerTarget.ALL, away, lb1).line())
                .isEqualTo("UNKNOWN - Kafka has been away for 1 min, so nothing new is read");
    }

    @Test
    void aNameThatIsNotKnownIsNotOk() throws Exception {
        lb1.server("web/a").up("-1 08:00").open();

        assertThat(verify("web/b").line()).isEqualTo("UNKNOWN - no line is about a server web/b; did you mean web/a?");
        assertThat(verify("wep").line()).isEqualTo("UNKNOWN - no line is about a backend wep; did you mean web?");
        assertThat(verify(ServerTarget.parse(null, "lb2"), READING, lb1).line())
                .isEqualTo("UNKNOWN - no line is from a node lb2; did you mean lb1?");
        assertThat(verify(ServerTarget.ALL, READING).line())
                .isEqualTo("UNKNOWN - no line about a server has been read yet");
    }

    @Test
    void theLineIsOneLineWhateverANameHas() throws Exception {
        History evil = new History("a|b\nc", DAY, BERLIN).readUntil("10:00");
        evil.server("web/a").up("-1 08:00").open();

        assertThat(verify(ServerTarget.ALL, READING, evil).line())
                .startsWith("UNKNOWN - the log of a/b\\u{a}c ended 2 h ago | servers=")
                .doesNotContain("\n");
    }

    @Test
    void manyAreSummedUp() throws Exception {
        for (int i = 0; i < 8; i++) {
            lb1.server("web/s" + i).up("-1 08:00").down("11:54", REFUSED).open();
        }

        assertThat(verify(null).line()).contains("; and 5 more |").contains(" down=8;;0 ");
    }

    @Test
    void theStandbysOfARoleBackendRest() throws Exception {
        History leaders = ExampleDays.leaders();
        try (TestWarehouse warehouse = TestWarehouse.of(leaders);
                Connection views = warehouse.views()) {
            ServerTarget backend = ServerTarget.parse("be_pg", null);
            assertThat(Verifier.verify(views, READING, backend, WINDOW, leaders.at("1 08:31"))
                            .line())
                    .startsWith("OK - 3 servers of be_pg: 1 up, 2 standing by, and no check failed");
        }
    }

    private PluginResult verify(@Nullable String target) throws Exception {
        return verify(ServerTarget.parse(target, null), READING, lb1);
    }

    private PluginResult verify(@Nullable ServerTarget target, @Nullable ReadingState reading, History... histories)
            throws Exception {
        try (TestWarehouse warehouse = TestWarehouse.of(histories);
                Connection views = warehouse.views()) {
            return Verifier.verify(views, reading, target == null ? ServerTarget.ALL : target, WINDOW, noon());
        }
    }

    private Instant noon() {
        return lb1.at("12:00");
    }
}
