package io.risefall.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who makes room, by the addresses that a test cannot have for real. */
class PeersTest {
    private final HttpCounts counts = new HttpCounts();
    private final Peers peers = new Peers(
            new HttpLimits(40, 4, 1, Duration.ofSeconds(1), Duration.ofSeconds(1), 1, Duration.ofSeconds(1)), counts);

    private static final class Caller extends EmbeddedChannel {
        private final String address;

        Caller(String address) {
            this.address = address;
        }

        @Override
        protected SocketAddress remoteAddress0() {
            return new InetSocketAddress(address, 50_000);
        }
    }

    private Caller enter(String address) {
        Caller caller = new Caller(address);
        peers.enter(caller);
        return caller;
    }

    private Caller waiting(String address) {
        Caller caller = enter(address);
        peers.waits(caller);
        return caller;
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, 10",
        "192.0.2.1, 192.0.2.2, 11",
        "2001:db8::1, 2001:db8::ffff:2, 10",
        "2001:db8:0:1::1, 2001:db8:0:2::1, 11",
        "127.0.0.1, 127.0.0.1, 11",
        "::1, ::1, 11"
    })
    void anAddressHasAQuarter(String one, String other, int open) {
        Caller first = waiting(one);
        for (int i = 0; i < 9; i++) {
            waiting(one);
        }
        waiting(other);
        assertThat(counts.connections()).isEqualTo(open);
        assertThat(first.isOpen()).isEqualTo(open == 11);
        assertThat(counts.refused()).containsEntry(Refusal.ADDRESS, 11L - open);
    }

    @Test
    void theOneThatWaitedLongestOfTheGreediestMakesRoom() {
        Caller alone = waiting("192.0.2.1");
        List<Caller> greedy = new ArrayList<>();
        for (int i = 0; i < 39; i++) {
            greedy.add(waiting("127.0.0.1"));
        }
        peers.waits(greedy.get(0));
        Caller newcomer = enter("192.0.2.3");
        assertThat(newcomer.isOpen()).isTrue();
        assertThat(alone.isOpen()).isTrue();
        assertThat(greedy.get(0).isOpen()).isTrue();
        assertThat(greedy.get(1).isOpen()).isFalse();
        assertThat(counts.refused()).containsEntry(Refusal.CONNECTIONS, 1L);
    }

    @Test
    void noneIsClosedWhoseRequestIsWorkedOn() {
        List<Caller> busy = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            busy.add(enter("127.0.0.1"));
        }
        Caller newcomer = enter("127.0.0.1");
        assertThat(newcomer.isOpen()).isFalse();
        assertThat(busy).allMatch(Caller::isOpen);
    }
}
