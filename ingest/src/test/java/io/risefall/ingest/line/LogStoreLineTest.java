package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.line.LineOutcome.Events;
import io.risefall.ingest.line.LineOutcome.Unreadable;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines of JSON of log stores, true and planted. In the tables {@code '} stands for a quote, {@code COPY} for a copy on stderr. */
class LogStoreLineTest {
    private static final String COPY = "[WARNING]  (8) : " + OneLine.DOWN;

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final LineReader reader = OneLine.reader(null, Set.of("haproxy"));

    /** Fields; then node, tag, pid, severity, time, whether precise. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'labels':{'app':'haproxy'},'line':'COPY','timestamp':'2026-11-23T00:21:56.123456789Z'|10.1.2.3 null 8 null 2026-11-23T00:21:56.123456Z true",
                "'message':'COPY','@timestamp':'2026-11-23T00:21:56.123Z','host':{'name':'lb1'}|lb1 null 8 null 2026-11-23T00:21:56.123Z true",
                "'msg':'COPY','time':'2026-11-23T00:21:56+01:00','hostname':'lb1'|lb1 null 8 null 2026-11-22T23:21:56Z false",
                "'log':'COPY\\n','ts':1795393316,'host':'lb1'|lb1 null 8 null 2026-11-23T00:21:56Z false",
                "'log':'COPY\\n','date':1795393316.466547,'host':'lb1'|lb1 null 8 null 2026-11-23T00:21:56.466547Z true",
                "'textPayload':'COPY','timestamp':'2026-11-23T00:21:56.123Z','resource':{'labels':{'pod_name':'lb-0'}}|lb-0 null 8 null 2026-11-23T00:21:56.123Z true",
                "'event':{'original':'COPY'},'message':'x','@timestamp':1795393316466|10.1.2.3 null 8 null 2026-11-23T00:21:56.466Z true",
                "'event.original':'COPY','host.name':'lb1','@timestamp':'2026-11-23 00:21:56'|lb1 null 8 null 2026-11-22T23:21:56Z false",
                "'body':'COPY','timeUnixNano':'1795393316466547000'|10.1.2.3 null 8 null 2026-11-23T00:21:56.466547Z true",
                "'body':{'stringValue':'COPY'},'time':'2026-11-23 00:21:56,123'|10.1.2.3 null 8 null 2026-11-22T23:21:56.123Z true",
                "'MESSAGE':'COPY','time':'Nov 23 00:21:56'|10.1.2.3 null 8 null 2026-11-22T23:21:56Z false",
                "'_source':{'message':'COPY','@timestamp':'2026-11-23T00:21:56Z','host':{'name':'lb1'}},'_index':'x'|lb1 null 8 null 2026-11-23T00:21:56Z false",
                "'message':'Server b/s is DOWN','program':'haproxy','pid':'7','host':'lb1','timestamp':'2026-11-23T00:21:56Z'|lb1 haproxy 7 null 2026-11-23T00:21:56Z false",
                "'message':'Server b/s is DOWN','process':{'name':'haproxy','pid':7},'host':{'name':'lb1'},'@timestamp':'2026-11-23T00:21:56Z'|lb1 haproxy 7 null 2026-11-23T00:21:56Z false",
                "'message':'Server b/s is DOWN','syslogtag':'haproxy[7]:','host':'lb1','time':'2026-11-23T00:21:56Z'|lb1 haproxy 7 null 2026-11-23T00:21:56Z false",
                "'message':' Server b/s is DOWN','appname':'haproxy','facility':'local0','severity':'alert','ts':1795393316|10.1.2.3 haproxy null ALERT 2026-11-23T00:21:56Z false",
                "'message':'Server b/s is DOWN','appname':'haproxy','syslog_facility':16,'syslog_severity':5,'ts':1795393316|10.1.2.3 haproxy null NOTICE 2026-11-23T00:21:56Z false",
                "'message':'Server b/s is DOWN','appname':'haproxy','syslog_pri':'129','ts':1795393316|10.1.2.3 haproxy null ALERT 2026-11-23T00:21:56Z false",
                "'message':'Server b/s is DOWN','container_name':'my-haproxy-1','severity':'INFO','ts':1795393316|10.1.2.3 null null null 2026-11-23T00:21:56Z false",
                "'message':'Server b/s is DOWN','kubernetes':{'pod_name':'edge-0','container_name':'haproxy'},'ts':1795393316|edge-0 null null null 2026-11-23T00:21:56Z false",
                "'message':'Server b/s is DOWN','log':{'file':{'path':'/var/log/haproxy.log'}},'ts':1795393316|10.1.2.3 null null null 2026-11-23T00:21:56Z false",
                "'message':'haproxy[7]: Server b/s is DOWN','tag':'haproxy','ts':1795393316|10.1.2.3 haproxy 7 null 2026-11-23T00:21:56Z false",
                "'message':'<129>Nov 23 00:21:55 lb1 haproxy[7]: Server b/s is DOWN','host':'x','@timestamp':'2026-11-23T00:21:56Z'|lb1 haproxy 7 ALERT 2026-11-23T00:21:56Z false",
                "'message':'<129>1 2026-11-23T00:21:55Z lb1 haproxy 7 - - Server b/s is DOWN','@timestamp':'2026-11-23T00:21:56Z'|lb1 haproxy 7 ALERT 2026-11-23T00:21:55Z false",
                "'message':'Nov 23 00:21:56 lb1 haproxy[7]: Server b/s is DOWN'|lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "'message':'COPY','time':'soon','host':'no host'|10.1.2.3 null 8 null 2026-11-23T12:00:00.123456Z true",
            })
    void aLineOfAStore(String fields, String expected) {
        String line = "{" + fields.replace("COPY", COPY) + "}";
        for (String written :
                new String[] {line, line + ",", "[" + line, "  " + line, "\u001e" + line, "data: " + line}) {
            assertThat(OneLine.show(read(written))).as(written).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // Traffic of HAProxy, whose text holds a sentence.
                "{'message':'10.0.0.1:4711 [23/Nov/2026:00:21:56.238] f b/s \\'GET /Server b/s is DOWN\\'','program':'haproxy'}",
                "{'message':'10.0.0.1:4711 haproxy[1]: Server b/s is DOWN','program':'haproxy'}",
                "{'message':'Server b/s is DOWN','program':'haproxy','facility':'local0','severity':'info'}",
                "{'message':'Server b/s is DOWN','program':'haproxy','log.syslog.facility.code':16,'log.syslog.severity.code':6}",
                "{'message':'Server b/s is DOWN','program':'haproxy','syslog_pri':134}",
                "{'message':'<134>Server b/s is DOWN','program':'haproxy'}",
                "{'message':'haproxy-1  | COPY','program':'haproxy'}",
                "{'message':'12:Nov 23 00:21:56 lb1 haproxy[1]: Server b/s is DOWN','program':'haproxy'}",
                "{'message':'{\\'message\\':\\'COPY\\'}','program':'haproxy'}",
                "{'message':'x\\nServer b/s is DOWN','program':'haproxy'}",
                // Another program's, or nobody's.
                "{'message':'Server b/s is DOWN','ts':1795393316}",
                "{'message':'Server b/s is DOWN','level':'warn','user_agent':'haproxy','url':'haproxy'}",
                "{'message':'Server b/s is DOWN','app':'billing'}",
                "{'message':'Server b/s is DOWN','program':'sshd','tag':'haproxy'}",
                "{'message':'COPY','program':'sshd'}",
                "{'message':'Nov 23 00:21:56 lb1 haproxy[1]: Server b/s is DOWN','program':'sshd'}",
                "{'message':'Nov 23 00:21:56 lb1 sshd[1]: Server b/s is DOWN','host':'lb1'}",
                "{'message':'haproxy[7]: Server b/s is DOWN'}",
                "{'message':{'haproxy':'COPY'}}",
                "{'message':['COPY']}",
                "{'text':'COPY'}",
                "{'a':{'message':'COPY'}}",
            })
    void plantedTextIsNoEvent(String line) {
        assertThat(read(line.replace("COPY", COPY))).isNotInstanceOf(Events.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'message':'COPY','message':'COPY'}",
                "{'message':'COPY','host':'a','host':'b'}",
                "{'message':'COPY'}{}",
                "{'message':'COPY'",
                "{'message':'COPY','host':'a",
                "{'message':'COPY','host':{'name':'a'}",
                "{'message':'COPY, reason: Layer4 timeout\\nServer b/t is DOWN'}",
                "{'message':'COPY','timestamp':'2026-11-23 00:21:56 XYZT'}",
            })
    void whatIsNotCertainIsUnreadable(String line) {
        LineReader assumed =
                new LineReader(new LineContext("test", LineDefaults.of(BERLIN).withAssumedZone(BERLIN), null));
        assertThat(OneLine.read(assumed, line.replace("COPY", COPY).replace('\'', '"'), null))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void everyBeginningIsSafe() {
        String line = "{'message':'COPY','@timestamp':'2026-11-23T00:21:56Z','host':{'name':'lb1'},'pid':7}";
        for (int length = 0; length < line.length(); length++) {
            assertThat(read(line.replace("COPY", COPY).substring(0, length))).isNotInstanceOf(Events.class);
        }
        String deep = "{'a':".repeat(5000) + "1" + "}".repeat(5000);
        assertThat(read("{'x':" + deep + ",'message':'COPY'}")).isNotNull();
        assertThat(read("{'message':'COPY','pid':" + "9".repeat(100_000) + ",'ts':1e999999999}"))
                .isNotNull();
    }

    private LineOutcome read(String line) {
        return OneLine.read(reader, line.replace("COPY", COPY).replace('\'', '"'), OneLine.SENDER);
    }
}
