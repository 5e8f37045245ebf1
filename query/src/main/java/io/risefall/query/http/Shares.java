package io.risefall.query.http;

import io.netty.channel.Channel;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** How much of something each address has. By the server's one thread. */
final class Shares {
    /** Whoever has one address of IPv6 has 2^64 of them. */
    private static final int NETWORK_BYTES = 8;

    private final Map<String, Long> byAddress = new HashMap<>();
    private long all;

    /** @param change more, or less */
    void add(Channel channel, long change) {
        all += change;
        byAddress.merge(address(channel), change, (before, more) -> before + more == 0 ? null : before + more);
    }

    long all() {
        return all;
    }

    long of(Channel channel) {
        return byAddress.getOrDefault(address(channel), 0L);
    }

    /** Of the address that has most, the first. */
    Optional<Channel> greediest(Collection<Channel> channels) {
        return channels.stream().max(Comparator.comparingLong(this::of)); // of equals the first
    }

    /** Whether programs of this host ask, or a proxy here: all of them have one address. */
    static boolean isOfThisHost(Channel channel) {
        return remote(channel.remoteAddress()).isLoopbackAddress();
    }

    static String address(Channel channel) {
        InetAddress address = remote(channel.remoteAddress());
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(Arrays.copyOf(address.getAddress(), NETWORK_BYTES))
                : address.getHostAddress();
    }

    /** One that went away before it could be asked counts as of this host. */
    private static InetAddress remote(SocketAddress address) {
        return address instanceof InetSocketAddress internet ? internet.getAddress() : InetAddress.getLoopbackAddress();
    }
}
