package io.risefall.ingest.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A relay that appends the sender's address to the host's name ({@code option host append}) makes no other host of it. */
class RelayedHostTest {
    private final LineReader reader = OneLine.reader(null, Set.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lb1|lb1",
                "lb1,10.0.0.5|lb1",
                "lb1.example.com,10.0.0.5|lb1.example.com",
                "lb1,2001:db8::5|lb1",
                "lb1,::ffff:10.0.0.5|lb1",
                "lb1,fe80::5%eth0|lb1",
                "lb1,10.0.0.5,10.0.0.9|lb1",
                "10.0.0.7,10.0.0.9|10.0.0.7",
                "localhost,10.0.0.5|10.0.0.5",
                "localhost,10.0.0.5,10.0.0.9|10.0.0.5",
                "-,2001:db8::5|2001:db8::5"
            })
    void isTheHostThatItWasOf(String host, String node) {
        for (String header : new String[] {
            "<129>1 2026-11-23T00:21:56.466547+00:00 HOST haproxy 7 - - ",
            "<129>Nov 23 00:21:56 HOST haproxy[7]: ",
            "2026-11-23T00:21:56.466547+00:00 HOST haproxy[7]: ",
            "Nov 23 00:21:56 relay HOST haproxy[7]: "
        }) {
            assertThat(OneLine.show(OneLine.read(reader, header.replace("HOST", host) + OneLine.DOWN, OneLine.SENDER)))
                    .as(header)
                    .startsWith(node + " haproxy 7 ");
        }
    }

    /** What is no address was not appended by a relay: RFC 5424 leaves a host's name free. */
    @ParameterizedTest
    @ValueSource(strings = {"lb1,rack2", "lb1,", ",10.0.0.5", "lb1,10.0.0", "lb1,a.1.1.1", "lb1,10.0.0.5,x", "lb1,1:2"})
    void anyOtherCommaIsPartOfTheName(String host) {
        String line = "<129>1 2026-11-23T00:21:56.466547+00:00 " + host + " haproxy 7 - - " + OneLine.DOWN;
        assertThat(OneLine.show(OneLine.read(reader, line, OneLine.SENDER))).startsWith(host + " haproxy 7 ");
        assertThat(OneLine.read(
                        reader, "<129>Nov 23 00:21:56 " + host + " haproxy[7]: " + OneLine.DOWN, OneLine.SENDER))
                .isInstanceOf(LineOutcome.Unknown.class);
    }
}
