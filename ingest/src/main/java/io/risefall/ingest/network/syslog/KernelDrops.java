package io.risefall.ingest.network.syslog;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * How many datagrams the kernel has dropped because a socket's receive buffer was full: the column {@code drops} of
 * Linux's {@code /proc/net/udp} and {@code udp6}. On other systems the count is always 0.
 */
public final class KernelDrops {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/udp"), Path.of("/proc/net/udp6"));
    private static final int LOCAL = 1;
    private static final int DROPS = 12;
    private static final int WORD = 4;

    private final InetSocketAddress socket;
    private final List<Path> tables;

    public KernelDrops(InetSocketAddress socket) {
        this(socket, TABLES);
    }

    KernelDrops(InetSocketAddress socket, List<Path> tables) {
        this.socket = socket;
        this.tables = tables;
    }

    /** Since the socket was opened. */
    public long read() {
        long drops = 0;
        for (Path table : tables) {
            try {
                for (String line : Files.readAllLines(table)) {
                    drops += dropsOf(line.strip().split("\\s+"));
                }
            } catch (IOException e) {
                // No such system, or no IPv6.
            }
        }
        return drops;
    }

    private long dropsOf(String[] columns) throws UnknownHostException {
        if (columns.length <= DROPS || !isOurs(columns[LOCAL])) {
            return 0;
        }
        return Long.parseLong(columns[DROPS]);
    }

    /** {@code 0100007F:158A}: the address in words of the machine's byte order, which is little endian, and the port. */
    private boolean isOurs(String local) throws UnknownHostException {
        int colon = local.indexOf(':');
        if (colon < 0 || Integer.parseInt(local.substring(colon + 1), 16) != socket.getPort()) {
            return false;
        }
        byte[] words = HexFormat.of().parseHex(local.substring(0, colon));
        byte[] address = new byte[words.length];
        for (int i = 0; i < words.length; i++) {
            address[i] = words[i / WORD * WORD + WORD - 1 - i % WORD];
        }
        return InetAddress.getByAddress(address).equals(socket.getAddress());
    }
}
