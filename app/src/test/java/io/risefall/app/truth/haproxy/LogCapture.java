package io.risefall.app.truth.haproxy;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A syslog server as simple as can be: each datagram becomes a line of a file, in order of arrival. Safe for use by several
 * threads.
 */
final class LogCapture implements AutoCloseable {
    private static final byte[] MARK = "so far".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LARGEST = 65_536;

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final Path file;
    private final int dropEvery;
    private final List<String> lost = new ArrayList<>();
    private OutputStream out;
    private int rotated;
    private long arrived;
    private long marks;

    /**
     * @param file what is written
     * @param dropEvery of so many datagrams one is lost; 0: none
     */
    LogCapture(Path file, int dropEvery) throws IOException {
        this.file = file;
        this.dropEvery = dropEvery;
        socket.setReceiveBufferSize(1 << 22);
        out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        Thread thread = new Thread(this::receive, "log capture");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    private void receive() {
        DatagramPacket packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        try {
            while (true) {
                packet.setLength(LARGEST);
                socket.receive(packet);
                write(packet);
            }
        } catch (IOException e) {
            // closed
        }
    }

    private synchronized void write(DatagramPacket packet) throws IOException {
        if (Arrays.equals(MARK, Arrays.copyOf(packet.getData(), packet.getLength()))) {
            marks++;
            return;
        }
        arrived++;
        if (dropEvery > 0 && arrived % dropEvery == 0) {
            lost.add(new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1));
            return;
        }
        out.write(packet.getData(), 0, packet.getLength());
        out.write('\n');
    }

    /** Returns when all that was sent before is in the file: a thread without a core lags behind HAProxy. */
    void catchUp() throws IOException {
        long before = marks();
        try (DatagramSocket sender = new DatagramSocket()) {
            sender.send(new DatagramPacket(MARK, MARK.length, InetAddress.getLoopbackAddress(), port()));
        }
        await().atMost(PATIENCE).until(() -> marks() > before);
    }

    private synchronized long marks() {
        return marks;
    }

    /** As logrotate does: .1 becomes .2, the file becomes .1, and begins anew. */
    synchronized void rotate() throws IOException {
        out.close();
        for (int i = rotated; i >= 0; i--) {
            Files.move(rotated(i), rotated(i + 1));
        }
        rotated++;
        out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW);
    }

    private Path rotated(int times) {
        return times == 0 ? file : file.resolveSibling(file.getFileName() + "." + times);
    }

    /** Its files, the oldest first. */
    synchronized List<Path> files() {
        return IntStream.rangeClosed(0, rotated)
                .mapToObj(i -> rotated(rotated - i))
                .toList();
    }

    /** What was lost on purpose. */
    synchronized List<String> lost() {
        return List.copyOf(lost);
    }

    /** How many datagrams came, the lost ones too. */
    synchronized long arrived() {
        return arrived;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        synchronized (this) {
            out.close();
        }
    }
}
