package io.risefall.ingest.network.relp;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.network.DropCounters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelpFramingTest {
    private static final int LONGEST = 10;

    /** {@code ~} is a newline, {@code |} parts frames. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "one;                       1 syslog 3 abc~;                1,syslog,abc",
                "two;                       1 open 1 x~2 syslog 2 yz~;      1,open,x|2,syslog,yz",
                "no data;                   3 close 0~4 x 0~;               3,close,|4,x,",
                "no data and a space;       3 close 0 ~4 x 0~;              3,close,|4,x,",
                "newlines in the data;      1 syslog 3 ~~~~2 x 0~;          1,syslog,~~~|2,x,",
                "the greatest number;       999999999 x 0~1 x 0~;           999999999,x,|1,x,",
                "longer than the limit;     1 syslog 12 0123456789ab~2 x 0~; 1,syslog,0123456789|2,x,",
                "no number;                 x;                              broken",
                "a space first;             ` 1 x 0`;                       broken",
                "ten digits;                1234567890;                     broken",
                "no command;                1  0~;                          broken",
                "a command with a digit;    1 c1 0~;                        broken",
                "33 letters;                1 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa 0~; broken",
                "no length;                 1 x ~;                          broken",
                "a length with a sign;      1 x -1 ~;                       broken",
                "ten digits of length;      1 x 1000000000 a~;              broken",
                "a length without data;     1 x 5~;                         broken",
                "more data than said;       1 x 2 abc~;                     broken",
                "plain syslog;              <133>a~;                        broken",
                "octet counting;            6 <133>a;                       broken",
                "good, then bad;            1 x 1 a~?;                      1,x,a|broken",
            })
    void everyCutOfTheBytesGivesTheSameFrames(String name, String bytes, String frames) {
        byte[] all = bytes.replace('~', '\n').getBytes(StandardCharsets.ISO_8859_1);
        List<String> expected = List.of(frames.replace('~', '\n').split("\\|"));
        for (int first = 0; first <= all.length; first++) {
            for (int second = first; second <= all.length; second++) {
                RelpFraming framing = new RelpFraming(LONGEST, new DropCounters("test"));
                List<String> found = new ArrayList<>();
                boolean whole = take(framing, Arrays.copyOfRange(all, 0, first), found)
                        && take(framing, Arrays.copyOfRange(all, first, second), found)
                        && take(framing, Arrays.copyOfRange(all, second, all.length), found);
                assertThat(whole).isEqualTo(!expected.contains("broken"));
                assertThat(found).as("cut at %d and %d", first, second).isEqualTo(expected);
            }
        }
    }

    @Test
    void whatIsCutOffIsCountedAndTakesNoMemory() {
        DropCounters drops = new DropCounters("test");
        RelpFraming framing = new RelpFraming(LONGEST, drops);
        framing.add("1 syslog 999999999 ".getBytes(StandardCharsets.US_ASCII));
        assertThat(framing.next()).isEqualTo(RelpFraming.Step.MORE);
        framing.add(new byte[50_000_000]);
        assertThat(framing.next()).isEqualTo(RelpFraming.Step.MORE);
        assertThat(framing.data().length).isLessThanOrEqualTo(1024);
        assertThat(drops.dropped())
                .containsExactlyEntriesOf(Map.of("messages longer than 10 bytes; the rest was dropped", 1L));
    }

    @Test
    void framesToSendReadBack() {
        RelpFraming framing = new RelpFraming(100, new DropCounters("test"));
        framing.add(RelpFraming.frame(7, "rsp", "200 OK\ncommands=syslog"));
        assertThat(framing.next()).isEqualTo(RelpFraming.Step.FRAME);
        assertThat(frame(framing)).isEqualTo("7,rsp,200 OK\ncommands=syslog");
    }

    /** False when it broke. */
    private static boolean take(RelpFraming framing, byte[] bytes, List<String> found) {
        framing.add(bytes);
        while (true) {
            switch (framing.next()) {
                case FRAME -> found.add(frame(framing));
                case MORE -> {
                    return true;
                }
                case BROKEN -> {
                    found.add("broken");
                    return false;
                }
            }
        }
    }

    private static String frame(RelpFraming framing) {
        return framing.transaction() + "," + framing.command() + ","
                + new String(framing.data(), 0, framing.length(), StandardCharsets.ISO_8859_1);
    }
}
