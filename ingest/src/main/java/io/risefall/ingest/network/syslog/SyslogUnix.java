package io.risefall.ingest.network.syslog;

import io.risefall.ingest.line.context.LineDefaults;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.Listener;
import io.risefall.ingest.network.NetworkLimits;
import io.risefall.ingest.network.NetworkSource;
import java.nio.file.Path;

/**
 * Syslog over a unix datagram socket, as {@code log /run/risefall.sock local0} of HAProxy on the same host: one datagram
 * is one message. Everybody on the host may write to it, as to {@code /dev/log}; the folder's permissions can narrow
 * that. Lines that name no host are this machine's. Linux only.
 *
 * <p>HAProxy opens the socket when it first logs, which is after {@code chroot}: with {@code chroot /var/lib/haproxy} the
 * line {@code log /dev/risefall.sock local0} means {@code /var/lib/haproxy/dev/risefall.sock}. It does not wait either:
 * what the kernel has no room for HAProxy drops and counts itself, in {@code DroppedLogs} of {@code show info}. That
 * room is {@code net.unix.max_dgram_qlen} lines, 512 where systemd runs and else 10, which a busy HAProxy fills in a
 * millisecond.
 *
 * @param socket the socket's file, made at the start and removed at the end
 * @param lines how to read what comes
 */
public record SyslogUnix(Path socket, LineDefaults lines) implements NetworkSource {
    @Override
    public String name() {
        return "unix:" + socket;
    }

    @Override
    public String protocol() {
        return "syslog over a unix socket";
    }

    @Override
    public Listener listener(JournalInput input, NetworkLimits limits) {
        return new SyslogUnixServer(socket, input, limits);
    }
}
