package io.risefall.app.kafka;

import io.risefall.app.process.Failure;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.FoundCluster;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.cluster.KafkaTrouble;
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

/** Makes our topics where they are missing and checks those that are there; safe to do again and by several at once. */
public final class TopicsSetup implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicsSetup.class);

    /** Partitions of each topic of the embedded broker: its work is one node's, and one partition may carry it all. */
    public static final int EMBEDDED_PARTITIONS = 4;

    /** Settings that topics of an older Risefall do not have; who has set them otherwise keeps that. */
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
            throw new Failure("cannot use --bootstrap-servers " + kafka + ": " + Failure.reason(e), e);
        }
    }

    /** Makes the missing ones; returns their names. A {@link Failure} says what is wrong with those that exist. */
    public List<String> create(int partitions, short replication) throws InterruptedException {
        Set<String> existing = existing();
        // One that a newer Risefall needs gets as many partitions as those that are there.
        int many = list().values().stream()
                .findFirst()
                .map(topic -> topic.partitions().size())
                .orElse(partitions);
        List<NewTopic> missing = Topics.createAll(many, replication).stream()
                .filter(topic -> !existing.contains(topic.name()))
                .toList();
        for (Map.Entry<String, org.apache.kafka.common.KafkaFuture<Void>> creation :
                admin.createTopics(missing).values().entrySet()) {
            try {
                creation.getValue().get();
            } catch (ExecutionException e) {
                // Another process made it in between; check() looks at it.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw new Failure(
                            "cannot make topic " + creation.getKey() + " at " + kafka + ": " + Failure.reason(e), e);
                }
            }
        }
        List<String> made = missing.stream().map(NewTopic::name).toList();
        awaitKnown(made);
        check();
        setWhatOlderOnesLack(existing);
        return made;
    }

    /** Topics of an older Risefall keep the word that a key is gone for a day only, and are stamped by who sends. */
    private void setWhatOlderOnesLack(Set<String> existing) throws InterruptedException {
        Map<ConfigResource, Map<String, String>> wanted = new HashMap<>();
        for (NewTopic topic : Topics.createAll(1, (short) 1)) {
            if (existing.contains(topic.name())) {
                Map<String, String> settings = new HashMap<>(topic.configs());
                settings.keySet().retainAll(ADDED_LATER);
                wanted.put(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()), settings);
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
                    "cannot set {} of the topics at {} ({}): a serve that is away for long can keep what was deleted meanwhile, and what an ingest sends whose clock is an hour ahead is refused",
                    String.join(" and ", ADDED_LATER),
                    kafka,
                    KafkaTrouble.reason(e));
        }
    }

    /** Something to be done with topics. */
    public interface Work {
        void on(TopicsSetup topics) throws InterruptedException;
    }

    /** Does it where Kafka is there; false where it is away, for whoever waits for it. */
    public static boolean unlessAway(KafkaAddress kafka, Work work) throws InterruptedException {
        try (TopicsSetup topics = new TopicsSetup(kafka)) {
            work.on(topics);
            return true;
        } catch (Failure e) {
            if (KafkaTrouble.of(e) != KafkaTrouble.AWAY) {
                throw e;
            }
            LOG.debug("topics are left as they are: {}", e.getMessage());
            return false;
        }
    }

    /** A broker can answer for a moment as if a topic that was just made were not there. */
    private void awaitKnown(List<String> topics) throws InterruptedException {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (!existing().containsAll(topics) && System.nanoTime() < deadline) {
            Thread.sleep(POLL.toMillis());
        }
    }

    /** Our topics that exist, with their partitions and copies. */
    public Map<String, TopicDescription> list() throws InterruptedException {
        Set<String> existing = existing();
        List<String> ours = names().filter(existing::contains).toList();
        return new TreeMap<>(get(admin.describeTopics(ours).allTopicNames()));
    }

    /** A {@link Failure} says what is missing, or wrong. */
    public void check() throws InterruptedException {
        try {
            FoundCluster found = FoundCluster.ask(admin, DEADLINE.plusSeconds(1));
            found.missing(kafka).or(() -> found.unequal(kafka)).ifPresent(problem -> {
                throw new Failure(problem);
            });
        } catch (ExecutionException | TimeoutException e) {
            throw noAnswer(e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private static Stream<String> names() {
        return Stream.of(Topics.values()).map(Topics::topic);
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

    private Failure noAnswer(Exception e) {
        return new Failure(
                "no Kafka at " + kafka + " after " + DEADLINE.toSeconds() + " s: " + Failure.reason(e)
                        + "; is it running, and is the address right?",
                e);
    }
}
