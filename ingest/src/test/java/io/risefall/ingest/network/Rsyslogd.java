package io.risefall.ingest.network;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/** A real rsyslogd that passes on what it is told over TCP. */
final class Rsyslogd implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/sbin/rsyslogd");

    private final Process process;
    private final Socket input;

    /**
     * Starts it and connects.
     *
     * @param actions what it does with messages, and what that needs
     */
    Rsyslogd(Path folder, int port, String actions) throws IOException {
        Path conf = Files.writeString(folder.resolve("rsyslog.conf"), """
                global(workDirectory="%s")
                module(load="imtcp")
                input(type="imtcp" address="127.0.0.1" port="%d")
                %s
                """.formatted(folder, port, actions));
        process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "-n",
                        "-f",
                        conf.toString(),
                        "-i",
                        folder.resolve("rsyslogd.pid").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("rsyslogd.out").toFile())
                .start();
        try {
            input = connected(port);
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** Skips the test where rsyslogd or one of its modules is not installed. */
    static void assumeInstalled(String module, String packages) {
        Assumptions.assumeTrue(
                Files.isExecutable(PROGRAM)
                        && Stream.of("x86_64-linux-gnu/", "aarch64-linux-gnu/", "")
                                .flatMap(machine -> Stream.of("/usr/lib/", "/usr/lib64/")
                                        .map(lib -> Path.of(lib + machine + "rsyslog/" + module + ".so")))
                                .anyMatch(Files::exists),
                "no rsyslogd with " + module + " on this machine: apt-get install " + packages);
    }

    /** Tells it the messages {@code number from} to {@code number to - 1}. */
    void tell(int from, int to) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = from; i < to; i++) {
            lines.append("<129>Nov 23 00:00:00 lb1 haproxy[1]: number ")
                    .append(i)
                    .append('\n');
        }
        input.getOutputStream().write(lines.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static Socket connected(int port) {
        return Awaitility.await("rsyslogd")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(
                        () -> {
                            Socket socket = new Socket();
                            socket.connect(new InetSocketAddress("127.0.0.1", port));
                            return socket;
                        },
                        Socket::isConnected);
    }

    @Override
    public void close() throws IOException {
        input.close();
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
