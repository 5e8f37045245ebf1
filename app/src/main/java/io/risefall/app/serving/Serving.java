package io.risefall.app.serving;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.app.kafka.Notes;
import io.risefall.app.options.HostPort;
import io.risefall.app.process.CommandException;
import io.risefall.app.process.Lifecycle;
import io.risefall.ingest.network.HostName;
import io.risefall.query.alert.model.LocalAlertLog;
import io.risefall.query.alert.watch.AlertEngine;
import io.risefall.query.health.HealthPages;
import io.risefall.query.http.access.AccessSettings;
import io.risefall.query.http.access.PageAccess;
import io.risefall.query.http.service.QueryService;
import io.risefall.query.http.service.RouteTrials;
import io.risefall.query.http.service.ServedCommands;
import io.risefall.query.http.service.UserQueries;
import io.risefall.query.http.service.UserQuestions;
import io.risefall.query.leader.Leadership;
import io.risefall.query.metrics.Metrics;
import io.risefall.query.question.Questions;
import io.risefall.query.schedule.NotificationConfig;
import io.risefall.query.site.Website;
import io.risefall.query.sql.SqlSandbox;
import io.risefall.query.warehouse.RolePatterns;
import io.risefall.query.warehouse.Warehouse;
import io.risefall.query.warehouse.WarehouseException;
import io.risefall.query.warehouse.WarehouseWriter;
import io.risefall.query.warehouse.facts.Sealing;
import io.risefall.query.warehouse.facts.SealingAges;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.note.AlertSilence;
import java.io.IOException;
import java.net.BindException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The query part: the warehouse, its writer and, if wanted, the HTTP service. Called by one thread. */
public final class Serving implements QueryPart {
    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    /** Time limit of a user's SQL. */
    static final Duration SQL_LIMIT = Duration.ofSeconds(30);

    private static final String OUT_OF_MEMORY =
            "query cancelled: new lines could not be stored for lack of memory; select less at a time, or try again";

    private static final Duration PREDECESSOR_LIMIT = Duration.ofSeconds(3);
    private static final Duration SEEN_LIMIT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(500);

    private final DataDirectory data;
    private final ZoneId zone;
    private final @Nullable RolePatterns roles;
    private final @Nullable HostPort http;
    private final AccessSettings access;
    private final NotificationConfig notifications;
    private final @Nullable SealingAges sealing;
    private final int restarts;
    private final Lifecycle lifecycle = new Lifecycle();

    private @Nullable CompletableFuture<Void> opening;
    private @Nullable Warehouse warehouse;
    private @Nullable WarehouseWriter writer;
    private @Nullable QueryService service;

    /**
     * @param zone where days begin
     * @param roles role backends; null: unchanged
     * @param http address for queries and pages; null: none
     * @param access who may come there
     * @param notifications who is told of alerts, and sent reports
     * @param sealing when days are written as files, and their rows leave; null: never
     * @param restarts number of restarts in this run, for metrics
     */
    public Serving(
            DataDirectory data,
            ZoneId zone,
            @Nullable RolePatterns roles,
            @Nullable HostPort http,
            AccessSettings access,
            NotificationConfig notifications,
            @Nullable SealingAges sealing,
            int restarts) {
        this.data = data;
        this.zone = zone;
        this.roles = roles;
        this.http = http;
        this.access = access;
        this.notifications = notifications;
        this.sealing = sealing;
        this.restarts = restarts;
    }

    @Override
    public void prepare() {
        opening = CompletableFuture.runAsync(this::open, task -> new Thread(task, "warehouse-opener").start());
    }

    @Override
    public void start(KafkaAddress kafka) throws Exception {
        awaitOpened();
        if (warehouse == null) {
            // By now, a process that was killed has closed it.
            open();
        }
        Warehouse warehouse = Objects.requireNonNull(this.warehouse);
        SqlSandbox sandbox = new SqlSandbox(warehouse::read, SQL_LIMIT);
        Metrics metrics = new Metrics(warehouse::read, restarts);
        metrics.addData(data.path(), data.warehouse());
        writer = lifecycle.add(new WarehouseWriter(
                warehouse, kafka, () -> sandbox.cancelAll(OUT_OF_MEMORY), metrics.times()::written));
        lifecycle.watch(writer.failed());
        writer.start();
        Duties duties = new Duties(warehouse, writer, notifications, zone);
        if (http == null) {
            AlertEngine engine = lifecycle.add(duties.engine(new LocalAlertLog()));
            lifecycle.watch(engine.ended());
            engine.start();
        } else {
            Leadership leadership = begin(duties, warehouse, kafka, metrics);
            Sealing days = beginSealing(warehouse, writer, metrics);
            UserQueries queries = new UserQueries(sandbox, data.path(), metrics.times());
            UserQuestions questions =
                    new UserQuestions(new Questions(warehouse, zone, writer::state), data.path(), metrics.times());
            HealthPages health = lifecycle.add(new HealthPages(
                    warehouse,
                    writer,
                    data.path(),
                    kafka.servers(),
                    () -> EmbeddedKafka.isPaused(data.path()),
                    leadership == null ? null : leadership::role));
            health.start();
            Website website = lifecycle.add(new Website(
                    warehouse,
                    zone,
                    writer::state,
                    health.checks(),
                    queries,
                    questions,
                    silences -> keep(silences, kafka)));
            Stream.of(duties.ended(), website.ended()).forEach(health::watch);
            lifecycle.watch(website.ended());
            if (leadership != null) {
                health.watch(leadership.ended());
            }
            if (days != null) {
                health.watch(days.ended());
            }
            website.start();
            metrics.addReadiness(health.readiness());
            service = lifecycle.add(new QueryService(
                    http.address(),
                    data.path(),
                    kafka.servers(),
                    queries,
                    questions,
                    metrics,
                    writer,
                    commands(),
                    health.routes(),
                    lifecycle.add(new RouteTrials(notifications.alerts())),
                    new PageAccess(http.host(), access, Clock.systemUTC(), website::routes)));
            listen(service, http);
        }
    }

