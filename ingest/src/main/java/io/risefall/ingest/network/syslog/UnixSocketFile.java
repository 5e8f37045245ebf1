package io.risefall.ingest.network.syslog;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollDomainDatagramChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.risefall.ingest.failure.IngestException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The file of a unix socket: made usable at the start, removed at the end while it is still the same. One thread. */
final class UnixSocketFile {
    /** {@code sun_path} of Linux, less its zero. */
    private static final int LONGEST_PATH = 107;

    private static final int TYPE = 0170000;
    private static final int SOCKET = 0140000;

    private final Path path;
    private @Nullable Object identity;

    UnixSocketFile(Path path) {
        this.path = path;
    }

    /**
     * Makes the path free: a socket whose process is gone is removed.
     *
     * @throws IngestException if it cannot be used, saying why
     */
    void free(EventLoopGroup loop) {
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw refused("a socket's path has at most " + LONGEST_PATH + " bytes; give a shorter one");
        }
        try {
            int mode = (int) Objects.requireNonNull(attributes().get("mode"));
            if ((mode & TYPE) != SOCKET) {
                throw refused("the path is a file, not a socket; give another path, or remove it");
            }
            if (takesDatagrams(loop) || takesConnections()) {
                throw refused("another program is listening there; is a risefall or a syslogd running?");
            }
            Files.delete(path);
        } catch (NoSuchFileException e) {
            // It is free.
        } catch (IOException e) {
            throw refused(e + "; check that this user may write there");
        }
    }

    private boolean takesDatagrams(EventLoopGroup loop) {
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(EpollDomainDatagramChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .connect(new DomainSocketAddress(path.toString()))
                .awaitUninterruptibly();
        connecting.channel().close().awaitUninterruptibly();
        // A socket that this user may not write to is in use too.
        return !(connecting.cause() instanceof ConnectException);
    }

    private boolean takesConnections() {
        try (SocketChannel stream = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return stream.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException e) {
            return false;
        }
    }

    /** After it was bound. */
    void made() throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
        identity = identityNow();
    }

    void remove() throws IOException {
        if (identity != null && identity.equals(identityNow())) {
            Files.delete(path);
        }
        identity = null;
    }

    private @Nullable Object identityNow() throws IOException {
        try {
            Map<String, Object> attributes = attributes();
            return Map.of("dev", attributes.get("dev"), "ino", attributes.get("ino"));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private Map<String, Object> attributes() throws IOException {
        return Files.readAttributes(path, "unix:mode,dev,ino", LinkOption.NOFOLLOW_LINKS);
    }

    private IngestException refused(String why) {
        return new IngestException("cannot listen on the unix socket " + path + ": " + why);
    }
}
