package io.risefall.app.driver;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Real programs in a test: found, started in the foreground, and ended with the test. */
public final class Programs implements AutoCloseable {
    private final Path folder;
    private final List<Process> processes = new ArrayList<>();

    /** @param folder for what they print */
    public Programs(Path folder) {
        this.folder = folder;
    }

    /** Where {@code name} is installed; without it the test is skipped. */
    public static Path find(String name) {
        return Stream.of("/usr/sbin/", "/usr/local/sbin/", "/usr/bin/", "/usr/local/bin/")
                .map(directory -> Path.of(directory + name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(() -> Assumptions.abort("no " + name + " on this machine: apt-get install " + name));
    }

    public static int freeUdp() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public Process start(String name, Path program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .start();
        processes.add(process);
        return process;
    }

    /** A HAProxy with this configuration. */
    public Process haproxy(String name, String configuration) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".cfg"), configuration);
        return start(name, find("haproxy"), "-db", "-f", file.toString());
    }

    /** A rsyslogd with this configuration. */
    public Process rsyslogd(String name, String configuration) throws IOException {
        Path file = Files.writeString(folder.resolve(name + ".conf"), configuration);
        return start(
                name,
                find("rsyslogd"),
                "-n",
                "-f",
                file.toString(),
                "-i",
                folder.resolve(name + ".pid").toString());
    }

    @Override
    public void close() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }
}
