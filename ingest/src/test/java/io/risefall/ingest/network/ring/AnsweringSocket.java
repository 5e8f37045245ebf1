package io.risefall.ingest.network.ring;

import io.risefall.ingest.network.stats.StatsAddress;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** What answers at a stats socket as no HAProxy does. A connection on which a ring is followed stays open. */
final class AnsweringSocket implements AutoCloseable {
    static final String STAT =
            "# pxname,svname,status,bck,tracked,type,check_status,check_code,check_duration,last_chk,\n";

    final StatsAddress address;
    private final ServerSocketChannel socket;
    private final UnaryOperator<String> answers;
    private final List<SocketChannel> open = new CopyOnWriteArrayList<>();

    /** @param answers from a command to the answer, in ISO 8859-1 */
    AnsweringSocket(Path folder, UnaryOperator<String> answers) throws IOException {
        Path path = folder.resolve("answers.sock");
        this.address = StatsAddress.parse(path.toString());
        this.answers = answers;
        socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        socket.bind(UnixDomainSocketAddress.of(path));
        thread(this::accept);
    }

    static String info(String node) {
        return "Name: HAProxy\nVersion: 2.6.12\nPid: 7\nUptime_sec: 3\nnode: " + node + "\n\n";
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel asked = socket.accept();
                open.add(asked);
                thread(() -> answer(asked));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void answer(SocketChannel asked) {
        try {
            ByteBuffer buffer = ByteBuffer.allocate(1_000);
            while (buffer.position() == 0 || buffer.get(buffer.position() - 1) != '\n') {
                if (asked.read(buffer) < 0) {
                    return;
                }
            }
            String command = new String(buffer.array(), 0, buffer.position() - 1, StandardCharsets.ISO_8859_1);
            ByteBuffer answer = ByteBuffer.wrap(answers.apply(command).getBytes(StandardCharsets.ISO_8859_1));
            while (answer.hasRemaining()) {
                asked.write(answer);
            }
            if (!command.contains("show events")) {
                asked.close();
            }
        } catch (IOException e) {
            // Who asked has left.
        }
    }

    private static void thread(Runnable work) {
        Thread thread = new Thread(work, "answering");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (SocketChannel one : open) {
            one.close();
        }
    }
}
