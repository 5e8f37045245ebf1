package io.risefall.query.alert.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** What GreenMail lacks: begins in the clear, offers STARTTLS, and behind TLS speaks as the mail server behind it does. */
final class StartTlsFront implements AutoCloseable {
    /** What clients said in the clear. */
    final List<String> clear = new CopyOnWriteArrayList<>();

    private final ServerSocket listening;
    private final SSLContext tls;
    private final int behind;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** @param behind port of a mail server of this host without TLS */
    StartTlsFront(SSLContext tls, int behind) throws IOException {
        this.tls = tls;
        this.behind = behind;
        listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                threads.execute(() -> serve(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket client) {
        try (client) {
            OutputStream out = client.getOutputStream();
            say(out, "220 front");
            for (String line = line(client.getInputStream()); !line.isEmpty(); line = line(client.getInputStream())) {
                clear.add(line);
                if (line.equals("STARTTLS")) {
                    say(out, "220 begin");
                    relay(client);
                    return;
                }
                say(out, line.startsWith("EHLO") ? "250-front\r\n250 STARTTLS" : "250 yes");
            }
        } catch (IOException e) {
            // The client has gone, or does not trust the certificate.
        }
    }

    private void relay(Socket client) throws IOException {
        try (SSLSocket secure = (SSLSocket) tls.getSocketFactory().createSocket(client, null, true);
                Socket server = new Socket(InetAddress.getLoopbackAddress(), behind)) {
            secure.setUseClientMode(false);
            secure.startHandshake();
            // The greeting was given.
            line(server.getInputStream());
            threads.execute(() -> copy(server, secure));
            secure.getInputStream().transferTo(server.getOutputStream());
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // One of them has gone.
        }
    }

    private static void say(OutputStream out, String line) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Byte by byte: what comes after it is TLS. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        threads.shutdownNow();
    }
}
