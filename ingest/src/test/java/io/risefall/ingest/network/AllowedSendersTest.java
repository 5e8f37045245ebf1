package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedSendersTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.9.9.9, true",
        "192.0.2.7, 192.0.2.7, true",
        "192.0.2.7, 192.0.2.8, false",
        "0.0.0.0/0, 203.0.113.1, true",
        "192.0.2.128/25, 192.0.2.127, false",
        "192.0.2.128/25, 192.0.2.128, true",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/32, 2001:db9::1, false",
        "::1, ::1, true",
        "10.0.0.0/8, ::ffff:10.0.0.1, true",
        "10.0.0.0/8, ::1, false",
        "::/0, 10.0.0.1, false"
    })
    void aNetworkHoldsItsAddresses(String network, String peer, boolean allowed) {
        assertThat(AllowedSenders.of(List.of(network)).allows(new InetSocketAddress(peer, 514)))
                .isEqualTo(allowed);
    }

    @Test
    void noneMeansEverybodyAndSeveralMeanAny() {
        InetSocketAddress peer = new InetSocketAddress("192.0.2.7", 514);
        assertThat(AllowedSenders.EVERYBODY.allows(peer)).isTrue();
        assertThat(AllowedSenders.of(List.of("10.0.0.0/8", "192.0.2.0/24")).allows(peer))
                .isTrue();
        assertThat(AllowedSenders.of(List.of("10.0.0.0/8", "192.0.3.0/24")).allows(peer))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", "10.0.0/8", "::/129", "10.0.0.1:514"
            })
    void whatIsNoNetworkIsNamed(String text) {
        assertThatThrownBy(() -> AllowedSenders.of(List.of(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("invalid network '" + text
                        + "': expected an address or a network, such as 10.0.0.0/8, 2001:db8::/32 or 192.0.2.7");
    }
}
