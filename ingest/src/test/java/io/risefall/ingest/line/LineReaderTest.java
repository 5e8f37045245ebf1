package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.line.LineOutcome.Events;
import io.risefall.ingest.line.LineOutcome.Traffic;
import io.risefall.ingest.line.LineOutcome.Unknown;
import io.risefall.ingest.line.LineOutcome.Unreadable;
import io.risefall.ingest.line.LineOutcome.Unrelated;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Origin;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every header, and what must not pass for one. */
class LineReaderTest {
    private static final String DOWN = OneLine.DOWN;
    private static final String SENDER = OneLine.SENDER;

    private final LineReader reader = OneLine.reader(null, Set.of("haproxy", "edge.lb"));

    /** Header; then node, tag, pid, severity, time, whether precise. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Nov 23 00:21:56 lb1 haproxy[4043]: |lb1 haproxy 4043 null 2026-11-22T23:21:56Z false",
                "Nov  3 00:21:56 lb1 haproxy: |lb1 haproxy null null 2026-11-02T23:21:56Z false",
                "Nov 23 00:21:56 localhost edge.lb[1]: |10.1.2.3 edge.lb 1 null 2026-11-22T23:21:56Z false",
                "<129>Nov 23 00:21:56 haproxy[4043]: |10.1.2.3 haproxy 4043 ALERT 2026-11-22T23:21:56Z false",
                "<129>Nov 23 00:21:56 lb1 haproxy[4043]: |lb1 haproxy 4043 ALERT 2026-11-22T23:21:56Z false",
                "2026-11-23T00:21:56.466547+00:00 lb1 haproxy[4043]: |lb1 haproxy 4043 null 2026-11-23T00:21:56.466547Z true",
                "2026-11-23T07:16:29.758021+05:30 ip-10-0-0-1 lb1 haproxy[1]: |lb1 haproxy 1 null 2026-11-23T01:46:29.758021Z true",
                "<133>2026-11-23T00:21:56+00:00 lb1 haproxy[4043]: |lb1 haproxy 4043 NOTICE 2026-11-23T00:21:56Z false",
                "2026-11-23T00:21:56+0100 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "<129>1 2026-11-23T00:21:56.466547+00:00 lb1 haproxy 4043 - - |lb1 haproxy 4043 ALERT 2026-11-23T00:21:56.466547Z true",
                "<129>1 2026-11-23T00:21:56+00:00 - haproxy - - - |10.1.2.3 haproxy null ALERT 2026-11-23T00:21:56Z false",
                "<129>1 - - haproxy - - - |10.1.2.3 haproxy null ALERT 2026-11-23T12:00:00.123456Z true",
                "<129>1 2026-11-23T00:21:56Z lb1 haproxy 1 - [a@1 b=\"x\\]\\\" ] y\"][c] |lb1 haproxy 1 ALERT 2026-11-23T00:21:56Z false",
                "<129>1 2026-11-23T00:21:56Z lb1 haproxy 1 - - \uFEFF|lb1 haproxy 1 ALERT 2026-11-23T00:21:56Z false",
                "<129>1 2026-11-23T00:21:56Z lb1 haproxy 1 - -  |lb1 haproxy 1 ALERT 2026-11-23T00:21:56Z false",
                "2026-11-23T00:21:56.466547+00:00 |10.1.2.3 null null null 2026-11-23T00:21:56.466547Z true",
                "<1>2026-11-23T00:21:56.466547-01:00 |10.1.2.3 null null ALERT 2026-11-23T01:21:56.466547Z true",
                "<1>|10.1.2.3 null null ALERT 2026-11-23T12:00:00.123456Z true",
                "<129>|10.1.2.3 null null ALERT 2026-11-23T12:00:00.123456Z true",
                "|10.1.2.3 null null null 2026-11-23T12:00:00.123456Z true",
                "[WARNING]  (14095) : |10.1.2.3 null 14095 null 2026-11-23T12:00:00.123456Z true",
                "[WARNING]  (14095) : CLI : |10.1.2.3 null 14095 null 2026-11-23T12:00:00.123456Z true",
                "[ALERT]    (14095) : |10.1.2.3 null 14095 null 2026-11-23T12:00:00.123456Z true",
                "[WARNING] 326/002156 (6671) : |10.1.2.3 null 6671 null 2026-11-22T23:21:56Z false",
                "Nov 23 00:21:56 lb1 haproxy[1]: [WARNING]  (14095) : |lb1 haproxy 14095 null 2026-11-22T23:21:56Z false",
                "2026-11-23T00:21:56.466547123Z |10.1.2.3 null null null 2026-11-23T00:21:56.466547Z true",
                "2026-11-23T00:21:56.466547123Z <1>|10.1.2.3 null null ALERT 2026-11-23T00:21:56.466547Z true",
                "2026-11-23T00:21:56.466547123Z [WARNING]  (9) : |10.1.2.3 null 9 null 2026-11-23T00:21:56.466547Z true",
                "2026-11-23T00:21:57.466547123Z 2026-11-23T00:21:56.5+00:00 |10.1.2.3 null null null 2026-11-23T00:21:56.500Z true",
                "2026-11-23T00:21:56.466547123Z stdout F |10.1.2.3 null null null 2026-11-23T00:21:56.466547Z true",
                "2026-11-23T00:21:56.466547123+00:00 stderr F [WARNING]  (9) : |10.1.2.3 null 9 null 2026-11-23T00:21:56.466547Z true",
                "Nov 23 00:21:56.466547 lb1 haproxy[4043]: |lb1 haproxy 4043 null 2026-11-22T23:21:56.466547Z true",
                "Mon 2026-11-23 00:21:56 UTC lb1 haproxy[4043]: |lb1 haproxy 4043 null 2026-11-23T00:21:56Z false",
                "Mon 2026-11-23 00:21:56 CET lb1 haproxy[4043]: |lb1 haproxy 4043 null 2026-11-22T23:21:56Z false",
                "1795393316.466547 lb1 haproxy[4043]: |lb1 haproxy 4043 null 2026-11-23T00:21:56.466547Z true",
                "Nov 23 00:21:56 lb1 haproxy[4043] |lb1 haproxy 4043 null 2026-11-22T23:21:56Z false",
                "2026-11-23T00:21:56.466547+00:00 lb1 haproxy[4043] |lb1 haproxy 4043 null 2026-11-23T00:21:56.466547Z true",
                "Nov 23 00:21:56 lb1 local0.alert haproxy[4043]: |lb1 haproxy 4043 ALERT 2026-11-22T23:21:56Z false",
                "Nov 23 00:21:56 <local0.notice> lb1 haproxy[4043]: |lb1 haproxy 4043 NOTICE 2026-11-22T23:21:56Z false",
                "<129>1 2026-11-23T00:21:56Z lb1 haproxy 4043 - -  |lb1 haproxy 4043 ALERT 2026-11-23T00:21:56Z false",
                "<129>1 2026-11-23T00:21:56Z lb1 haproxy 1 - - [WARNING]  (14095) : |lb1 haproxy 14095 ALERT 2026-11-23T00:21:56Z false",
                "2026-11-23T00:21:57.5Z stdout F <129>Nov 23 00:21:56 lb1 haproxy[3]: |lb1 haproxy 3 ALERT 2026-11-22T23:21:56Z false",
            })
    void headers(@Nullable String header, String expected) {
        assertThat(OneLine.show(read((header == null ? "" : header) + DOWN))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 23 00:21:56 lb1 sshd[1]: haproxy[1]: " + DOWN,
                "<129>Nov 23 00:21:56 CRON[5]: haproxy[1]: " + DOWN,
                "<134>Nov 23 00:21:56 lb1 nginx[1]: " + DOWN,
                "Nov 23 00:21:56 lb1 nginx[1]: Server b/s is fine",
                "Nov 23 00:21:56 lb1 nginx[1]: \"GET /?q=Server b/s is DOWN HTTP/1.1\"",
                "nothing that we know",
                "",
            })
    void othersAreForeign(String line) {
        assertThat(read(line)).isInstanceOf(Unrelated.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 23 00:21:56 lb1 myhaproxy[4043]: " + DOWN,
                "Nov 23 00:21:56 lb1 haproxy-exporter[4043]: " + DOWN,
                "Nov 23 00:21:56 lb1 " + DOWN,
                "<129>1 2026-11-23T00:21:56Z lb1 sshd 1 - - " + DOWN,
                "2026-11-23T00:21:56.466547+00:00 lb1 kernel: " + DOWN,
                "2026-11-23T00:21:56.466547+00:00 lb1 haproxyx: " + DOWN,
                "haproxy[1]: " + DOWN,
                "Nov 23 00:21:56 lb1 sshd[1] " + DOWN,
                "Nov 23 00:21:56 lb1 haproxy[] " + DOWN,
                "Nov 23 00:21:56 lb1 local0.alert sshd[1]: " + DOWN,
                "1795393316.466547 lb1 sshd[1]: " + DOWN,
                "1795393316.466547 " + DOWN,
                "Mon 2026-11-23 00:21:56 UTC lb1 sshd[1]: " + DOWN,
            })
    void healthBehindAnUnknownHeaderOrTagIsCountedApart(String line) {
        assertThat(read(line)).isInstanceOf(Unknown.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<134>Nov 23 00:21:56 haproxy[4043]: " + DOWN,
                "<134>1 2026-11-23T00:21:56Z lb1 haproxy 1 - - " + DOWN,
                "<134>1 2026-11-23T00:21:56Z lb1 haproxy 1 - - " + DOWN + " 200 " + DOWN,
                "<131>1 2026-11-23T00:21:56Z lb1 haproxy 1 - - " + DOWN,
                "<131>1 2026-11-23T00:21:56Z lb1 haproxy 1 - - " + DOWN + " 200",
                "<128>1 2026-11-23T00:21:56Z lb1 haproxy 1 - - " + DOWN,
                "<6>2026-11-23T00:21:56.466547-01:00 " + DOWN,
                "<6>2026-11-23T00:21:56.466547-01:00 <129>" + DOWN,
                "<6>2026-11-23T00:21:56Z lb1 haproxy[1]: " + DOWN,
                "<6>2026-11-23T00:21:56Z lb1 local0.alert haproxy[1]: " + DOWN,
                "Nov 23 00:21:56 lb1 local0.info haproxy[1]: " + DOWN,
                "<6>" + DOWN,
                "<134>" + DOWN,
                "<134>Nov 23 00:21:56 haproxy[4043]: message repeated 2 times: [ " + DOWN + "]",
                "Nov 23 00:21:56 lb1 haproxy[4043]: haproxy[1]: " + DOWN,
                "Nov 23 00:21:56 lb1 haproxy[4043]: <129>1 2024-01-01T00:00:00+00:00 - haproxy 1 - - " + DOWN,
                "Nov 23 00:21:56 lb1 haproxy[4043]: 127.0.0.1:5 [23/Nov/2026:01:45:07.238] f b/s \"GET /" + DOWN + "\"",
                "2026-11-23T00:21:56.466547+00:00 <129>" + DOWN,
                "127.0.0.1:5 [23/Nov/2026:01:45:07.238] f b/s " + DOWN,
            })
    void plantedTextIsTraffic(String line) {
        assertThat(read(line)).isInstanceOf(Traffic.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Nov 23 00:21:56 lb1 haproxy[4043]: " + DOWN + " 200 <129>1 2024-01-01T00:00:00+00:00 - haproxy 1 - - "
                        + DOWN,
                "<129>Nov 23 00:21:56 haproxy[4043]: Server b/s is DO",
                "2026-11-23T00:21:56Z stdout P " + DOWN,
                "<129>1 2026-11-23T00:21:56Z lb\0001 haproxy 4043 - - " + DOWN,
                "Feb 30 00:21:56 lb1 haproxy[4043]: " + DOWN,
                "Nov 23 25:21:56 lb1 haproxy[4043]: " + DOWN,
                "9999-12-31T23:59:59Z lb1 haproxy[4043]: " + DOWN,
                "0001-01-01T00:00:00Z lb1 haproxy[4043]: " + DOWN,
                "Mon 2026-02-30 00:21:56 UTC lb1 haproxy[4043]: " + DOWN,
                "Nov 23 00:21:56 lb1 haproxy[4043]: Server b/s is DOWN, reason: Layer7 timeout, info: \"a\nServer b/t is UP",
                "Nov 23 00:21:56 lb1 haproxy[4043]: message repeated 1000000 times: [ " + DOWN + "]",
            })
    void whatBeginsLikeAHealthLineIsUnreadable(String line) {
        assertThat(read(line)).isInstanceOf(Unreadable.class);
    }

    @Test
    void everySeverityOfHaproxyIsAccepted() {
        assertThat(read("<128>backend b has no server available!")).isInstanceOf(Events.class);
        assertThat(read("<128>Cannot bind to source address before connect() for backend b."))
                .isInstanceOf(Events.class);
        assertThat(read("<131>Connect() failed for backend b: no free ports.")).isInstanceOf(Events.class);
        assertThat(read("<129>" + DOWN)).isInstanceOf(Events.class);
        assertThat(read("<133>" + DOWN)).isInstanceOf(Events.class);
        assertThat(read("<132>Proxy b stopped (FE: 0 conns, BE: 0 conns).")).isInstanceOf(Events.class);
    }

    @Test
    void trafficIsASignOfLife() {
        assertThat(read("<134>1 2026-11-23T00:21:56.5Z lb1 haproxy 1 - - 127.0.0.1:5 [23/Nov"))
                .isEqualTo(new Traffic("lb1", 1L, Instant.parse("2026-11-23T00:21:56.5Z")));
        assertThat(read("Nov 23 00:21:56 lb1 haproxy[4043]: GET"))
                .isEqualTo(new Traffic("lb1", 4043L, Instant.parse("2026-11-22T23:21:56Z")));
        assertThat(read("<6>127.0.0.1:5 [23/Nov")).isEqualTo(new Traffic("10.1.2.3", null, null));
    }

    @Test
    void anEventSaysWhereItCameFrom() {
        String line =
                "Nov 23 00:21:56 lb1 haproxy[4043]: Server b/s is DOWN, reason: Layer7 wrong status, info: \"\u00e9";
        HealthEvent event = ((Events) read(line + "\r\n")).events().get(0);
        assertThat(event.origin()).isEqualTo(new Origin("test", 42, 0, SENDER));
        assertThat(event.line()).isEqualTo(line);
        assertThat(event.text()).endsWith("info: \"\u00c3\u00a9");
        assertThat(event.receivedAt()).isEqualTo(Instant.parse("2026-11-23T12:00:00.123456Z"));
    }

    @Test
    void theSourcesNodeOverridesTheLines() {
        LineReader named = OneLine.reader("lb9", Set.of("haproxy"));
        assertThat(OneLine.show(OneLine.read(named, "Nov 23 00:21:56 lb1 haproxy[4043]: " + DOWN, SENDER)))
                .startsWith("lb9 ");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.1:5514, 10.0.0.1",
        "10.0.0.1, 10.0.0.1",
        "[fe80::1]:5514, fe80::1",
        "fe80::1, fe80::1",
    })
    void aSenderStandsInForTheHost(String sender, String node) {
        assertThat(OneLine.show(OneLine.read(reader, "<129>1 - - haproxy - - - " + DOWN, sender)))
                .startsWith(node + " ");
    }

    @Test
    void withoutHostAndSenderItIsLocalhost() {
        assertThat(OneLine.show(OneLine.read(reader, DOWN, null))).startsWith("localhost ");
    }

    @Test
    void repeatedMessagesAreAsManyEvents() {
        Events events = (Events) read("Nov 23 00:21:56 lb1 haproxy[4043]: message repeated 3 times: [ " + DOWN + "]");
        assertThat(events.events()).extracting(event -> event.origin().repeat()).containsExactly(1, 2, 3);
        assertThat(events.events()).extracting(HealthEvent::text).containsOnly(DOWN);
    }

    @Test
    void aLineThatAContainerEngineSplitGoesOnInTheNext() {
        String timestamp = "2026-11-23T00:21:56.466547123Z ";
        assertThat(read(timestamp + "stdout P 127.0.0.1:5 GET /long")).isInstanceOf(Traffic.class);
        assertThat(read(timestamp + "stderr F " + DOWN)).isInstanceOf(Events.class);
        assertThat(read(timestamp + "stdout P " + DOWN)).isInstanceOf(Traffic.class);
        assertThat(read(timestamp + "stdout F " + DOWN)).isInstanceOf(Traffic.class);
        assertThat(read(timestamp + "stdout F " + DOWN)).isInstanceOf(Events.class);
    }

    @Test
    void aLineOfAnyLengthIsSafe() {
        String info = "x".repeat(10_000_000);
        assertThat(read("<129>" + DOWN + ", reason: Layer7 timeout, info: \"" + info))
                .isInstanceOf(Unreadable.class);
        assertThat(read(info)).isInstanceOf(Unrelated.class);
        assertThat(read("Nov 23 00:21:56 " + info)).isInstanceOf(Unrelated.class);
        assertThat(read("<129>1 2026-11-23T00:21:56Z lb1 haproxy 1 - [" + info)).isInstanceOf(Traffic.class);
        assertThat(read("<" + "9".repeat(1_000_000))).isInstanceOf(Unrelated.class);
    }

    @Test
    void everyBeginningOfALineIsSafe() {
        for (String line : new String[] {
            "<129>1 2026-11-23T00:21:56.466547+00:00 lb1 haproxy 4043 - [a b=\"c\"] " + DOWN,
            "<129>Nov 23 00:21:56 lb1 haproxy[4043]: [WARNING] 326/002156 (6671) : " + DOWN,
            "2026-11-23T00:21:56.466547123Z stdout F 2026-11-23T00:21:56.466547123+00:00 " + DOWN,
            "Mon 2026-11-23 00:21:56 UTC lb1 haproxy[4043]: " + DOWN + ".#012",
            "1795393316.466547 <local0.alert> lb1 haproxy[4043] " + DOWN,
            "Nov 23 00:21:56.466547 lb1 local0.alert haproxy[4043]: " + DOWN,
            "Nov 23 00:21:56 lb1 lb1 haproxy[4043]: message repeated 3 times: [ " + DOWN + "]",
        }) {
            for (int length = 0; length < line.length(); length++) {
                assertThat(read(line.substring(0, length))).isNotNull();
            }
        }
    }

    private LineOutcome read(String line) {
        return OneLine.read(reader, line, SENDER);
    }
}
