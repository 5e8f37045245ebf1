package io.risefall.ingest.network;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.risefall.ingest.failure.IngestException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What listeners share: binding, thread names and closing. */
public final class ListenSockets {
    private ListenSockets() {}

    /** {@code host:port}, with an IPv6 address in brackets. */
    public static String name(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    public static ThreadFactory threads(String name) {
        return new DefaultThreadFactory(name, true);
    }

    public static Channel bound(ChannelFuture binding, String protocol, InetSocketAddress address) {
        binding.awaitUninterruptibly();
        Throwable cause = binding.cause();
        if (cause != null) {
            throw cannotListen(protocol, address, cause);
        }
        return binding.channel();
    }

    /** How a channel is opened. */
    public interface Opening<C extends NetworkChannel> {
        C open() throws IOException;
    }

    /** How a channel is bound. */
    public interface Binding<C extends NetworkChannel> {
        void bind(C channel, InetSocketAddress address) throws IOException;
    }

    /** Checks that an address is free, by binding it for a moment. */
    public static <C extends NetworkChannel> void checkFree(
            String protocol, InetSocketAddress address, Opening<C> opening, Binding<C> binding) {
        try (C channel = opening.open()) {
            binding.bind(channel, address);
        } catch (IOException | UnresolvedAddressException e) {
            throw cannotListen(protocol, address, e);
        }
    }

    public static IngestException cannotListen(String protocol, InetSocketAddress address, Throwable cause) {
        if (address.isUnresolved()) {
            return new IngestException(
                    "cannot listen on " + protocol + " " + name(address)
                            + ": no such host; give an address of this machine",
                    cause);
        }
        return new IngestException(
                "cannot listen on " + protocol + " " + address.getHostString() + ":" + address.getPort() + ": "
                        + cause.getMessage() + "; is another program listening there, or is the port below 1024?",
                cause);
    }

    public static InetSocketAddress addressOf(@Nullable Channel channel) {
        if (channel == null) {
            throw new IllegalStateException("not started");
        }
        return (InetSocketAddress) channel.localAddress();
    }

    public static void close(@Nullable Channel channel, @Nullable EventLoopGroup loop) {
        if (channel != null) {
            channel.close().awaitUninterruptibly();
        }
        if (loop != null) {
            loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
        }
    }
}
