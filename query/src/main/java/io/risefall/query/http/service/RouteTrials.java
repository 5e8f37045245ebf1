package io.risefall.query.http.service;

import io.risefall.query.alert.delivery.AlertConfig;
import io.risefall.query.alert.delivery.RouteTrial;
import io.risefall.query.alert.route.AlertRoute;
import io.risefall.query.http.Answer;
import io.risefall.query.http.Request;
import io.risefall.query.http.Route;
import io.risefall.query.http.WorkQueue;
import io.risefall.query.text.Printable;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Sends test messages to the channels of a route from the service: with its secrets, its proxy and its network. */
public final class RouteTrials implements Route.Endpoint, AutoCloseable {
    static final String PATH = "/alerts/test";
    static final String ROUTE = "route";

    private static final int NOT_FOUND = 404;
    private static final int WAITING = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final WorkQueue queue = new WorkQueue("alert tests", 1, WAITING, PATIENCE);
    private final AlertConfig config;

    public RouteTrials(AlertConfig config) {
        this.config = config;
    }

    @Override
    public CompletionStage<Answer> answer(Request request) {
        String name = request.parameters().getOrDefault(ROUTE, "");
        return queue.submit(() -> sent(name));
    }

    private Answer sent(String name) throws InterruptedException {
        AlertRoute route = config.routes().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElse(null);
        if (route == null) {
            List<String> names = config.routes().stream().map(AlertRoute::name).toList();
            return Answer.text(
                    NOT_FOUND,
                    "the service was started without a route " + Printable.of(name)
                            + (names.isEmpty()
                                    ? " and without any other"
                                    : "; its routes: " + String.join(", ", names)));
        }
        StringBuilder lines = new StringBuilder();
        boolean taken = true;
        for (RouteTrial.Outcome outcome : RouteTrial.send(config, route, Clock.systemUTC())) {
            lines.append(outcome.line()).append('\n');
            taken &= outcome.error() == null;
        }
        return Answer.of("text/plain; charset=utf-8", lines.toString().getBytes(StandardCharsets.UTF_8))
                .with(QueryService.EXIT_CODE, taken ? "0" : "1");
    }

    @Override
    public void close() {
        queue.close();
    }
}
