package io.risefall.app.runtime;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.app.kafka.TopicCreator;
import io.risefall.app.kafka.TopicsSetup;
import io.risefall.app.options.HostPort;
import io.risefall.app.process.Lifecycle;
import io.risefall.app.serving.QueryPart;
import io.risefall.app.serving.Serving;
import io.risefall.app.serving.ServingProcess;
import io.risefall.app.terminal.ProgressListener;
import io.risefall.ingest.Ingest;
import io.risefall.ingest.IngestSettings;
import io.risefall.query.http.access.AccessSettings;
import io.risefall.query.schedule.NotificationConfig;
import io.risefall.query.warehouse.RolePatterns;
import io.risefall.query.warehouse.facts.SealingAges;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.streams.HealthStreams;
import io.risefall.streams.model.StreamsSettings;
import io.risefall.streams.model.StreamsSettings.Rules;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Wires the program: all parts in one process, consumers started before producers, stopped in reverse order. Called once, by
 * one thread.
 */
public final class AllInOne implements AutoCloseable {
    private final DataDirectory data;
    private final @Nullable KafkaAddress external;
    private final ZoneId zone;
    private final @Nullable RolePatterns roles;
    private final Rules rules;
    private final @Nullable HostPort http;
    private final AccessSettings access;
    private final @Nullable Function<KafkaAddress, IngestSettings> sources;
    private final Lifecycle lifecycle = new Lifecycle();

    private NotificationConfig notifications = NotificationConfig.NONE;
    private @Nullable SealingAges sealing;
    private @Nullable BeforeReading beforeReading;
    private @Nullable KafkaAddress kafka;
    private @Nullable QueryPart serving;
    private @Nullable Serving inThisProcess;
    private @Nullable Ingest ingest;

    /**
     * @param data the data directory, locked
     * @param external the Kafka to use; null: an embedded one
     * @param zone where days begin
     * @param roles role backends; null: unchanged
     * @param rules how lines become states
     * @param http address for queries and pages; null: none
     * @param access who may come there
     * @param sources the live sources, given the Kafka; null: none
     */
    public AllInOne(
            DataDirectory data,
            @Nullable KafkaAddress external,
            ZoneId zone,
            @Nullable RolePatterns roles,
            Rules rules,
            @Nullable HostPort http,
            AccessSettings access,
            @Nullable Function<KafkaAddress, IngestSettings> sources) {
        this.data = data;
        this.external = external;
        this.zone = zone;
        this.roles = roles;
        this.rules = rules;
        this.http = http;
        this.access = access;
        this.sources = sources;
    }

    /** A step with Kafka and the warehouse before the topics are read. */
    public interface BeforeReading {
        void accept(KafkaAddress address) throws InterruptedException;
    }

    /** Call it before {@link #start}. With it, the warehouse is not opened while Kafka starts. */
    public void beforeReading(BeforeReading step) {
        beforeReading = step;
    }

    /** Call it before {@link #start}. Without it nobody is told of alerts, and no report is sent. */
    public void withNotifications(NotificationConfig config) {
        notifications = config;
    }

    /**
     * Call it before {@link #start}. Without it no days are written as files.
     *
     * @param ages how long they must be over; null: never
     */
    public void withSealing(@Nullable SealingAges ages) {
        sealing = ages;
    }

    public void start() throws Exception {
        EmbeddedKafka embedded = external == null ? lifecycle.add(new EmbeddedKafka(data.path())) : null;
        QueryPart querying = lifecycle.add(serving());
        serving = querying;
        lifecycle.watch(querying.failed());
        if (beforeReading == null) {
            querying.prepare();
        }
        KafkaAddress address = embedded == null ? Objects.requireNonNull(external) : started(embedded);
        kafka = address;
        TopicCreator topics = lifecycle.add(new TopicCreator(address, partitions()));
        lifecycle.watch(topics.failed());
        topics.start();
        if (beforeReading != null) {
            beforeReading.accept(address);
        }
        StreamsSettings settings = StreamsSettings.of(address, data.streams())
                .withThreads(Math.min(TopicsSetup.PARTITIONS, cores()))
                .withReplication(external == null ? 1 : StreamsSettings.CLUSTERS_REPLICATION)
                .withRules(rules);
        HealthStreams streams = lifecycle.add(new HealthStreams(settings));
        lifecycle.watch(streams.failed());
        streams.start();
        querying.start(address);

        if (sources != null) {
            ingest = lifecycle.add(new Ingest(sources.apply(address), Clock.systemUTC()));
            lifecycle.watch(ingest.failed());
            ingest.start();
        }
    }

    /**
     * Of new topics. Each partition has a dozen stores and their topics. On the embedded Kafka, more of them than cores have
     * no use: its records are processed here.
     */
    private int partitions() {
        return external == null ? Math.min(TopicsSetup.PARTITIONS, cores()) : TopicsSetup.PARTITIONS;
    }

    private static int cores() {
        return Runtime.getRuntime().availableProcessors();
    }

    /** In its own process if users' SQL is served. */
    private QueryPart serving() {
        if (http != null) {
            return new ServingProcess(data, zone, roles, http, access, notifications, sealing);
        }
        inThisProcess = new Serving(data, zone, roles, null, access, NotificationConfig.NONE, null, 0);
        return inThisProcess;
    }

    private KafkaAddress started(EmbeddedKafka embedded) throws Exception {
        lifecycle.watch(embedded.failed());
        embedded.start();
        return embedded.address();
    }

    /** The Kafka in use, once started. */
    KafkaAddress kafka() {
        return Objects.requireNonNull(kafka, "not started");
    }

    /** Completes exceptionally when any part fails. */
    public CompletableFuture<Void> failed() {
        return lifecycle.failed();
    }

    /**
     * Waits until everything published so far has become rows. Only without queries over HTTP.
     *
     * @param listener receives the progress
     */
    void awaitQueryable(ProgressListener listener) throws InterruptedException {
        Serving reading = Objects.requireNonNull(inThisProcess, "in its own process");
        CatchUp.await(kafka(), lifecycle::check, reading::awaitRead, listener);
    }

    /** Where the page is, {@code HOST:PORT}; empty without one. */
    public Optional<String> webAddress() {
        return Optional.ofNullable(serving).map(QueryPart::address);
    }

    /** The first screen once it runs. */
    public Welcome welcome(List<String> tails) {
        return new Welcome(
                data.path(),
                external == null ? "embedded, at " + kafka() : kafka().servers(),
                tails,
                ingest == null ? List.of() : ingest.listening(),
                webAddress().orElse(null));
    }

    @Override
    public void close() {
        lifecycle.close();
    }
}
