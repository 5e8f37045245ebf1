package io.risefall.app.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainDatagramPacket;
import io.netty.channel.unix.DomainSocketAddress;
import io.risefall.schemas.suite.RealParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the real systemd-notify tells the socket of a service manager. */
@RealParts
class ServiceManagerTest {
    private static final long SECONDS = 60;

    @TempDir
    Path folder;

    private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
    private final MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private Path socket;
    private Channel listening;

    @BeforeEach
    void listen() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/systemd-notify")), "no systemd-notify");
        socket = folder.resolve("notify.sock");
        listening = new Bootstrap()
                .group(loop)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new SimpleChannelInboundHandler<DomainDatagramPacket>() {
                    @Override
                    protected void channelRead0(ChannelHandlerContext context, DomainDatagramPacket packet) {
                        told.add(packet.content()
                                .toString(UTF_8)
                                .lines()
                                .findFirst()
                                .orElse(""));
                    }
                })
                .bind(new DomainSocketAddress(socket.toString()))
                .syncUninterruptibly()
                .channel();
    }

    @AfterEach
    void close() {
        if (listening != null) {
            listening.close().syncUninterruptibly();
        }
        loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void isToldOfStartAndEnd() throws Exception {
        try (ServiceManager manager = new ServiceManager(Map.of("NOTIFY_SOCKET", socket.toString()), () -> true)) {
            manager.started();
            assertThat(next("READY=1")).isEqualTo("READY=1");
        }
        assertThat(next("STOPPING=1")).isEqualTo("STOPPING=1");
    }

    @Test
    void theWatchdogIsToldOnlyWhileTheServiceWorks() throws Exception {
        AtomicBoolean works = new AtomicBoolean(true);
        BlockingQueue<Boolean> looks = new LinkedBlockingQueue<>();
        Map<String, String> environment = Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "30000");
        try (ServiceManager manager = new ServiceManager(environment, () -> {
            looks.add(works.get());
            return works.get();
        })) {
            manager.started();
            assertThat(next("WATCHDOG=1")).isEqualTo("WATCHDOG=1");
            works.set(false);
            // The look that finds it broken comes after the last that told.
            while (Boolean.TRUE.equals(looks.poll(SECONDS, TimeUnit.SECONDS))) {}
            told.clear();
            assertThat(looks.poll(SECONDS, TimeUnit.SECONDS)).isFalse();
            assertThat(looks.poll(SECONDS, TimeUnit.SECONDS)).isFalse();
            assertThat(told).doesNotContain("WATCHDOG=1");
        }
    }

    @Test
    void withoutAServiceManagerNothingIsTold() throws Exception {
        try (ServiceManager manager = new ServiceManager(Map.of(), () -> true)) {
            manager.started();
        }
        assertThat(told).isEmpty();
    }

    /** What systemd-notify says besides, such as that it waits to be heard, is left out. */
    private String next(String awaited) throws InterruptedException {
        String one = told.poll(SECONDS, TimeUnit.SECONDS);
        while (one != null && !one.equals(awaited)) {
            one = told.poll(SECONDS, TimeUnit.SECONDS);
        }
        return one;
    }
}
