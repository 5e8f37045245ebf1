package io.risefall.query.health;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.risefall.query.http.Answer;
import io.risefall.query.http.Guard;
import io.risefall.query.http.Route;
import io.risefall.query.leader.Role;
import io.risefall.query.text.PrettyJson;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.WarehouseWriter;
import io.risefall.query.warehouse.facts.PastDays;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /healthz}, whether this process works, and {@code GET /readyz}, whether all does that an answer needs: 200 or 503, and in
 * JSON each check with its state, since when, and what to do. Without a token, for Kubernetes and the like. {@link #start} and
 * {@link #close} once each.
 */
public final class HealthPages implements AutoCloseable {
    /** Who restarts a process has more patience than who sends it no questions. */
    private static final Duration DEAD = Duration.ofMinutes(5);

    private static final Duration STUCK = Duration.ofSeconds(30);

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final HealthWatch life;
    private final HealthWatch readiness;
    private final WorkersProbe workers;

    /**
     * @param dataDir whose disk has to have room
     * @param servers the address of Kafka, for messages
     * @param paused whether a backup pauses Kafka
     * @param role of one among several; null: it is not
     */
    public HealthPages(
            Warehouse warehouse,
            WarehouseWriter writer,
            Path dataDir,
            String servers,
            BooleanSupplier paused,
            @Nullable Supplier<Role> role) {
        this(warehouse, writer, dataDir, servers, paused, role, new WorkersProbe());
    }

    private HealthPages(
            Warehouse warehouse,
            WarehouseWriter writer,
            Path dataDir,
            String servers,
            BooleanSupplier paused,
            @Nullable Supplier<Role> role,
            WorkersProbe workers) {
        this(
                new HealthWatch(List.of(writerProbe(writer, DEAD), workers), Clock.systemUTC()),
                new HealthWatch(
                        Stream.concat(
                                        Stream.of(
                                                new KafkaProbe(
                                                        () -> writer.state().awaySince(), servers, paused),
                                                writerProbe(writer, STUCK),
                                                workers,
                                                new LagProbe(writer::state, writer::positions),
                                                new StreamsProbe(writer::state),
                                                new DiskProbe(dataDir),
                                                new SourcesProbe(warehouse::read, writer::state)),
                                        Stream.concat(
                                                Stream.ofNullable(role).map(LeaderProbe::new),
                                                past(warehouse.past()).stream()))
                                .toList(),
                        Clock.systemUTC()),
                workers);
    }

    /** None as long as no rows leave. */
    private static List<HealthProbe> past(PastDays past) {
        return past.isParted() ? List.of(new PastProbe(past::problems)) : List.of();
    }

    /** Of a part that has a process of its own, and no warehouse. */
    HealthPages(Supplier<PartState> part, String work, Path dataDir, String servers) {
        this(
                new HealthWatch(List.of(threadProbe(part, work, DEAD)), Clock.systemUTC()),
                new HealthWatch(
                        List.of(
                                new KafkaProbe(() -> part.get().kafkaAwaySince(), servers, () -> false),
                                threadProbe(part, work, STUCK),
                                new WaitingProbe(part),
                                new DiskProbe(dataDir)),
                        Clock.systemUTC()),
                new WorkersProbe());
    }

    private static ThreadProbe writerProbe(WarehouseWriter writer, Duration limit) {
        return new ThreadProbe("writer", "writes the warehouse", writer::sinceTurn, limit);
    }

    private static ThreadProbe threadProbe(Supplier<PartState> part, String work, Duration limit) {
        return new ThreadProbe("work", work, () -> part.get().sinceTurn(), limit);
    }

    private HealthPages(HealthWatch life, HealthWatch readiness, WorkersProbe workers) {
        this.life = life;
        this.readiness = readiness;
        this.workers = workers;
    }

    /**
     * Neither lives nor is ready once this has ended.
     *
     * @param ended completes exceptionally, with a message that says what is not done any more
     */
    public void watch(CompletableFuture<Void> ended) {
        workers.watch(ended);
    }

    public void start() {
        life.start();
        readiness.start();
    }

    public List<Route> routes() {
        return List.of(
                new Route("/healthz", "GET", Guard.OPEN, 0, request -> told(life, "alive", "stuck")),
                new Route("/readyz", "GET", Guard.OPEN, 0, request -> told(readiness, "ready", "not ready")));
    }

    /** The checks of readiness as they are now; for any thread. */
    public Supplier<List<HealthCheck>> checks() {
        return readiness::checks;
    }

    /** Of each check of readiness, by its name, whether it is well; for metrics. */
    public Supplier<Map<String, Boolean>> readiness() {
        return () -> readiness.checks().stream().collect(Collectors.toMap(HealthCheck::name, HealthCheck::isOk));
    }

    private static CompletionStage<Answer> told(HealthWatch watch, String well, String otherwise) throws Exception {
        List<HealthCheck> checks = watch.checks();
        boolean all = checks.stream().allMatch(HealthCheck::isOk);
        byte[] body = (PrettyJson.of(new Told(all ? well : otherwise, checks)) + "\n").getBytes(StandardCharsets.UTF_8);
        return CompletableFuture.completedStage(
                Answer.of("application/json", body).with(all ? OK : UNAVAILABLE).with("Cache-Control", "no-store"));
    }

    @JsonPropertyOrder({"status", "checks"})
    private record Told(String status, List<HealthCheck> checks) {}

    @Override
    public void close() {
        life.close();
        readiness.close();
    }
}
