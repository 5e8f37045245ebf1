package io.risefall.app.kafka;

import io.risefall.app.kafka.ClusterTopics.FoundSettings;
import io.risefall.app.process.CommandException;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.FoundCluster;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.cluster.KafkaTrouble;
import io.risefall.streams.InternalTopics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates missing topics and checks existing ones. Safe to repeat, and to run in several processes at once. */
public final class TopicsSetup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicsSetup.class);

    /** Partitions of each topic. Often one HAProxy host has all events, and so one partition. */
    public static final int PARTITIONS = 4;

    /** Settings that topics of an older Risefall lack; values that the user has set are kept. */
    private static final List<String> ADDED_LATER =
            List.of(TopicConfig.DELETE_RETENTION_MS_CONFIG, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);

    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);

    private final KafkaAddress kafka;
    private final Admin admin;

    public TopicsSetup(KafkaAddress kafka) {
        this.kafka = kafka;
        Map<String, Object> properties = kafka.clientProperties();
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(DEADLINE.toMillis()));
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(DEADLINE.toMillis()));
        try {
            admin = Admin.create(properties);
        } catch (RuntimeException e) {
            throw new CommandException(
                    "cannot use --bootstrap-servers " + kafka + ": " + CommandException.reason(e), e);
        }
    }

    /** Whose topics they are. */
    public KafkaAddress kafka() {
        return kafka;
    }

    /** What {@link #create} would do. */
    public TopicsPlan plan(WantedTopics wanted) throws InterruptedException {
        return TopicsPlan.of(wanted, found(wanted.retention().isPresent()));
    }

    /** What is wrong with the topics, by name; all that exist or should, with an empty list where nothing is. */
    public Map<String, List<String>> audit() throws InterruptedException {
        ClusterTopics found = found(true);
        Map<String, List<String>> findings = new TreeMap<>();
        for (Topics topic : Topics.values()) {
            FoundSettings settings = found.topics().get(kafka.names().of(topic));
            findings.put(
                    kafka.names().of(topic),
                    settings == null
                            ? List.of("is not there; create it with: " + kafka.commandLine("topics create"))
                            : TopicAudit.of(topic, settings, found.brokers()));
        }
        found.topics().forEach((name, settings) -> {
            if (found.isChangelog(name)) {
                boolean ofServe = name.equals(kafka.names().serveChangelog().topic());
                findings.put(
                        name,
                        ofServe
                                ? TopicAudit.ofServeChangelog(settings, found.brokers())
                                : TopicAudit.ofChangelog(settings, found.brokers()));
            }
        });
        return findings;
    }

    private ClusterTopics found(boolean withSettings) throws InterruptedException {
        try {
            return ClusterTopics.ask(admin, kafka.names(), withSettings, DEADLINE.plusSeconds(1));
        } catch (ExecutionException | TimeoutException e) {
            throw noAnswer(e);
        }
    }

    /**
     * Creates missing topics and returns their names.
     *
     * @throws CommandException if an existing topic is wrong, or another than is wanted
     */
    public List<String> create(WantedTopics wanted) throws InterruptedException {
        return create(wanted, plan -> List.of());
    }

    /**
     * Also creates the internal topics of the streams part, in the same request.
     *
     * @param partitions where no topics exist
     * @throws CommandException if an existing topic is wrong
     */
    void createAll(int partitions) throws InterruptedException {
        // Kafka creates its own topics when somebody asks for a coordinator; the first client would wait for that.
        admin.listConsumerGroupOffsets(kafka.names().streamsGroup());
        admin.describeTransactions(List.of(kafka.names().streamsGroup()));
        create(
                WantedTopics.unlessThere(partitions),
                plan -> InternalTopics.of(kafka.names().streamsGroup(), plan.partitions(), (short) plan.replication()));
    }

    private List<String> create(WantedTopics wanted, Function<TopicsPlan, List<NewTopic>> further)
            throws InterruptedException {
        Set<String> existing = existing();
        TopicsPlan plan = plan(wanted);
        if (!plan.refusals().isEmpty()) {
            throw new CommandException("nothing was created: " + String.join("; ", plan.refusals()));
        }
        List<NewTopic> missing = Stream.concat(plan.create().stream(), further.apply(plan).stream())
                .filter(topic -> !existing.contains(topic.name()))
                .toList();
        for (Map.Entry<String, org.apache.kafka.common.KafkaFuture<Void>> creation :
                admin.createTopics(missing).values().entrySet()) {
            try {
                creation.getValue().get();
            } catch (ExecutionException e) {
                // Another process created it meanwhile; check() checks it.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new CommandException(
                            "cannot create topic " + creation.getKey() + " at " + kafka + ": "
                                    + CommandException.reason(e),
                            e);
                }
            }
        }
        List<String> created = missing.stream().map(NewTopic::name).toList();
        awaitKnown(created);
        checkWithin(DEADLINE);
        addMissingSettings(existing);
        return created;
    }

    /** Topics of an older Risefall keep tombstones for one day only, and take the sender's timestamps. */
    private void addMissingSettings(Set<String> existing) throws InterruptedException {
        Map<ConfigResource, Map<String, String>> wanted = new HashMap<>();
        for (Topics topic : Topics.values()) {
            String name = kafka.names().of(topic);
            if (existing.contains(name)) {
                Map<String, String> settings =
                        new HashMap<>(topic.create(1, (short) 1).configs());
                settings.keySet().retainAll(ADDED_LATER);
                wanted.put(new ConfigResource(ConfigResource.Type.TOPIC, name), settings);
            }
        }
        try {
            Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
            admin.describeConfigs(wanted.keySet())
                    .all()
                    .get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
                    .forEach((topic, config) -> Objects.requireNonNull(wanted.get(topic))
                            .forEach((name, value) -> {
                                if (config.get(name).source() != ConfigEntry.ConfigSource.DYNAMIC_TOPIC_CONFIG) {
                                    changes.computeIfAbsent(topic, one -> new ArrayList<>())
                                            .add(new AlterConfigOp(
                                                    new ConfigEntry(name, value), AlterConfigOp.OpType.SET));
                                }
                            }));
            admin.incrementalAlterConfigs(changes).all().get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            LOG.warn(
                    "cannot set {} of the topics at {} ({}): a serve that was stopped for more than a day may"
                            + " keep deleted rows, and Kafka rejects records of an ingest whose clock is an"
                            + " hour ahead",
                    String.join(" and ", ADDED_LATER),
                    kafka,
                    KafkaTrouble.reason(e));
        }
    }

    /** A task with topics. */
    public interface Work {
        void on(TopicsSetup topics) throws InterruptedException;
    }

    /** Runs the task; false if Kafka is unavailable, for a caller that retries. */
    public static boolean ifAvailable(KafkaAddress kafka, Work work) throws InterruptedException {
        try (TopicsSetup topics = new TopicsSetup(kafka)) {
            work.on(topics);
            return true;
        } catch (CommandException e) {
            if (KafkaTrouble.of(e) != KafkaTrouble.AWAY) {
                throw e;
            }
            LOG.debug("topics are left unchanged: {}", e.getMessage());
            return false;
        }
    }

    /** For a moment after the creation, a broker may answer as if the topic did not exist. */
    private void awaitKnown(List<String> topics) throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!existing().containsAll(topics) && System.nanoTime() < deadline) {
            Thread.sleep(POLL.toMillis());
        }
    }

    /** The existing topics of Risefall, with their partitions and replicas. */
    public Map<String, TopicDescription> list() throws InterruptedException {
        Set<String> existing = existing();
        List<String> ours = names().filter(existing::contains).toList();
        return new TreeMap<>(get(admin.describeTopics(ours).allTopicNames()));
    }

    /** @throws CommandException if a topic is missing or wrong */
    public void check() throws InterruptedException {
        checkWithin(Duration.ZERO);
    }

    private void checkWithin(Duration patience) throws InterruptedException {
        try {
            FoundCluster found = found(patience);
            found.missing(kafka).or(() -> found.unequal(kafka)).ifPresent(problem -> {
                throw new CommandException(problem);
            });
        } catch (ExecutionException | TimeoutException e) {
            throw noAnswer(e);
        }
    }

    /** Of topics that were just created one broker may know and another not: each question may go to another one. */
    private FoundCluster found(Duration patience) throws ExecutionException, TimeoutException, InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            FoundCluster found = FoundCluster.ask(admin, kafka.names(), DEADLINE.plusSeconds(1));
            if (found.missing(kafka).isEmpty() || System.nanoTime() >= deadline) {
                return found;
            }
            Thread.sleep(POLL.toMillis());
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private Stream<String> names() {
        return Stream.of(Topics.values()).map(kafka.names()::of);
    }

    private Set<String> existing() throws InterruptedException {
        return get(admin.listTopics().names());
    }

    private <T> T get(org.apache.kafka.common.KafkaFuture<T> answer) throws InterruptedException {
        try {
            return answer.get(DEADLINE.toMillis() + 1000, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw noAnswer(e);
        }
    }

    private CommandException noAnswer(Exception e) {
        if (KafkaTrouble.of(e) == KafkaTrouble.REFUSED) {
            return new CommandException(
                    "Kafka at " + kafka + " refuses: " + CommandException.reason(e)
                            + "; are user, password and mechanism in the file of --kafka-config right, and may that"
                            + " user do this?",
                    e);
        }
        return new CommandException(
                "no Kafka at " + kafka + " after " + DEADLINE.toSeconds() + " s: " + CommandException.reason(e)
                        + "; is it running, and is the address right?",
                e);
    }
}
