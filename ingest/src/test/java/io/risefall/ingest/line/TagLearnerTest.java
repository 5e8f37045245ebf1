package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.line.header.TagLearner;
import io.risefall.schemas.Corpus;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagLearnerTest {
    private static final Set<String> USUAL = Set.of("haproxy");
    private static final String UP =
            " Server b/s is UP. 1 active and 0 backup servers online. 0 sessions requeued, 0 total in queue.\n";

    @ParameterizedTest
    @ValueSource(strings = {"rsyslog-traditional.log", "rsyslog-iso.log", "udp-rfc5424.log", "udp-local.log"})
    void allTagsOfTheProcessThatSpeaksOfHealth(String form) {
        byte[] log = Corpus.scenario("timezone-2.6").log(form);
        assertThat(TagLearner.learn(log, log.length, USUAL)).containsExactlyInAnyOrder("edge.haproxy", "blue_lb");
    }

    @Test
    void configuredTagsAreKept() {
        byte[] log = Corpus.scenario("timezone-2.6").log("rsyslog-iso.log");
        assertThat(TagLearner.learn(log, log.length, Set.of("blue_lb"))).isEmpty();
    }

    @Test
    void aShortenedLineTeachesNothing() {
        assertThat(learn("Nov 23 00:21:56 lb1 sshd[1]: Server b/s is DOWN\n")).isEmpty();
    }

    @Test
    void tagsWithoutPidSpeakForThemselves() {
        assertThat(learn("Nov 23 00:21:56 lb1 edge:" + UP + "Nov 23 00:21:56 lb1 cron: x\n"))
                .containsExactly("edge");
    }

    @Test
    void thePriorityOfAContainersOutputIsNoReasonAgainst() {
        assertThat(learn("<30>Nov 23 00:21:56 lb1 4f5e[7]:" + UP)).containsExactly("4f5e");
        assertThat(learn("<134>Nov 23 00:21:56 lb1 4f5e[7]:" + UP)).isEmpty();
    }

    @Test
    void theOneThatSpeaksMost() {
        String edge = "Nov 23 00:21:56 lb1 edge[7]:" + UP;
        assertThat(learn("Nov 23 00:21:56 lb1 sshd[1]:" + UP + edge + edge)).containsExactly("edge");
    }

    @Test
    void theJournalsIdentifierIsATag() {
        assertThat(learn(entry("'SYSLOG_IDENTIFIER':'edge','SYSLOG_PID':'7'")
                        + entry("'SYSLOG_IDENTIFIER':'blue','SYSLOG_PID':'7'")
                        + "{'MESSAGE':'x','__REALTIME_TIMESTAMP':'1','SYSLOG_IDENTIFIER':'sshd'}\n".replace('\'', '"')))
                .containsExactlyInAnyOrder("edge", "blue");
        assertThat(learn(entry("'SYSLOG_IDENTIFIER':'edge'") + entry("'SYSLOG_IDENTIFIER':'haproxy'")))
                .isEmpty();
    }

    /** All containers of a host have the pid of their engine. */
    @Test
    void aContainersEngineIsNoProcessOfHaproxy() {
        String engine = "'_TRANSPORT':'journal','_PID':'99',";
        assertThat(learn(entry(engine + "'SYSLOG_IDENTIFIER':'lb'")
                        + "{'MESSAGE':'x','__REALTIME_TIMESTAMP':'1',".replace('\'', '"')
                        + (engine + "'SYSLOG_IDENTIFIER':'app'}\n").replace('\'', '"')))
                .containsExactly("lb");
    }

    @Test
    void aTagWithinDockersFileIsOne() {
        assertThat(learn("{\"log\":\"<133>Nov 23 00:21:56 edge[7]:" + " " + UP.strip()
                        + "\\n\",\"stream\":\"stdout\",\"time\":\"2026-11-23T00:21:56Z\"}\n"))
                .containsExactly("edge");
    }

    @Test
    void aHalfLineAtTheEndIsLeftOut() {
        byte[] head =
                ("Nov 23 00:21:56 lb1 edge[7]:" + UP + "Nov 23 00:21:56 lb1 hapr").getBytes(StandardCharsets.UTF_8);
        assertThat(TagLearner.learn(head, head.length, USUAL)).containsExactly("edge");
    }

    private static String entry(String fields) {
        return ("{" + fields + ",'__REALTIME_TIMESTAMP':'1795393316466547','MESSAGE':'" + UP.strip() + "'}\n")
                .replace('\'', '"');
    }

    private static Set<String> learn(String head) {
        byte[] bytes = head.getBytes(StandardCharsets.UTF_8);
        return TagLearner.learn(bytes, bytes.length, USUAL);
    }
}
