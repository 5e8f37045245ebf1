package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.line.LineOutcome.Events;
import io.risefall.ingest.line.LineOutcome.Traffic;
import io.risefall.ingest.line.LineOutcome.Unknown;
import io.risefall.ingest.line.LineOutcome.Unreadable;
import io.risefall.ingest.line.LineOutcome.Unrelated;
import io.risefall.schemas.event.HealthEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of JSON, as journald and Docker write them and as nobody should. In the tables {@code '} stands for a quote. */
class JsonLineTest {
    private static final String DOWN = OneLine.DOWN;
    private static final String TIME = "'__REALTIME_TIMESTAMP':'1795393316466547'";
    private static final String HAPROXY = "'SYSLOG_IDENTIFIER':'haproxy'," + TIME;
    private static final String DOCKER = "'stream':'stdout','time':'2026-11-23T00:21:56.466547123Z'";

    private final LineReader reader = OneLine.reader(null, Set.of("haproxy"));

    /** Fields of an entry; then node, tag, pid, severity. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'_TRANSPORT':'syslog','SYSLOG_IDENTIFIER':'haproxy','SYSLOG_PID':'7','_PID':'9','PRIORITY':'1','_HOSTNAME':'lb1','MESSAGE':'Server b/s is DOWN'|lb1 haproxy 7 ALERT",
                "'_TRANSPORT':'syslog','SYSLOG_IDENTIFIER':'haproxy','_PID':'9','PRIORITY':'5','_HOSTNAME':'lb1','MESSAGE':'Server b/s is DOWN\\n'|lb1 haproxy 9 NOTICE",
                "'_TRANSPORT':'syslog','_COMM':'haproxy','_PID':'9','PRIORITY':'1','SYSLOG_RAW':'<1>Server','MESSAGE':'Server b/s is DOWN'|10.1.2.3 haproxy 9 ALERT",
                "'_TRANSPORT':'syslog','_COMM':'haproxy','_PID':'9','PRIORITY':'6','SYSLOG_RAW':'2026','MESSAGE':'2026-11-23T00:21:56.466547+00:00 Server b/s is DOWN'|10.1.2.3 haproxy 9 null",
                "'_TRANSPORT':'syslog','_COMM':'x','SYSLOG_TIMESTAMP':'Nov 23 00:21:56 ','PRIORITY':'1','_HOSTNAME':'n','MESSAGE':'lb1 haproxy[7]: Server b/s is DOWN'|lb1 haproxy 7 ALERT",
                "'_TRANSPORT':'syslog','_COMM':'x','PRIORITY':'1','_HOSTNAME':'n','MESSAGE':'1 2026-11-23T00:21:56.466547+00:00 - haproxy 7 - - Server b/s is DOWN'|n haproxy 7 ALERT",
                "'_TRANSPORT':'stdout','SYSLOG_IDENTIFIER':'haproxy','_PID':'9','PRIORITY':'6','_HOSTNAME':'n','MESSAGE':'[WARNING]  (7) : Server b/s is DOWN'|n haproxy 7 null",
                "'_TRANSPORT':'stdout','SYSLOG_IDENTIFIER':'haproxy','_PID':'9','PRIORITY':'3','_HOSTNAME':'n','MESSAGE':'[WARNING]  (7) : Server b/s is DOWN'|n haproxy 7 null",
                "'_TRANSPORT':'stdout','SYSLOG_IDENTIFIER':'haproxy','_PID':'9','PRIORITY':'6','_HOSTNAME':'n','MESSAGE':'Server b/s is DOWN'|n haproxy 9 null",
                "'_TRANSPORT':'stdout','SYSLOG_IDENTIFIER':'haproxy','_PID':'9','PRIORITY':'1','_HOSTNAME':'n','MESSAGE':'2026-11-23T00:21:56.466547+00:00 Server b/s is DOWN'|n haproxy 9 ALERT",
                "'_TRANSPORT':'stdout','SYSLOG_IDENTIFIER':'haproxy','_PID':'9','PRIORITY':'6','_HOSTNAME':'n','MESSAGE':'<129>Server b/s is DOWN'|n haproxy 9 ALERT",
                "'_TRANSPORT':'journal','SYSLOG_IDENTIFIER':'haproxy','CONTAINER_ID_FULL':'c0','_PID':'9','PRIORITY':'3','_HOSTNAME':'n','MESSAGE':'[WARNING]  (7) : Server b/s is DOWN'|n haproxy 7 null",
                "'_TRANSPORT':'journal','SYSLOG_IDENTIFIER':'haproxy','_PID':'9','PRIORITY':'6','_HOSTNAME':'n','MESSAGE':'Server b/s is DOWN'|n haproxy null null",
                "'SYSLOG_IDENTIFIER':'haproxy','MESSAGE':'Server b/s is DOWN'|10.1.2.3 haproxy null null",
                "'SYSLOG_IDENTIFIER':'haproxy','MESSAGE':'\\u0053erver b\\/s is DOWN'|10.1.2.3 haproxy null null",
                "'SYSLOG_IDENTIFIER':'haproxy','MESSAGE':[83,101,114,118,101,114,32,98,47,115,32,105,115,32,68,79,87,78]|10.1.2.3 haproxy null null",
                "'SYSLOG_IDENTIFIER':'haproxy','MESSAGE':'Server b/s is DOWN','N':null,'X':['a','b'],'_BYTES':[1,2]|10.1.2.3 haproxy null null",
            })
    void anEntryOfTheJournal(String fields, String expected) {
        assertThat(OneLine.show(read("{" + fields + "," + TIME + "}")))
                .isEqualTo(expected + " 2026-11-23T00:21:56.466547Z true");
        assertThat(OneLine.show(read("{" + TIME + "," + fields + "} ")))
                .isEqualTo(expected + " 2026-11-23T00:21:56.466547Z true");
    }

    /** The log; then node, tag, pid, severity, time. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Server b/s is DOWN|10.1.2.3 null null null 2026-11-23T00:21:56.466547Z true",
                "Server b/s is DOWN\\r|10.1.2.3 null null null 2026-11-23T00:21:56.466547Z true",
                "\\u003c1\\u003eServer b/s is DOWN|10.1.2.3 null null ALERT 2026-11-23T00:21:56.466547Z true",
                "\\u003c129\\u003eNov 23 00:21:56 lb1 haproxy[3]: Server b/s is DOWN|lb1 haproxy 3 ALERT 2026-11-22T23:21:56Z false",
                "\\u003c129\\u003e1 2026-11-23T00:21:55.5Z lb1 haproxy 3 - - Server b/s is DOWN|lb1 haproxy 3 ALERT 2026-11-23T00:21:55.500Z true",
                "2026-11-23T00:21:55.5+00:00 Server b/s is DOWN|10.1.2.3 null null null 2026-11-23T00:21:55.500Z true",
                "[WARNING]  (7) : Server b/s is DOWN|10.1.2.3 null 7 null 2026-11-23T00:21:56.466547Z true",
                "[WARNING] 326/002100 (7) : Server b/s is DOWN|10.1.2.3 null 7 null 2026-11-23T00:21:56.466547Z true",
            })
    void aLineOfDockersFile(String log, String expected) {
        assertThat(OneLine.show(read("{'log':'" + log + "\\n'," + DOCKER + "}")))
                .isEqualTo(expected);
        assertThat(OneLine.show(read("{'log':'" + log + "\\n','attrs':{'tag':'x'}," + DOCKER + "}")))
                .isEqualTo(expected);
    }

    @Test
    void anEventKeepsTheLineAsItCame() {
        String line = ("{'MESSAGE':'\\u0053erver b/s is DOWN'," + HAPROXY + "}").replace('\'', '"');
        HealthEvent event = ((Events) read(line)).events().get(0);
        assertThat(event.line()).isEqualTo(line);
        assertThat(event.text()).isEqualTo(DOWN);
        assertThat(event.origin().position()).isEqualTo(42);
    }

    @Test
    void bytesThatAreNoTextComeThrough() {
        HealthEvent event = ((Events) read("{'MESSAGE':[83,101,114,118,101,114,32,98,47,115,32,105,115,32,68,79,87,78,"
                        + "44,32,114,101,97,115,111,110,58,32,76,97,121,101,114,55,32,116,105,109,101,111,117,116,"
                        + "44,32,105,110,102,111,58,32,34,255,254]," + HAPROXY + "}"))
                .events()
                .get(0);
        assertThat(event.text()).isEqualTo(DOWN + ", reason: Layer7 timeout, info: \"\u00ff\u00fe");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'MESSAGE':'127.0.0.1:5 [23/Nov/2026:01:45:07.238] f b/s 200'," + HAPROXY + "}",
                "{'MESSAGE':null," + HAPROXY + "}",
                "{'MESSAGE':''," + HAPROXY + "}",
                "{'MESSAGE':'Server b/s is DOWN','_TRANSPORT':'syslog','PRIORITY':'6'," + HAPROXY + "}",
                "{'MESSAGE':'<129>Server b/s is DOWN','_TRANSPORT':'syslog','PRIORITY':'6'," + HAPROXY + "}",
                "{'MESSAGE':'<129>Server b/s is DOWN','_TRANSPORT':'syslog','PRIORITY':'1'," + HAPROXY + "}",
                "{'MESSAGE':'lb1 haproxy[1]: Server b/s is DOWN','_TRANSPORT':'syslog'," + HAPROXY + "}",
                "{'MESSAGE':'1 2026-11-23T00:21:56Z lb1 haproxy 1 - - Server b/s is DOWN','_TRANSPORT':'syslog',"
                        + HAPROXY + "}",
                "{'MESSAGE':'x\\n<129>Nov 23 00:21:56 haproxy[1]: Server b/s is DOWN'," + HAPROXY + "}",
                "{'MESSAGE':'x\\nServer b/s is DOWN'," + HAPROXY + "}",
                "{'MESSAGE':'{\\'MESSAGE\\':\\'Server b/s is DOWN\\'}'," + HAPROXY + "}",
                "{'log':'x\\nServer b/s is DOWN\\n'," + DOCKER + "}",
                "{'log':'10.0.0.1 GET \\n\\u003c129\\u003eNov 23 00:21:56 haproxy[1]: Server b/s is DOWN\\n'," + DOCKER
                        + "}",
                "{'log':'{\\'log\\':\\'Server b/s is DOWN\\\\n\\'," + "\\'stream\\':\\'stdout\\'}\\n'," + DOCKER + "}",
            })
    void plantedTextIsTraffic(String line) {
        assertThat(read(line)).isInstanceOf(Traffic.class);
    }

    @Test
    void trafficSaysWhoAndWhen() {
        assertThat(read("{'MESSAGE':'GET','_HOSTNAME':'lb1'," + HAPROXY + "}"))
                .isEqualTo(new Traffic("lb1", null, Instant.parse("2026-11-23T00:21:56.466547Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'MESSAGE':'Server b/s is DOWN','SYSLOG_IDENTIFIER':'sshd'," + TIME + "}",
                "{'MESSAGE':'Server b/s is DOWN','_COMM':'cat','_TRANSPORT':'syslog'," + TIME + "}",
                "{'MESSAGE':'haproxy[1]: Server b/s is DOWN','SYSLOG_IDENTIFIER':'sshd','_TRANSPORT':'stdout'," + TIME
                        + "}",
                "{'MESSAGE':'<129>Nov 23 00:21:56 haproxy[1]: Server b/s is DOWN','SYSLOG_IDENTIFIER':'app',"
                        + "'_TRANSPORT':'stdout'," + TIME + "}",
                "{'MESSAGE':'Server b/s is DOWN'}",
                "{'message':'Server b/s is DOWN','timestamp':'2026-11-23T00:21:56Z','host':'lb1'}",
                "{'log':'Server b/s is DOWN\\n'}",
                "{'log':'Server b/s is DOWN\\n','stream':'stdout'}",
                "{'log':'Server b/s is DOWN\\n','stream':'other','time':'2026-11-23T00:21:56Z'}",
                "{'a':{'MESSAGE':'Server b/s is DOWN'," + HAPROXY + "}}",
                "{'a':[{'MESSAGE':'Server b/s is DOWN'," + HAPROXY + "}]}",
                "{'time': [1], 'b':2}",
                "{}",
                "{",
                "{'",
                "{]",
                "{Server b/s is DOWN}",
            })
    void othersAreForeign(String line) {
        assertThat(read(line)).isInstanceOfAny(Unrelated.class, Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'MESSAGE':'Server b/s is DOWN','MESSAGE':'Server b/s is UP'," + HAPROXY + "}",
                "{'MESSAGE':'Server b/s is DOWN','SYSLOG_IDENTIFIER':'sshd'," + HAPROXY + "}",
                "{'MESSAGE':'Server b/s is DOWN','PRIORITY':'6','PRIORITY':'1'," + HAPROXY + "}",
                "{'MESSAGE':'Server b/s is DOWN','PRIORITY':1," + HAPROXY + "}",
                "{'MESSAGE':'Server b/s is DOWN'," + HAPROXY + "}{}",
                "{'MESSAGE':'Server b/s is DOWN'," + HAPROXY + ",}",
                "{'MESSAGE':'Server b/s is DOWN'," + HAPROXY,
                "{'MESSAGE':'Server b/s is DOWN'," + HAPROXY + ",'_HOSTNAME':'n",
                "{'MESSAGE':'Server b/s is DOWN\\n<129>Nov 23 00:21:56 haproxy[1]: Server b/t is DOWN'," + HAPROXY
                        + "}",
                "{'MESSAGE':'Server b/s is DOWN, reason: Layer7 timeout, info: \\'x\\nServer b/t is DOWN'," + HAPROXY
                        + "}",
                "{'MESSAGE':'Server b/s is DOWN 200'," + HAPROXY + "}",
                "{'log':'x','log':'Server b/s is DOWN\\n'," + DOCKER + "}",
                "{'log':'Server b/s is DOWN\\n'," + DOCKER,
            })
    void whatIsNotCertainIsUnreadable(String line) {
        assertThat(read(line)).isInstanceOf(Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'MESSAGE':['Server b/s is DOWN','x']," + HAPROXY + "}",
                "{'MESSAGE':[83,101,114,118,101,114,32,98,47,115,32,105,115,32,68,79,87,78,256]," + HAPROXY + "}",
                "{'MESSAGE':[83,101,114,118,101,114,32,98,47,115,32,105,115,32,68,79,87,78,1e9]," + HAPROXY + "}",
                "{'MESSAGE':[83,101,114,118,101,114,32,98,47,115,32,105,115,32,68,79,87,78,99999999999999999999],"
                        + HAPROXY + "}",
                "{'MESSAGE':{'a':'Server b/s is DOWN'}," + HAPROXY + "}",
                "{'MESSAGE':1e999999999," + HAPROXY + "}",
                "{'MESSAGE':'Server b/s is DO\\ud800WN'," + HAPROXY + "}",
                "{'MESSAGE':'Server b/s is DOWN\\u00'," + HAPROXY + "}",
            })
    void hostileMessagesAreNoEvents(String line) {
        assertThat(read(line)).isNotInstanceOf(Events.class);
    }

    @Test
    void hugeNumbersAreSafe() {
        String down = "{'MESSAGE':'Server b/s is DOWN'," + HAPROXY;
        assertThat(read(down + ",'_PID':'" + "9".repeat(19) + "'}")).isInstanceOf(Unreadable.class);
        assertThat(read(down + ",'_PID':" + "9".repeat(100_000) + "}")).isInstanceOf(Unreadable.class);
        assertThat(read(down + ",'X':" + "9".repeat(100_000) + "}")).isInstanceOf(Unreadable.class);
    }

    @Test
    void deepNestingIsSafe() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(read("{'X':" + deep + ",'MESSAGE':'Server b/s is DOWN'," + HAPROXY + "}"))
                .isInstanceOf(Unrelated.class);
        assertThat(read("{'MESSAGE':" + deep + "," + HAPROXY + "}")).isNotInstanceOf(Events.class);
    }

    @Test
    void brokenTextIsSafe() {
        byte[] line = ("{'MESSAGE':'Server b/s is DOWN'," + HAPROXY + ",'_HOSTNAME':'?'}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.ISO_8859_1);
        for (int at = 0; at < line.length; at++) {
            byte[] broken = line.clone();
            broken[at] = (byte) 0xFF;
            assertThat(OneLine.read(reader, broken, null)).isNotNull();
        }
        line[line.length - 3] = (byte) 0xFF;
        assertThat(OneLine.read(reader, line, null)).isInstanceOf(Unreadable.class);
    }

    @Test
    void everyBeginningIsSafeAndNoEvent() {
        for (String line : new String[] {
            "{'MESSAGE':'Server b/s is DOWN','_HOSTNAME':'lb1'," + HAPROXY + "}",
            "{'MESSAGE':[83,101,114,118,101,114],'_HOSTNAME':'lb1'," + HAPROXY + "}",
            "{'log':'Server b/s is DOWN\\n','attrs':{'a':'b'}," + DOCKER + "}",
        }) {
            for (int length = 0; length < line.length(); length++) {
                assertThat(read(line.substring(0, length))).isNotInstanceOf(Events.class);
            }
        }
    }

    @Test
    void aLineThatDockerSplitGoesOnInTheNextOfTheSameOutput() {
        String stderr = DOCKER.replace("stdout", "stderr");
        assertThat(read("{'log':'127.0.0.1:5 GET /long'," + DOCKER + "}")).isInstanceOf(Traffic.class);
        assertThat(read("{'log':'Server b/s is DOWN\\n'," + stderr + "}")).isInstanceOf(Events.class);
        assertThat(read("{'log':'Server b/s is DOWN'," + DOCKER + "}")).isInstanceOf(Traffic.class);
        assertThat(read("{'log':'Server b/s is DOWN\\n'," + DOCKER + "}")).isInstanceOf(Traffic.class);
        assertThat(read("{'log':'Server b/s is DOWN\\n'," + DOCKER + "}")).isInstanceOf(Events.class);
    }

    @Test
    void aLineThatJournaldSplitGoesOnInTheNextOfTheSameStream() {
        String down = "'MESSAGE':'Server b/s is DOWN','_TRANSPORT':'stdout'," + HAPROXY;
        assertThat(read("{'_STREAM_ID':'a','_LINE_BREAK':'line-max'," + down.replace("Server", "GET") + "}"))
                .isInstanceOf(Traffic.class);
        assertThat(read("{'_STREAM_ID':'b'," + down + "}")).isInstanceOf(Events.class);
        assertThat(read("{'_STREAM_ID':'b','_LINE_BREAK':'eof'," + down + "}")).isInstanceOf(Events.class);
        assertThat(read("{'_STREAM_ID':'a'," + down + "}")).isInstanceOf(Traffic.class);
        assertThat(read("{'_STREAM_ID':'a'," + down + "}")).isInstanceOf(Events.class);
    }

    @Test
    void aLineThatAnEngineSplitGoesOnInTheNextOfTheSameOutput() {
        String down = "'MESSAGE':'Server b/s is DOWN','_TRANSPORT':'journal','CONTAINER_ID_FULL':'c0'," + HAPROXY;
        assertThat(read("{'CONTAINER_PARTIAL_MESSAGE':'true','PRIORITY':'6'," + down.replace("Server", "GET") + "}"))
                .isInstanceOf(Traffic.class);
        assertThat(read("{'PRIORITY':'3'," + down + "}")).isInstanceOf(Events.class);
        assertThat(read("{'PRIORITY':'6'," + down + "}")).isInstanceOf(Traffic.class);
        assertThat(read("{'PRIORITY':'6'," + down + "}")).isInstanceOf(Events.class);
    }

    @Test
    void whereAServiceSaysSeveritiesInfoIsOne() {
        String stdout = "'_TRANSPORT':'stdout'," + HAPROXY;
        String planted = "{'MESSAGE':'Server b/s is DOWN','PRIORITY':'6'," + stdout + "}";
        String prefixed = "{'MESSAGE':'<129>Server b/s is DOWN','PRIORITY':'6'," + stdout + "}";
        assertThat(read(planted)).isInstanceOf(Events.class);
        assertThat(read("{'MESSAGE':'x','PRIORITY':'5'," + stdout.replace("haproxy", "sshd") + "}"))
                .isInstanceOf(Unrelated.class);
        assertThat(read(prefixed)).isInstanceOf(Events.class);
        assertThat(read("{'MESSAGE':'Server b/s is UP','PRIORITY':'5'," + stdout + "}"))
                .isInstanceOf(Events.class);
        assertThat(read(planted)).isInstanceOf(Traffic.class);
        assertThat(read(prefixed)).isInstanceOf(Traffic.class);
    }

    private LineOutcome read(String line) {
        return OneLine.read(reader, line.replace('\'', '"'), OneLine.SENDER);
    }
}
