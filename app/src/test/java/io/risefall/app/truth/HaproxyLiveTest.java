package io.risefall.app.truth;

import static io.risefall.app.driver.AwaitedAnswers.awaitAnswer;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.risefall.app.driver.Programs;
import io.risefall.app.driver.RunningRisefall;
import io.risefall.app.truth.compare.ReportedRows;
import io.risefall.app.truth.haproxy.Stage;
import io.risefall.app.truth.script.ScriptRun;
import io.risefall.app.truth.script.Scripts;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The installed HAProxy logs to a Risefall that runs, in several forms at once, and into files that are renamed while they
 * are followed: each way tells what HAProxy's stats socket said, and all of them together tell it once.
 */
@RealParts
@Timeout(900)
class HaproxyLiveTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final double PRECISE = 0.3;
    private static final double WHOLE_SECONDS = 1.3;
    private static final ZoneId WRONG = ZoneId.of("Asia/Kathmandu");

    @TempDir
    Path folder;

    @Test
    void everyWayTellsTheSame() throws Exception {
        Programs.find("haproxy");
        int udp = Programs.freeUdp();
        int wrong = Programs.freeUdp();
        Path stageFolder = folder.resolve("stage");
        Path config = Files.writeString(folder.resolve("risefall.yaml"), """
                zone: UTC
                sources:
                  - syslog-udp: 127.0.0.1:%d
                    node: all
                  - tail: %s
                    node: all
                  - tail: %s
                    node: followed
                  - syslog-udp: 127.0.0.1:%d
                    node: kathmandu
                    zone: %s
                """.formatted(
                        udp, stageFolder.resolve("local.log"), stageFolder.resolve("rfc5424.log"), wrong, WRONG));
        try (RunningRisefall risefall = RunningRisefall.start(folder.resolve("data"), "--config", config.toString());
                Stage stage = new Stage(stageFolder, 0)) {
            stage.alsoLogTo("127.0.0.1:" + udp + " format rfc5424 local1");
            stage.alsoLogTo("127.0.0.1:" + udp + " format rfc3164 local2");
            stage.alsoLogTo("127.0.0.1:" + udp + " format local local3");
            stage.alsoLogTo("127.0.0.1:" + wrong + " format local local0");
            Scripts.flaps(stage, 1, true);
            stage.reload();
            stage.untilQuiet(Scripts.LONG);
            ScriptRun played = ScriptRun.so("live", stage);

            Duration offset =
                    Duration.ofSeconds(WRONG.getRules().getOffset(Instant.now()).getTotalSeconds());
            awaitAnswer("the truth").atMost(PATIENCE).untilAsserted(() -> {
                ReportedRows told = ReportedRows.by(risefall);
                for (String node : new String[] {"all", "followed"}) {
                    assertThat(told.against(played.servers(), played.ended(), node, PRECISE)
                                    .differences())
                            .as(node)
                            .isEmpty();
                }
                // As many as there were, each of them off by the same; which is which whole seconds do not tell.
                assertThat(told.later(offset).outages("kathmandu"))
                        .hasSameSizeAs(told.outages("followed"))
                        .allMatch(row -> LostLines.begins(played.servers(), row, WHOLE_SECONDS));
            });
            assertThat(ReportedRows.rows(risefall, "select * from losses")).isEmpty();
            JsonNode behind = ReportedRows.rows(risefall, "select clock_behind_ms from nodes where node = 'kathmandu'")
                    .get(0)
                    .get("clock_behind_ms");
            assertThat(behind.asLong())
                    .isBetween(
                            offset.minusSeconds(2).toMillis(),
                            offset.plusSeconds(2).toMillis());
            assertThat(risefall.must("report", "--zone", "UTC", "--format", "markdown"))
                    .contains("The timestamps of kathmandu are 5 h 45 min behind the arrival of its lines");
        }
    }
}