    /** Tells people; null: without asking others. */
    private @Nullable Leadership begin(Duties duties, Warehouse opened, KafkaAddress kafka, Metrics metrics) {
        metrics.addNotifications(duties::counts);
        lifecycle.watch(duties.ended());
        if (!notifications.leaderElect()) {
            lifecycle.add(duties.begin(new LocalAlertLog())::run);
            return null;
        }
        String name = HostName.get() + ", " + data.path().toAbsolutePath();
        Leadership leadership = lifecycle.add(new Leadership(kafka, name, opened::read, duties::begin));
        lifecycle.watch(leadership.ended());
        leadership.start();
        metrics.addLeadership(leadership);
        return leadership;
    }

    /** Found at run time: the commands ask through this package, which therefore cannot name them. */
    private static ServedCommands commands() {
        return ServiceLoader.load(ServedCommands.class).findFirst().orElseThrow();
    }

    /** What somebody has silenced at the page is to be seen there when the answer comes. */
    private void keep(List<AlertSilence> silences, KafkaAddress kafka) throws IOException, InterruptedException {
        try {
            EmbeddedKafka.checkNotPaused(data.path());
            Map<TopicPartition, Long> next = Notes.publish(kafka, silences);
            Objects.requireNonNull(writer).await(next, SEEN_LIMIT);
        } catch (CommandException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Only what runs on writes days as files: an import ends soon. Null: it is not wanted. */
    private @Nullable Sealing beginSealing(Warehouse opened, WarehouseWriter reading, Metrics metrics) {
        if (sealing == null) {
            return null;
        }
        Sealing days = lifecycle.add(
                new Sealing(data.path(), sealing, opened.past(), opened::read, reading::state, Clock.systemUTC()));
        days.start();
        metrics.addSealing(days::counts);
        return days;
    }

    private void awaitOpened() throws InterruptedException {
        try {
            if (opening != null) {
                opening.get();
            }
        } catch (ExecutionException e) {
            LOG.debug("the warehouse could not be opened beforehand", e);
        }
    }

    /** Opens the warehouse; may be repeated after a failure. */
    void open() {
        try {
            warehouse = lifecycle.add(
                    Warehouse.open(data.warehouse(), zone, roles, sealing != null && sealing.keep() != null));
        } catch (WarehouseException e) {
            throw new CommandException(e.getMessage(), e);
        }
    }

    /**
     * Checks that {@code http} is free, before anything is started. The query part of a process that was killed needs a moment
     * to close.
     */
    public static void checkFree(HostPort http) throws InterruptedException {
        long deadline = System.nanoTime() + PREDECESSOR_LIMIT.toNanos();
        while (true) {
            try {
                PortTrial.listen(http);
                return;
            } catch (IOException e) {
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

    private static CommandException cannotListen(HostPort http, Exception e) {
        String why = http.address().isUnresolved() ? "no such host" : CommandException.reason(e);
        return new CommandException(
                "cannot listen on " + http + ": " + why + "; choose another with --http HOST:PORT", e);
    }

    @Override
    public CompletableFuture<Void> failed() {
        return lifecycle.failed();
    }

    /** Waits until the records before these offsets have become rows. */
    public void awaitRead(Map<TopicPartition, Long> next) throws InterruptedException {
        while (!Objects.requireNonNull(writer, "not started").await(next, POLL)) {
            lifecycle.check();
        }
    }

    @Override
    public @Nullable String address() {
        return service == null ? null : HostPort.of(service.address()).toString();
    }

    @Override
    public void close() {
        try {
            // What is still being opened would stay open.
            awaitOpened();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lifecycle.close();
    }
}
