package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.line.LineOutcome.Events;
import io.risefall.ingest.line.LineOutcome.Unreadable;
import io.risefall.ingest.line.context.LineContext;
import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.schemas.message.ServerSwitch;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers as tools, stores and people make them of HAProxy's, and what a client or another program makes of those. */
class HeaderShapesTest {
    private static final String DOWN = OneLine.DOWN;
    private static final String ISO = "2026-11-23T00:21:56.466547123Z";

    private final LineReader reader = OneLine.reader(null, Set.of("haproxy"));

    /** Header; then node, tag, pid, severity, time, whether precise. The zone of the source is Europe/Berlin. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "2026-11-23 00:21:56 [WARNING]  (8) : |10.1.2.3 null 8 null 2026-11-22T23:21:56Z false",
                "2026-11-23 00:21:56,123 [WARNING]  (8) : |10.1.2.3 null 8 null 2026-11-22T23:21:56.123Z true",
                "2026-11-23 00:21:56.123456 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56.123456Z true",
                "2026-11-23 00:21:56 haproxy[7]: |10.1.2.3 haproxy 7 null 2026-11-22T23:21:56Z false",
                "2026-11-23 00:21:56 UTC haproxy[7]: |10.1.2.3 haproxy 7 null 2026-11-23T00:21:56Z false",
                "2026-11-23 00:21:56 +0300 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T21:21:56Z false",
                "2026-11-23 00:21:56.5+03:00 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T21:21:56.500Z true",
                "2026-11-23 00:21:56Z lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-23T00:21:56Z false",
                "2026/11/23 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "[2026-11-23 00:21:56] [WARNING]  (8) : |10.1.2.3 null 8 null 2026-11-22T23:21:56Z false",
                "2026-11-23T00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "2026-11-23 00:21:56 |10.1.2.3 null null null 2026-11-22T23:21:56Z false",
                "Nov 23 00:21:56 [WARNING]  (8) : |10.1.2.3 null 8 null 2026-11-22T23:21:56Z false",
                "Nov 23 00:21:56 |10.1.2.3 null null null 2026-11-22T23:21:56Z false",
                "2026-11-23T00:21:56.466547+00:00 haproxy[7]: |10.1.2.3 haproxy 7 null 2026-11-23T00:21:56.466547Z true",
                "2026-11-23T00:21:56.466547+00:00 haproxy: |10.1.2.3 haproxy null null 2026-11-23T00:21:56.466547Z true",
                "2026-11-23T00:21:56+01:00 [WARNING]  (8) : |10.1.2.3 null 8 null 2026-11-22T23:21:56Z false",
                "2026-11-23T00:21:56Z <local0.alert> lb1 haproxy[7]: |lb1 haproxy 7 ALERT 2026-11-23T00:21:56Z false",
                "2026-11-23 00:21:56 local0.alert haproxy[7]: |10.1.2.3 haproxy 7 ALERT 2026-11-22T23:21:56Z false",
                "Nov 23 00:21:56 <16.1> lb1 haproxy[7]: |lb1 haproxy 7 ALERT 2026-11-22T23:21:56Z false",
                "Nov 3 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-02T23:21:56Z false",
                "Nov 23 00:21:56.123 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56.123Z true",
                "Nov 23 00:21:56,123 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56.123Z true",
                "Nov 23 00:21:56 2025 haproxy[7]: |10.1.2.3 haproxy 7 null 2025-11-22T23:21:56Z false",
                "Nov 23 2025 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2025-11-22T23:21:56Z false",
                "Nov 23 2025 00:21:56.250 UTC: haproxy[7]: |10.1.2.3 haproxy 7 null 2025-11-23T00:21:56.250Z true",
                "23 Nov 2025 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2025-11-22T23:21:56Z false",
                "Sun, 23 Nov 2025 00:21:56 +0000 lb1 haproxy[7]: |lb1 haproxy 7 null 2025-11-23T00:21:56Z false",
                "Sun Nov 23 00:21:56 EST 2025 lb1 haproxy[7]: |lb1 haproxy 7 null 2025-11-23T05:21:56Z false",
                "Thu Apr  4 09:14:22 2024 local0.alert haproxy[7]: |10.1.2.3 haproxy 7 ALERT 2024-04-04T07:14:22Z false",
                "Thu Apr  4 09:14:22 2024 [1712222062.123] local0.warn haproxy[7]: |10.1.2.3 haproxy 7 WARNING 2024-04-04T09:14:22.123Z true",
                "Sun 2025-11-23 00:21:56 EST lb1 haproxy[7]: |lb1 haproxy 7 null 2025-11-23T05:21:56Z false",
                "Sun 2025-11-23 00:21:56 +03 lb1 haproxy[7]: |lb1 haproxy 7 null 2025-11-22T21:21:56Z false",
                "Sun 2025-11-23 00:21:56 MSK lb1 haproxy.service[7]: |lb1 haproxy 7 null 2025-11-22T21:21:56Z false",
                "Sun 2025-11-23 00:21:56 UTC lb1 haproxy@edge.service[7]: |lb1 haproxy 7 null 2025-11-23T00:21:56Z false",
                "Nov 23 00:21:56 EST lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-23T05:21:56Z false",
                "Nov 23 00:21:56 UTC haproxy[7]: |10.1.2.3 haproxy 7 null 2026-11-23T00:21:56Z false",
                "Nov 23 00:21:56 UTC+3 haproxy[7]: |10.1.2.3 haproxy 7 null 2026-11-22T21:21:56Z false",
                "Nov 23 00:21:56 JST lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T15:21:56Z false",
                "[13412.529515] lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-23T12:00:00.123456Z true",
                "[    5.529515 <    0.000012 >] lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-23T12:00:00.123456Z true",
                "1795393316.466547 haproxy[7]: |10.1.2.3 haproxy 7 null 2026-11-23T00:21:56.466547Z true",
                "M\u00e4r 04 13:43:35 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-03-04T12:43:35Z false",
                "okt 23 13:43:35 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-10-23T11:43:35Z false",
                "janv. 04 13:43:35 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-01-04T12:43:35Z false",
                "ao\u00fbt  4 13:43:35 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-08-04T11:43:35Z false",
                "pa\u017a 04 13:43:35 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-10-04T11:43:35Z false",
                "11\u6708 04 13:43:35 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-04T12:43:35Z false",
                "\u044f\u043d\u0432 04 13:43:35 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-01-04T12:43:35Z false",
                "Xyz 23 13:43:35 lb1 haproxy: [WARNING] 326/002156 (7) : |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "123:Nov 23 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "123-Nov 23 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "   123\tNov 23 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "haproxy.log:Nov 23 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "/var/log/haproxy-2.log:123:Nov 23 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "messages-20261123-Nov 23 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "syslog.1-123-2026-11-23T00:21:56Z lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-23T00:21:56Z false",
                "haproxy.log.2.gz:okt 23 13:43:35 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-10-23T11:43:35Z false",
                "(standard input):Nov 23 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "haproxy.log:[WARNING]  (8) : |10.1.2.3 null 8 null 2026-11-23T12:00:00.123456Z true",
                "> Nov 23 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "> > Nov 23 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "\t    Nov 23 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "    <129>Nov 23 00:21:56 haproxy[7]: |10.1.2.3 haproxy 7 ALERT 2026-11-22T23:21:56Z false",
                "\uFEFFNov 23 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
                "  > syslog:12:Nov 23 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 null 2026-11-22T23:21:56Z false",
            })
    void headers(String header, String expected) {
        assertThat(OneLine.show(read(header + DOWN))).as(header).isEqualTo(expected);
    }

    /** In the table {@code !} stands for the bar behind a container's name. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "haproxy_1  ! [WARNING] 326/002156 (1) : |haproxy_1 null 1 null 2026-11-22T23:21:56Z false",
                "haproxy-1  ! [WARNING]  (8) : |haproxy-1 null 8 null 2026-11-23T12:00:00.123456Z true",
                "edge-1  ! [WARNING]  (8) : |edge-1 null 8 null 2026-11-23T12:00:00.123456Z true",
                "shop_lb_10 ! [WARNING]  (8) : |shop_lb_10 null 8 null 2026-11-23T12:00:00.123456Z true",
                "haproxy-1  ! " + ISO + " [WARNING]  (8) : |haproxy-1 null 8 null 2026-11-23T00:21:56.466547Z true",
                "lb-1  ! " + ISO + " |lb-1 null null null 2026-11-23T00:21:56.466547Z true",
                "haproxy-1  ! |haproxy-1 null null null 2026-11-23T12:00:00.123456Z true",
                "haproxy ! <1>|haproxy null null ALERT 2026-11-23T12:00:00.123456Z true",
                "lb-1  ! <129>Nov 23 00:21:56 lb1 haproxy[7]: |lb1 haproxy 7 ALERT 2026-11-22T23:21:56Z false",
                "\u001b[36mhaproxy-1  !\u001b[0m [WARNING]  (8) : |haproxy-1 null 8 null 2026-11-23T12:00:00.123456Z true",
                "web_haproxy.1.x7sd8f@node1    ! [WARNING]  (8) : |node1 null 8 null 2026-11-23T12:00:00.123456Z true",
                ISO
                        + " web_lb.1.x7sd8f@node1    ! [WARNING]  (8) : |node1 null 8 null 2026-11-23T00:21:56.466547Z true",
                ISO + " web_haproxy.1.x7sd8f@node1    ! |node1 null null null 2026-11-23T00:21:56.466547Z true",
                "[pod/haproxy-6d4f-abcde/haproxy] [WARNING]  (8) : |haproxy-6d4f-abcde null 8 null 2026-11-23T12:00:00.123456Z true",
                "[pod/edge-0/lb] " + ISO + " [WARNING]  (8) : |edge-0 null 8 null 2026-11-23T00:21:56.466547Z true",
                "[pod/edge-0/haproxy] " + ISO + " |edge-0 null null null 2026-11-23T00:21:56.466547Z true",
                "[haproxy-6d4f-abcde] [WARNING]  (8) : |haproxy-6d4f-abcde null 8 null 2026-11-23T12:00:00.123456Z true",
                "edge-6d4f-abcde haproxy [WARNING]  (8) : |edge-6d4f-abcde null 8 null 2026-11-23T12:00:00.123456Z true",
                "haproxy-0 lb " + ISO + " <1>|haproxy-0 null null ALERT 2026-11-23T00:21:56.466547Z true",
                "prod edge-0 haproxy [WARNING]  (8) : |edge-0 null 8 null 2026-11-23T12:00:00.123456Z true",
                "> haproxy.log:12:haproxy-1  ! [WARNING]  (8) : |haproxy-1 null 8 null 2026-11-23T12:00:00.123456Z true",
            })
    void containers(String header, String expected) {
        assertThat(OneLine.show(read(header.replace('!', '|') + DOWN))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "M\u00e4r, ISO-8859-1",
        "f\u00e9vr., ISO-8859-1",
        "pa\u017a, ISO-8859-2",
        "\u0159\u00edj, ISO-8859-2",
    })
    void monthsInCharsetsOfOneByte(String month, String charset) {
        byte[] line = (month + " 04 13:43:35 lb1 haproxy[7]: " + DOWN).getBytes(Charset.forName(charset));
        assertThat(OneLine.read(reader, line, null)).isInstanceOf(Events.class);
    }

    /** Text of a client, or of another program, where a new prefix could make a line of it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                // Within a line with a tag.
                "Nov 23 00:21:56 lb1 haproxy[4043]: haproxy-1  | [WARNING]  (8) : " + DOWN,
                "Nov 23 00:21:56 lb1 haproxy[4043]: 12:Nov 23 00:21:56 lb1 haproxy[1]: " + DOWN,
                "Nov 23 00:21:56 lb1 haproxy[4043]: > [WARNING]  (8) : " + DOWN,
                "Nov 23 00:21:56 lb1 haproxy[4043]: 2026-11-23 00:21:56 haproxy[1]: " + DOWN,
                "Nov 23 00:21:56 lb1 sshd[1]: haproxy.log:Nov 23 00:21:56 lb1 haproxy[1]: " + DOWN,
                "Nov 23 00:21:56 lb1 sshd[1]: [pod/haproxy-0/haproxy] " + DOWN,
                "2026-11-23T00:21:56Z lb1 sshd[1]: haproxy-1  | " + DOWN,
                "<134>Nov 23 00:21:56 haproxy[4043]: haproxy-1  | " + DOWN,
                "<134>1 2026-11-23T00:21:56Z lb1 haproxy 1 - - haproxy-1  | " + DOWN,
                "<14>Nov 23 00:21:56 " + DOWN,
                "<14>Nov 23 00:21:56 [WARNING]  (8) : " + DOWN,
                "<14>2026-11-23 00:21:56 " + DOWN,
                // Of another program.
                "2026-11-23T00:21:56Z sshd[1]: " + DOWN,
                "2026-11-23 00:21:56 lb1 sshd[1]: " + DOWN,
                "123:Nov 23 00:21:56 lb1 sshd[1]: haproxy[1]: " + DOWN,
                "haproxy-1  | Nov 23 00:21:56 lb1 sshd[1]: " + DOWN,
                "Sun 2025-11-23 00:21:56 EST lb1 sshd.service[7]: " + DOWN,
                "Nov 23 00:21:56 lb1 haproxy.service[7]: " + DOWN,
                // Log formats that begin with a word of HAProxy's and go on with text of a client.
                "http-in | " + DOWN,
                "http-in | [WARNING]  (8) : " + DOWN,
                "10.0.0.1  | [WARNING]  (8) : " + DOWN,
                "app-1  | " + DOWN,
                "10.0.0.1:Nov 23 00:21:56 lb1 haproxy[1]: " + DOWN,
                "web/s1:Nov 23 00:21:56 lb1 haproxy[1]: " + DOWN,
                "fe80::1:Nov 23 00:21:56 lb1 haproxy[1]: " + DOWN,
                "1795393316:Nov 23 00:21:56 lb1 haproxy[1]: " + DOWN,
                "200 Nov 23 00:21:56 lb1 haproxy[1]: " + DOWN,
                "http-in web [WARNING]  (8) : " + DOWN,
                "[http-in] [WARNING]  (8) : " + DOWN,
                "[23/Nov/2026:00:21:56.238] " + DOWN,
                "23/Nov/2026:00:21:56.238 " + DOWN,
                "127.0.0.1:5 [23/Nov/2026:01:45:07.238] f b/s \"GET /haproxy-1  | [WARNING]  (8) : " + DOWN + "\"",
                // Further lines of a message in a journal stand below its first one's text.
                "                    Nov 23 00:21:56 lb1 haproxy[1]: " + DOWN,
                "\t\t\t\t<129>Nov 23 00:21:56 haproxy[1]: " + DOWN,
                "45-                        [WARNING]  (8) : " + DOWN,
                // Behind what could be a prefix, but without a header of its own.
                "12:" + DOWN,
                "haproxy.log:" + DOWN,
                "    " + DOWN,
                "> " + DOWN,
                "[pod/app-0/app] " + DOWN,
                "[INFO] " + DOWN,
                "[13412.529515] " + DOWN,
                ISO + " web_app.1.x7sd8f@node1    | " + DOWN,
                "Nov 23 00:21:56 lb1 " + DOWN,
                "Xyz 23 00:21:56 lb1 haproxy[1]: " + DOWN,
                "haproxy: " + DOWN,
                "haproxy | sshd[1]: " + DOWN,
                "2026-11-23T00:21:56Z web/haproxy[1]: " + DOWN,
            })
    void plantedTextIsNoEvent(String line) {
        assertThat(read(line)).isNotInstanceOf(Events.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"IST", "CST", "PST", "XYZT"})
    void aZoneThatIsSeveralOrNoneIsRefused(String zone) {
        LineReader assumed = reader(ZoneId.of("Europe/Berlin"), true);
        for (String header : new String[] {
            "Sun 2025-11-23 00:21:56 " + zone + " lb1 haproxy[7]: ",
            "Nov 23 00:21:56 " + zone + " lb1 haproxy[7]: ",
            "2025-11-23 00:21:56 " + zone + " lb1 haproxy[7]: ",
            "Sun Nov 23 00:21:56 " + zone + " 2025 lb1 haproxy[7]: ",
        }) {
            LineOutcome outcome = OneLine.read(assumed, header + DOWN, null);
            assertThat(outcome).as(header).isInstanceOf(Unreadable.class);
            assertThat(((Unreadable) outcome).why())
                    .contains("the zone " + zone)
                    .contains("--zone");
        }
    }

    /** Whoever says the zone, or sits in it, has said what the word means; what is said of a doubled hour counts. */
    @ParameterizedTest
    @CsvSource({
        "Asia/Kolkata, false, 2025-11-23 00:21:56 IST, 2025-11-22T18:51:56Z",
        "Asia/Kolkata, true, 2025-11-23 00:21:56 IST, 2025-11-22T18:51:56Z",
        "Europe/Berlin, false, 2025-11-23 00:21:56 XYZT, 2025-11-22T23:21:56Z",
        "America/Chicago, true, 2025-11-02 01:30:00 CDT, 2025-11-02T06:30:00Z",
        "America/Chicago, true, 2025-11-02 01:30:00 CST, 2025-11-02T07:30:00Z",
        "Europe/Berlin, false, 2025-10-26 02:30:00 CEST, 2025-10-26T00:30:00Z",
        "Europe/Berlin, false, 2025-10-26 02:30:00 CET, 2025-10-26T01:30:00Z",
        "Europe/Berlin, false, 2012-07-01 12:00:00 MSK, 2012-07-01T08:00:00Z",
    })
    void theSourcesOwnZone(String zone, boolean assumed, String timestamp, String expected) {
        LineOutcome outcome =
                OneLine.read(reader(ZoneId.of(zone), assumed), "Sun " + timestamp + " lb1 haproxy[7]: " + DOWN, null);
        assertThat(OneLine.show(outcome)).isEqualTo("lb1 haproxy 7 null " + expected + " false");
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "   ", "\t", "#012 ", " #012"})
    void blanksBehindASentenceAreNotItsOwn(String end) {
        String sentence = "Server b/s is DOWN, reason: Layer4 timeout, check duration: 2001ms. 1 active and 0 backup "
                + "servers left. 0 sessions active, 0 requeued, 0 remaining in queue.";
        for (String header : new String[] {"Nov 23 00:21:56 lb1 haproxy[7]: ", "Nov 23 00:21:57 lb1 haproxy[7]: "}) {
            Events events = (Events) read(header + sentence + end);
            assertThat(events.events().get(0).text()).isEqualTo(sentence);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u2026", "\u2026 ", "...", ">", "\u2026ueue.", "...remaining in queue."})
    void whatAToolCutIsReadAsCut(String mark) {
        String beginning = "Server b/s is DOWN, reason: Layer7 wrong status, code: 503, check duration: 5ms. 2 ";
        Events events = (Events) read("Nov 23 00:21:56 lb1 haproxy[7]: " + beginning + mark);
        ServerSwitch line = (ServerSwitch) events.events().get(0).message();
        assertThat(line.cut()).isTrue();
        assertThat(line.counts()).isNull();
        assertThat(line.reason()).isEqualTo(new CheckReason(CheckStatus.L7STS, 503, null, 5L));
    }

    @Test
    void everyBeginningIsSafe() {
        for (String line : new String[] {
            "\uFEFF  > haproxy.log.1:123:\u001b[36mhaproxy-1  |\u001b[0m " + ISO + " [WARNING]  (8) : " + DOWN,
            ISO + " web_haproxy.1.x7sd8f@node1    | [WARNING]  (8) : " + DOWN,
            "[pod/haproxy-0/haproxy] Sun Nov 23 00:21:56,123 EST 2025 <local0.alert> lb1 haproxy[7]: " + DOWN,
            "Thu Apr  4 09:14:22 2024 [1712222062.123] local0.warn haproxy[7]: " + DOWN,
            "[2026-11-23 00:21:56.123 +03:00] prod haproxy-0 haproxy [    5.52 <  0.1 >] lb1 haproxy[7]: " + DOWN,
            "Sun, 23 Nov 2025 00:21:56 UTC+3: lb1 haproxy[7]: " + DOWN,
        }) {
            byte[] whole = line.getBytes(StandardCharsets.UTF_8);
            for (int from = 0; from < whole.length; from++) {
                for (int to = from; to <= whole.length; to += 1 + to % 3) {
                    assertThat(OneLine.read(reader, Arrays.copyOfRange(whole, from, to), null))
                            .isNotNull();
                }
            }
        }
    }

    private LineOutcome read(String line) {
        return OneLine.read(reader, line, OneLine.SENDER);
    }

    private static LineReader reader(ZoneId zone, boolean assumed) {
        LineDefaults said = LineDefaults.of(zone);
        LineDefaults defaults = assumed ? said.withAssumedZone(zone) : said;
        return new LineReader(new LineContext("test", defaults, Instant.parse("2026-11-23T11:00:00Z")));
    }
}
