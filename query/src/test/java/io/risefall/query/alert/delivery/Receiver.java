package io.risefall.query.alert.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server that takes messages, or does what receivers do when they do not. */
final class Receiver implements AutoCloseable {
    enum Manner {
        TAKES,
        FAILS,
        HANGS,
        REDIRECTS,
        CLOSES,
        FLOODS
    }

    final List<String> ids = new CopyOnWriteArrayList<>();
    final List<String> bodies = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    volatile Manner manner = Manner.TAKES;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private void take(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        ids.add(exchange.getRequestHeaders().getFirst("Risefall-Delivery-Id"));
        switch (manner) {
            case TAKES -> answer(exchange, 200, "ok");
            case FAILS ->
                answer(exchange, 500, "no: " + exchange.getRequestHeaders().getFirst("Authorization"));
            case HANGS -> hang();
            case REDIRECTS -> {
                exchange.getResponseHeaders().set("Location", url());
                answer(exchange, 302, "");
            }
            case CLOSES -> exchange.close();
            case FLOODS -> {
                exchange.sendResponseHeaders(200, 0);
                byte[] block = new byte[64 * 1024];
                for (int i = 0; i < 10_000; i++) {
                    exchange.getResponseBody().write(block);
                }
            }
        }
    }

    private void hang() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
