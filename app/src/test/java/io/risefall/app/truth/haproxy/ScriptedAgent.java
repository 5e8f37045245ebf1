package io.risefall.app.truth.haproxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** What an agent check asks: each connection gets the words of the moment. */
public final class ScriptedAgent implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private volatile String words = "up";

    public ScriptedAgent() throws IOException {
        Thread thread = new Thread(this::serve, "scripted agent");
        thread.setDaemon(true);
        thread.start();
    }

    public int port() {
        return socket.getLocalPort();
    }

    public void says(String text) {
        words = text;
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                client.getOutputStream().write((words + "\n").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException e) {
                // closed, or a check that did not wait for the answer
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
