package io.risefall.ingest.network;

import io.risefall.ingest.network.journal.Journal;
import io.risefall.ingest.network.journal.JournalLimits;
import io.risefall.ingest.network.relp.Relp;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A RELP listener with its journal in a process of its own, to be killed. */
final class ListeningProcess {
    private final Path journal;
    private final Process process;

    ListeningProcess(Path journal, int port) throws IOException {
        this.journal = journal;
        Path errors = Files.createTempFile(journal.getParent(), "listener", ".err");
        process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ListeningProcess.class.getName(),
                        journal.toString(),
                        String.valueOf(port))
                .redirectError(errors.toFile())
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!"ready".equals(out.readLine())) {
            throw new IOException("the listener did not start: " + Files.readString(errors));
        }
    }

    /** Ends when its parent does: then its input ends. */
    public static void main(String[] arguments) throws IOException {
        Journal journal = new Journal(Path.of(arguments[0]), JournalLimits.DEFAULT, () -> {});
        journal.open();
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", Integer.parseInt(arguments[1]));
        Relp relp = new Relp(address, OpenListener.UTC);
        relp.listener(new JournalInput(relp.name(), journal, Clock.systemUTC()), NetworkLimits.DEFAULT)
                .start();
        System.out.println("ready");
        System.exit(System.in.read());
    }

    /** Different ones. */
    static int[] freePorts(int count) throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        int[] ports = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
        return ports;
    }

    long journalBytes() throws IOException {
        long bytes = 0;
        for (Path segment : segments()) {
            bytes += Files.size(segment);
        }
        return bytes;
    }

    private List<Path> segments() throws IOException {
        if (!Files.exists(journal)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(journal)) {
            return files.filter(file -> file.toString().endsWith(".journal"))
                    .sorted()
                    .toList();
        }
    }

    /** What the journal holds, read from a copy: the process has it locked. */
    List<String> messages() throws IOException {
        Path copy = Files.createTempDirectory(journal.getParent(), "copy");
        for (Path segment : segments()) {
            Files.copy(segment, copy.resolve(segment.getFileName()));
        }
        List<String> messages = new ArrayList<>();
        try (OpenJournal open = new OpenJournal(copy, Long.MAX_VALUE, Long.MAX_VALUE)) {
            open.readFrom(0).forEach(record -> messages.add(record.split(" ", 3)[2]));
        }
        return messages;
    }

    /** Kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
