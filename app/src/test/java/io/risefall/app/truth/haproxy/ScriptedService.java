package io.risefall.app.truth.haproxy;

import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;

/** What HAProxy checks: a service on one port of loopback that does what it is told. */
public final class ScriptedService implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final int port;
    private volatile int status = 200;
    private HttpServer server;

    public ScriptedService() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        ok();
    }

    public int port() {
        return port;
    }

    public void ok() {
        answer(200);
    }

    /** Every request gets this status. */
    public void answer(int code) {
        status = code;
        if (server == null) {
            // A check may still hold the port.
            server = await().atMost(PATIENCE)
                    .ignoreException(BindException.class)
                    .until(this::listen, it -> true);
        }
    }

    /** Nothing listens. */
    public void refuse() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    private HttpServer listen() throws IOException {
        HttpServer listening = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        listening.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        listening.start();
        return listening;
    }

    @Override
    public void close() {
        refuse();
    }
}
