package io.risefall.app.serving;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.options.HostPort;
import io.risefall.app.process.Failure;
import io.risefall.app.process.Parts;
import io.risefall.query.http.QueryService;
import io.risefall.query.metrics.Metrics;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.query.warehouse.RolePatterns;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.WarehouseException;
import io.risefall.query.warehouse.WarehouseWriter;
import io.risefall.schemas.cluster.KafkaAddress;
import java.io.IOException;
import java.net.BindException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The query part: the warehouse, what fills it and, where asked for, what answers over HTTP. Called by one thread. */
public final class Serving implements QueryPart {
    /** How long a user's SQL may take. */
    static final Duration SQL_LIMIT = Duration.ofSeconds(30);

    private static final String MAKE_ROOM =
            "cancelled: new lines could not be stored for want of memory; ask for less at a time, or try again";

    private static final Duration PREDECESSOR = Duration.ofSeconds(3);
    private static final Duration STEP = Duration.ofMillis(500);

    private final KafkaAddress kafka;
    private final DataDirectory data;
    private final ZoneId zone;
    private final @Nullable RolePatterns roles;
    private final @Nullable HostPort http;
    private final int restarts;
    private final Parts parts = new Parts();

    private @Nullable WarehouseWriter writer;
    private @Nullable QueryService service;

    /**
     * @param zone where days begin
     * @param roles backends with one server up by design; null: as before
     * @param http where to answer; null: nowhere
     * @param restarts how often another one of the same run has ended before, for metrics
     */
    public Serving(
            KafkaAddress kafka,
            DataDirectory data,
            ZoneId zone,
            @Nullable RolePatterns roles,
            @Nullable HostPort http,
            int restarts) {
        this.kafka = kafka;
        this.data = data;
        this.zone = zone;
        this.roles = roles;
        this.http = http;
        this.restarts = restarts;
    }

    @Override
    public void start() throws Exception {
        Warehouse warehouse = parts.add(open());
        SqlSandbox sandbox = new SqlSandbox(warehouse::read, SQL_LIMIT);
        writer = parts.add(new WarehouseWriter(warehouse, kafka, () -> sandbox.cancelAll(MAKE_ROOM)));
        parts.watch(writer.failed());
        writer.start();
        if (http != null) {
            service = parts.add(new QueryService(
                    http.address(),
                    data.path(),
                    kafka.servers(),
                    sandbox,
                    (parameters, out) -> ReportRequest.answer(warehouse, zone, parameters, out),
                    (parameters, out) -> ExplainRequest.answer(warehouse, zone, parameters, out),
                    new Metrics(warehouse::read, restarts),
                    writer));
            listen(service, http);
        }
    }

    private Warehouse open() {
        try {
            return Warehouse.open(data.warehouse(), zone, roles);
        } catch (WarehouseException e) {
            throw new Failure(e.getMessage(), e);
        }
    }

    /**
     * Looks whether {@code http} could be listened to, before anything is started beside it. What answered for a process that
     * was killed needs a moment to notice.
     */
    public static void checkFree(HostPort http) throws InterruptedException {
        long deadline = System.nanoTime() + PREDECESSOR.toNanos();
        while (true) {
            try (ServerSocketChannel channel = ServerSocketChannel.open()) {
                channel.bind(http.address());
                return;
            } catch (IOException | UnresolvedAddressException e) {
                if (!(e instanceof BindException) || System.nanoTime() > deadline) {
                    throw cannotListen(http, e);
                }
            }
            Thread.sleep(100);
        }
    }

    private void listen(QueryService starting, HostPort at) throws IOException {
        try {
            starting.start();
        } catch (BindException e) {
            throw cannotListen(at, e);
        }
        data.share(null);
    }

    private static Failure cannotListen(HostPort http, Exception e) {
        String why = http.address().isUnresolved() ? "no such host" : Failure.reason(e);
        return new Failure("cannot listen on " + http + ": " + why + "; choose another with --http HOST:PORT", e);
    }

    @Override
    public CompletableFuture<Void> failed() {
        return parts.failed();
    }

    /** Waits until the records before these offsets are rows. */
    public void awaitRead(Map<TopicPartition, Long> next) throws InterruptedException {
        while (!Objects.requireNonNull(writer, "not started").await(next, STEP)) {
            parts.check();
        }
    }

    @Override
    public @Nullable String address() {
        return service == null ? null : HostPort.of(service.address()).toString();
    }

    @Override
    public void close() {
        parts.close();
    }
}
