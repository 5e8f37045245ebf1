package io.risefall.ingest.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A real HAProxy with one backend, whose one server is not running. */
final class Haproxy implements AutoCloseable {
    static final Path PROGRAM = Path.of("/usr/sbin/haproxy");

    private final Path commands;
    private final Process process;

    /**
     * Starts it.
     *
     * @param sections before and after the section {@code global}, whose lines are the latter
     */
    Haproxy(Path folder, String sections, String global) throws IOException {
        commands = folder.resolve("commands");
        String frontend = "frontend any\n    bind " + folder.resolve("any");
        process = start(PROGRAM, folder, configuration(commands, sections, global, "", frontend));
    }

    /**
     * A configuration with one backend, whose one server is not running.
     *
     * @param stats the stats socket
     * @param sections before the section {@code global}
     * @param global lines of that section
     * @param defaults lines of that section
     * @param more behind the backend
     */
    static String configuration(Path stats, String sections, String global, String defaults, String more)
            throws IOException {
        return """
            %s
            global
                stats socket %s level admin
                %s
            defaults
                mode tcp
                log global
                timeout connect 1s
                timeout client 10s
                timeout server 10s
                %s
            backend app
                server srv1 127.0.0.1:%d check inter 100ms fall 1
            %s
            """.formatted(sections, stats, global, defaults, closedPort(), more);
    }

    /** The section of the ring that is followed where no other is given. */
    static String ring(int bytes) {
        return "ring risefall\n    format rfc5424\n    maxlen 1200\n    size " + bytes;
    }

    /** Starts a HAProxy with this configuration, which is {@code haproxy.cfg} in the folder, beside {@code haproxy.out}. */
    static Process start(Path program, Path folder, String configuration, String... arguments) throws IOException {
        Path file = Files.writeString(folder.resolve("haproxy.cfg"), configuration);
        List<String> command = new ArrayList<>(List.of(program.toString(), "-db", "-f", file.toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("haproxy.out").toFile())
                .start();
    }

    /** Skips the test where there is none. */
    static void assumeInstalled() {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "no haproxy on this machine: apt-get install haproxy");
    }

    /** Gives it a command, as {@code disable server app/srv1}, and waits for the answer. */
    void command(String text) throws IOException {
        Awaitility.await("commands").atMost(Duration.ofSeconds(60)).until(() -> Files.exists(commands));
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(commands))) {
            channel.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII)));
            ByteBuffer answer = ByteBuffer.allocate(4096);
            while (channel.read(answer) >= 0) {
                answer.clear();
            }
        }
    }

    static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
