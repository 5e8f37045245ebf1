package io.risefall.app.runtime;

import io.risefall.app.data.DataDirectory;
import io.risefall.app.kafka.EmbeddedKafka;
import io.risefall.app.kafka.LateTopics;
import io.risefall.app.kafka.TopicsSetup;
import io.risefall.app.options.HostPort;
import io.risefall.app.process.Parts;
import io.risefall.app.serving.QueryPart;
import io.risefall.app.serving.Serving;
import io.risefall.app.serving.ServingProcess;
import io.risefall.app.terminal.WaitListener;
import io.risefall.ingest.Ingest;
import io.risefall.ingest.IngestSettings;
import io.risefall.query.warehouse.RolePatterns;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.streams.HealthStreams;
import io.risefall.streams.model.StreamsSettings;
import io.risefall.streams.model.StreamsSettings.Rules;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The map of the program: everything that a run is made of, consumers started before producers, stopped in reverse. Called by
 * one thread, once.
 */
public final class AllInOne implements AutoCloseable {
    private final DataDirectory data;
    private final @Nullable KafkaAddress external;
    private final ZoneId zone;
    private final @Nullable RolePatterns roles;
    private final Rules rules;
    private final @Nullable HostPort http;
    private final @Nullable Function<KafkaAddress, IngestSettings> sources;
    private final Parts parts = new Parts();

    private BeforeReading beforeReading = address -> {};
    private @Nullable KafkaAddress kafka;
    private @Nullable QueryPart serving;
    private @Nullable Serving inThisProcess;
    private @Nullable Ingest ingest;

    /**
     * @param data locked
     * @param external the Kafka to use; null: an embedded one
     * @param zone where days begin
     * @param roles backends with one server up by design; null: as before
     * @param rules how lines become states
     * @param http where to answer queries; null: nowhere
     * @param sources what to read while it is written, given the Kafka; null: nothing
     */
    public AllInOne(
            DataDirectory data,
            @Nullable KafkaAddress external,
            ZoneId zone,
            @Nullable RolePatterns roles,
            Rules rules,
            @Nullable HostPort http,
            @Nullable Function<KafkaAddress, IngestSettings> sources) {
        this.data = data;
        this.external = external;
        this.zone = zone;
        this.roles = roles;
        this.rules = rules;
        this.http = http;
        this.sources = sources;
    }

    /** Something to be done with Kafka and the warehouse before these are read. */
    public interface BeforeReading {
        void accept(KafkaAddress address) throws InterruptedException;
    }

    /** To be called before {@link #start}. */
    public void beforeReading(BeforeReading todo) {
        beforeReading = todo;
    }

    public void start() throws Exception {
        KafkaAddress address = external == null ? embeddedKafka() : external;
        kafka = address;
        LateTopics topics = parts.add(new LateTopics(address));
        parts.watch(topics.failed());
        topics.start();
        beforeReading.accept(address);
        serving = parts.add(serving(address));
        parts.watch(serving.failed());
        serving.start();

        StreamsSettings settings = StreamsSettings.of(address, data.streams())
                .withThreads(TopicsSetup.EMBEDDED_PARTITIONS)
                .withRules(rules);
        HealthStreams streams = parts.add(new HealthStreams(settings));
        parts.watch(streams.failed());
        streams.start();

        if (sources != null) {
            ingest = parts.add(new Ingest(sources.apply(address), Clock.systemUTC()));
            parts.watch(ingest.failed());
            ingest.start();
        }
    }

    /** In a process of its own where users' SQL comes in. */
    private QueryPart serving(KafkaAddress address) {
        if (http != null) {
            return new ServingProcess(address, data, zone, roles, http);
        }
        inThisProcess = new Serving(address, data, zone, roles, null, 0);
        return inThisProcess;
    }

    private KafkaAddress embeddedKafka() throws Exception {
        EmbeddedKafka embedded = parts.add(new EmbeddedKafka(data.path()));
        parts.watch(embedded.failed());
        embedded.start();
        return embedded.address();
    }

    /** The Kafka it works on, once started. */
    KafkaAddress kafka() {
        return Objects.requireNonNull(kafka, "not started");
    }

    /** Completes exceptionally when any part fails. */
    public CompletableFuture<Void> failed() {
        return parts.failed();
    }

    /**
     * Waits until everything published so far has become rows; where no queries are answered.
     *
     * @param listener hears how far it is, and what is waited for when that takes long
     */
    void awaitQueryable(WaitListener listener) throws InterruptedException {
        Serving reading = Objects.requireNonNull(inThisProcess, "in a process of its own");
        Queryable.await(kafka(), parts::check, reading::awaitRead, listener);
    }

    /** What to say when it runs. */
    public Welcome welcome(List<String> tails) {
        return new Welcome(
                data.path(),
                external == null ? "an own one at " + kafka() : kafka().servers(),
                tails,
                ingest == null ? List.of() : ingest.listening(),
                serving == null ? null : serving.address());
    }

    @Override
    public void close() {
        parts.close();
    }
}
