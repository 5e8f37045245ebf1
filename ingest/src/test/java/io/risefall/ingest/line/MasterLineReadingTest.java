package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.line.LineOutcome.Events;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.message.MasterNotice;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A master's words are read where HAProxy writes them, behind the label of its standard error, and nowhere else. */
class MasterLineReadingTest {
    private final LineReader reader = OneLine.reader("lb1", Set.of("haproxy"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 23 00:21:56 lb1 haproxy[294]: [NOTICE]   (294) : New worker (343) forked",
                "Nov 23 00:21:56 lb1 haproxy[294]: [NOTICE] 326/002156 (294) : New worker #1 (343) forked",
                "<29>Nov 23 00:21:56 lb1 haproxy[294]: [NOTICE]   (294) : New worker (343) forked",
                "<30>1 2026-11-23T00:21:56+01:00 lb1 haproxy 294 - - [NOTICE]   (294) : New worker (343) forked",
                "2026-11-22T23:21:56.000000000Z [NOTICE]   (294) : New worker (343) forked",
                "2026-11-22T23:21:56.000000000Z stderr F [NOTICE]   (294) : New worker (343) forked",
                "[NOTICE]   (294) : New worker (343) forked",
                "[NOTICE] 326/002156 (294) : New worker #1 (343) forked",
                "{\"__REALTIME_TIMESTAMP\":\"1795389716000000\",\"_TRANSPORT\":\"stdout\",\"SYSLOG_IDENTIFIER\":\"haproxy\","
                        + "\"_PID\":\"294\",\"PRIORITY\":\"6\",\"MESSAGE\":\"[NOTICE]   (294) : New worker (343) forked\"}",
                "{\"log\":\"[NOTICE]   (294) : New worker (343) forked\\n\",\"stream\":\"stderr\","
                        + "\"time\":\"2026-11-22T23:21:56Z\"}",
            })
    void behindTheLabelOfStandardError(String line) {
        HealthEvent event = ((Events) OneLine.read(reader, line, null)).events().get(0);
        assertThat(event.pid()).isEqualTo(294);
        MasterNotice said = (MasterNotice) event.message();
        assertThat(said.what()).isEqualTo(MasterNotice.What.FORKED);
        assertThat(said.worker()).isEqualTo(343);
        assertThat(event.key()).hasToString("lb1/");
    }

    /** A client whose text a log format begins with can write the same. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<134>Nov 23 00:21:56 lb1 haproxy[4043]: New worker (343) forked",
                "<129>Nov 23 00:21:56 lb1 haproxy[4043]: New worker (343) forked",
                "Nov 23 00:21:56 lb1 haproxy[4043]: New worker (343) forked",
                "<134>1 2026-11-23T00:21:56+01:00 lb1 haproxy 4043 - - Current worker (4043) exited with code 139 (Segmentation fault)",
                "<134>Nov 23 00:21:56 lb1 haproxy[4043]: [NOTICE]   (4043) : New worker (343) forked",
                "Nov 23 00:21:56 lb1 haproxy[4043]: GET /x [NOTICE]   (294) : New worker (343) forked",
            })
    void nowhereElse(String line) {
        assertThat(OneLine.read(reader, line, null)).isInstanceOf(LineOutcome.Traffic.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 23 00:21:56 lb1 cron[294]: [NOTICE]   (294) : New worker (343) forked",
                "Nov 23 00:21:56 lb1 systemd[1]: haproxy.service: Main process exited, code=exited, status=139/n/a",
            })
    void ofAnotherProgram(String line) {
        assertThat(OneLine.read(reader, line, null)).isInstanceOf(LineOutcome.Unrelated.class);
    }
}
