package io.risefall.ingest.network.syslog;

import static org.assertj.core.api.Assertions.assertThat;

import io.risefall.ingest.network.DropCounters;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyslogFramingTest {
    /** {@code |} parts messages, {@code ~} is a newline, {@code ^} a carriage return. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            nullValues = "none",
            value = {
                "newline;                      <133>a~<133>b~;                 <133>a|<133>b",
                "line ends of Windows;         <133>a^~<133>b^~;               <133>a|<133>b",
                "journalctl -o json | nc;      {'a':1}~{'b':2}~;               {'a':1}|{'b':2}",
                "octet counting;               6 <133>a7 <133>bc;              <133>a|<133>bc",
                "counted with a newline in it; 8 <133>a~b6 <133>c;             <133>a~b|<133>c",
                "counted and ended;            7 <133>a~6 <133>b;              <133>a|<133>b",
                "a newline between counted;    6 <133>a~6 <133>b;              <133>a|<133>b",
                "both in one connection;       6 <133>a<133>b~6 <133>c;        <133>a|<133>b|<133>c",
                "counted without a priority;   9 Server xy3 abc;               Server xy|abc",
                "a date is no count;           2026-11-23 a~2026-11-23 b~;     2026-11-23 a|2026-11-23 b",
                "after a newline a number is;  a~42 is the answer~;            a|42 is the answer",
                "too many digits;              123456789 <1>x~;                123456789 <1>x",
                "empty lines are no messages;  ~~a~^~~b~;                      a|b",
                "half a line is dropped;       a~Server b is DO;               a",
                "a sentence is kept;           a~Server b/s is DOWN.;          a|Server b/s is DOWN.",
                "half a counted message;       6 <133>a9 <133>b.;              <133>a",
                "a number alone;               12;                             none",
                "a long line is cut;           0123456789012345678901234~b~;   01234567890123456789|b",
                "a long counted one is cut;    25 <133>678901234567890123451 x; <133>678901234567890|x",
            })
    void everyCutOfTheBytesGivesTheSameMessages(String name, String bytes, String messages) {
        byte[] all = control(bytes).getBytes(StandardCharsets.ISO_8859_1);
        List<String> expected =
                messages == null ? List.of() : List.of(control(messages).split("\\|"));
        for (int first = 0; first <= all.length; first++) {
            for (int second = first; second <= all.length; second++) {
                SyslogFraming framing = new SyslogFraming(20, new DropCounters("test"));
                List<String> found = new ArrayList<>();
                take(framing, Arrays.copyOfRange(all, 0, first), found);
                take(framing, Arrays.copyOfRange(all, first, second), found);
                take(framing, Arrays.copyOfRange(all, second, all.length), found);
                if (framing.last()) {
                    found.add(message(framing));
                }
                assertThat(found).as("cut at %d and %d", first, second).isEqualTo(expected);
            }
        }
    }

    private static String control(String text) {
        return text.replace('~', '\n').replace('^', '\r');
    }

    private static void take(SyslogFraming framing, byte[] bytes, List<String> into) {
        framing.add(bytes);
        while (framing.next() == SyslogFraming.Step.MESSAGE) {
            into.add(message(framing));
        }
    }

    private static String message(SyslogFraming framing) {
        return new String(framing.message(), 0, framing.length(), StandardCharsets.ISO_8859_1);
    }
}
