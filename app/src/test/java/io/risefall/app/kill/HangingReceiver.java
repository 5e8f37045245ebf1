package io.risefall.app.kill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A real HTTP server that takes messages; some of them it takes at first without ever answering. */
final class HangingReceiver implements AutoCloseable {
    /** A request, whether it was answered or not. */
    record Request(String id, String body) {}

    final List<Request> requests = new CopyOnWriteArrayList<>();
    final List<String> hanging = new CopyOnWriteArrayList<>();

    private final Set<String> hangs = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    /** @param hangs ids whose first request is not answered */
    HangingReceiver(Set<String> hangs) throws IOException {
        this.hangs.addAll(hangs);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String id = exchange.getRequestHeaders().getFirst("Risefall-Delivery-Id");
        requests.add(new Request(id, body));
        if (hangs.remove(id)) {
            hanging.add(id);
            hang();
            return;
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void hang() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
