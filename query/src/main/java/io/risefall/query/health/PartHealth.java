package io.risefall.query.health;

import io.risefall.query.http.Answer;
import io.risefall.query.http.Guard;
import io.risefall.query.http.HttpLimits;
import io.risefall.query.http.Request;
import io.risefall.query.http.Route;
import io.risefall.query.http.WebServer;
import io.risefall.query.metrics.Metrics;
import io.risefall.query.metrics.PartMetrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * {@code /healthz}, {@code /readyz} and {@code /metrics} of a part that has a process of its own and answers nothing else, in the
 * shape of {@link HealthPages}. {@link #start} and {@link #close} once each.
 */
public final class PartHealth implements AutoCloseable {
    private final Supplier<PartState> part;
    private final HealthPages pages;
    private final PartMetrics metrics;
    private final WebServer server;

    /**
     * @param work what the part's thread does, as "reads and publishes lines"
     * @param servers the address of Kafka, for messages
     */
    public PartHealth(Supplier<PartState> part, String work, Path dataDir, String servers) {
        this.part = part;
        pages = new HealthPages(part, work, dataDir, servers);
        metrics = new PartMetrics(dataDir);
        List<Route> routes = new ArrayList<>(pages.routes());
        routes.add(new Route("/metrics", "GET", Guard.OPEN, 0, this::metrics));
        server = new WebServer(routes, HttpLimits.USUAL);
    }

    /** Throws what stops it from listening. */
    public void start(InetSocketAddress at) throws IOException {
        server.start(at);
        pages.start();
    }

    /** Where it listens, once started. */
    public InetSocketAddress address() {
        return server.address();
    }

    private CompletionStage<Answer> metrics(Request request) throws IOException {
        PartState state = part.get();
        Map<String, Long> waiting =
                state.waiting().stream().collect(Collectors.toMap(PartState.Waiting::of, PartState.Waiting::count));
        byte[] page =
                metrics.page(state.kafkaAwaySince() == null, pages.readiness().get(), waiting);
        return CompletableFuture.completedStage(Answer.of(Metrics.CONTENT_TYPE, page));
    }

    @Override
    public void close() {
        server.close();
        pages.close();
    }
}
