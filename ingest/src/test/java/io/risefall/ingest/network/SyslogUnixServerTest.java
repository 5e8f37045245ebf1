package io.risefall.ingest.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.DomainSocketAddress;
import io.risefall.ingest.failure.IngestException;
import io.risefall.ingest.network.journal.JournalLimits;
import io.risefall.ingest.network.syslog.SyslogUnix;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The file of a unix datagram socket and what comes through it. */
@EnabledOnOs(OS.LINUX)
class SyslogUnixServerTest {
    private static final String HOST = HostName.get();

    @TempDir
    Path folder;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());

    @AfterEach
    void close() {
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    @Test
    void eachDatagramIsOneMessageOfThisMachine() throws Exception {
        try (OpenListener open = listen(NetworkLimits.DEFAULT)) {
            List<String> sent =
                    IntStream.range(0, 5000).mapToObj(i -> "number " + i).toList();
            Channel sender = connected();
            for (String message : sent) {
                send(sender, message + (message.endsWith("7") ? "\n" : ""));
            }
            send(sender, "\n");
            send(sender, "last");
            List<String> expected = new ArrayList<>(sent);
            expected.add("last");
            assertThat(open.await(expected.size()))
                    .isEqualTo(expected.stream().map(m -> HOST + " " + m).toList());
        }
    }

    @Test
    void aLongMessageIsCutAndCounted() throws Exception {
        NetworkLimits limits = NetworkLimits.DEFAULT.withMessage(10);
        try (OpenListener open = listen(limits)) {
            Channel sender = connected();
            send(sender, "0123456789");
            send(sender, "0123456789a");
            assertThat(open.await(2)).containsExactly(HOST + " 0123456789", HOST + " 0123456789");
            open.awaitLoss("messages longer than 10 bytes; the rest was dropped", 1);
        }
    }

    @Test
    void whatFindsTheJournalFullIsCounted() throws Exception {
        try (OpenListener open = new OpenListener(
                folder.resolve("journal"), source(), NetworkLimits.DEFAULT, JournalLimits.DEFAULT.withBytes(1000))) {
            Channel sender = connected();
            for (int i = 0; i < 20; i++) {
                send(sender, "x".repeat(90));
            }
            int fit = 1000 / (8 + 10 + HOST.length() + 90);
            open.awaitLoss("messages lost: the journal was full", 20 - fit);
            assertThat(open.received()).hasSize(fit);
        }
    }

    @Test
    void everybodyMayWriteAndTheFileGoesWithTheListener() throws Exception {
        try (OpenListener open = listen(NetworkLimits.DEFAULT)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
                    .isEqualTo("rw-rw-rw-");
            assertThat(open.received()).isEmpty();
        }
        assertThat(socket()).doesNotExist();
    }

    @Test
    void aSocketWithoutItsProcessIsReplaced() throws Exception {
        leaveStale();
        assertThat(socket()).exists();
        try (OpenListener open = listen(NetworkLimits.DEFAULT)) {
            send(connected(), "one");
            assertThat(open.await(1)).containsExactly(HOST + " one");
        }
    }

    @Test
    void aSocketInUseIsNotTaken() throws Exception {
        try (OpenListener first = listen(NetworkLimits.DEFAULT)) {
            assertThatThrownBy(() -> new OpenListener(folder.resolve("other"), source()))
                    .isInstanceOf(IngestException.class)
                    .hasMessage("cannot listen on the unix socket " + socket()
                            + ": another program is listening there; is a risefall or a syslogd running?");
            send(connected(), "still there");
            assertThat(first.await(1)).containsExactly(HOST + " still there");
        }
        try (ServerSocketChannel stream = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stream.bind(UnixDomainSocketAddress.of(socket()));
            assertRefused(source(), "another program is listening there");
        }
    }

    @Test
    void whatIsNoSocketStays() throws Exception {
        Files.writeString(socket(), "precious");
        assertRefused(source(), "the path is a file, not a socket");
        assertThat(socket()).hasContent("precious");
    }

    @Test
    void pathsThatCannotBeAreNamed() {
        assertRefused(
                new SyslogUnix(folder.resolve("absent/log"), OpenListener.UTC), "check that the directory exists");
        assertRefused(
                new SyslogUnix(folder.resolve("x".repeat(100)), OpenListener.UTC), "a socket's path has at most 107");
    }

    private void assertRefused(SyslogUnix source, String why) {
        assertThatThrownBy(() -> new OpenListener(folder.resolve("refused" + System.nanoTime()), source))
                .isInstanceOf(IngestException.class)
                .hasMessageStartingWith("cannot listen on the unix socket " + source.socket() + ": ")
                .hasMessageContaining(why);
    }

    private Path socket() {
        return folder.resolve("log");
    }

    private SyslogUnix source() {
        return new SyslogUnix(socket(), OpenListener.UTC);
    }

    private OpenListener listen(NetworkLimits limits) throws IOException {
        return new OpenListener(folder.resolve("journal"), source(), limits);
    }

    private Channel bound() throws Exception {
        return new Bootstrap()
                .group(loop)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .bind(new DomainSocketAddress(socket().toString()))
                .sync()
                .channel();
    }

    /** As kill -9 leaves it: the file without the socket. */
    private void leaveStale() throws Exception {
        Path moved = folder.resolve("moved");
        Channel socket = bound();
        Files.move(socket(), moved);
        socket.close().sync();
        Files.move(moved, socket());
    }

    private Channel connected() throws Exception {
        return new Bootstrap()
                .group(loop)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new DomainSocketAddress(socket().toString()))
                .sync()
                .channel();
    }

    private static void send(Channel sender, String message) throws Exception {
        sender.writeAndFlush(Unpooled.copiedBuffer(message, StandardCharsets.UTF_8))
                .sync();
    }
}
