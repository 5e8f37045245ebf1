package io.risefall.app.driver;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sends messages over RELP as rsyslog does: keeps each until it is acknowledged, and sends those that are not again over
 * the next connection. Its own thread from construction to {@link #close}.
 */
final class RelpFeed implements AutoCloseable {
    private static final int WINDOW = 16;
    private static final int PATIENCE_MILLIS = 5000;
    private static final int RETRY_MILLIS = 100;

    private final int port;
    private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicInteger sentAgain = new AtomicInteger();
    private final Deque<String> unacknowledged = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "relp-feed");

    RelpFeed(int port) {
        this.port = port;
        thread.setDaemon(true);
        thread.start();
    }

    void send(String message) {
        unfinished.incrementAndGet();
        waiting.add(message);
    }

    /** Whether everything has been acknowledged. */
    boolean isDone() {
        return unfinished.get() == 0;
    }

    /** Messages sent more than once: of these, the receiver may have taken the first copy too. */
    int sentAgain() {
        return sentAgain.get();
    }

    private void run() {
        try {
            while (true) {
                try (Socket socket = new Socket()) {
                    socket.connect(new InetSocketAddress("127.0.0.1", port), PATIENCE_MILLIS);
                    socket.setSoTimeout(PATIENCE_MILLIS);
                    session(socket.getOutputStream(), new BufferedInputStream(socket.getInputStream()));
                } catch (IOException e) {
                    TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS); // its receiver is away
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void session(OutputStream out, InputStream in) throws IOException, InterruptedException {
        int transaction = 1;
        write(out, transaction, "open", "relp_version=0\nrelp_software=test\ncommands=syslog");
        skipAnswer(in);
        List<String> again = new ArrayList<>(unacknowledged);
        sentAgain.addAndGet(again.size());
        for (String message : again) {
            write(out, ++transaction, "syslog", message);
        }
        while (true) {
            while (unacknowledged.size() < WINDOW && (unacknowledged.isEmpty() || !waiting.isEmpty())) {
                String message = waiting.take();
                unacknowledged.add(message);
                write(out, ++transaction, "syslog", message);
            }
            skipAnswer(in);
            unacknowledged.remove();
            unfinished.decrementAndGet();
        }
    }

    private static void write(OutputStream out, int transaction, String command, String data) throws IOException {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        out.write((transaction + " " + command + " " + bytes.length + " " + data + "\n")
                .getBytes(StandardCharsets.UTF_8));
    }

    /** {@code transaction rsp length data}: acknowledgements come in the order of the messages. */
    private static void skipAnswer(InputStream in) throws IOException {
        word(in);
        String command = word(in);
        int length = Integer.parseInt(word(in));
        if (!command.equals("rsp")) {
            throw new IOException(command); // serverclose
        }
        if (length > 0 && in.readNBytes(length + 1).length <= length) {
            throw new EOFException();
        }
    }

    private static String word(InputStream in) throws IOException {
        StringBuilder word = new StringBuilder();
        for (int b = in.read(); b != ' ' && b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            word.append((char) b);
        }
        return word.toString();
    }

    @Override
    public void close() throws InterruptedException {
        thread.interrupt();
        thread.join(2L * PATIENCE_MILLIS);
    }
}
