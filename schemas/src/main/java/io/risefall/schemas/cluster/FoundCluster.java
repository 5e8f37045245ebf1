package io.risefall.schemas.cluster;

import io.risefall.schemas.Topics;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * What is found at an address: which Kafka it is, and which of our topics it has.
 *
 * @param id which cluster it is; another one has another id, whatever its address
 * @param names what our topics are called there
 * @param topics those of ours that exist, by their own names
 */
public record FoundCluster(String id, TopicNames names, Map<String, FoundTopic> topics) {
    /**
     * @param id which topic it is; one that was deleted and made again has another id
     * @param partitions how many it has
     */
    public record FoundTopic(String id, int partitions) {}

    public FoundCluster {
        topics = Collections.unmodifiableMap(new TreeMap<>(topics));
    }

    /** Without a prefix. */
    public FoundCluster(String id, Map<String, FoundTopic> topics) {
        this(id, TopicNames.PLAIN, topics);
    }

    /**
     * Asks.
     *
     * @param limit for each of three questions
     */
    public static FoundCluster ask(Admin admin, TopicNames names, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        String id = AdminAnswers.get(admin.describeCluster().clusterId(), limit);
        Set<String> existing = AdminAnswers.get(admin.listTopics().names(), limit);
        List<String> ours = Stream.of(Topics.values())
                .map(names::of)
                .filter(existing::contains)
                .toList();
        Map<String, TopicDescription> described =
                AdminAnswers.get(admin.describeTopics(ours).allTopicNames(), limit);
        Map<String, FoundTopic> found = new TreeMap<>();
        for (Topics topic : Topics.values()) {
            TopicDescription there = described.get(names.of(topic));
            if (there != null) {
                found.put(
                        topic.topic(),
                        new FoundTopic(
                                there.topicId().toString(), there.partitions().size()));
            }
        }
        return new FoundCluster(id, names, found);
    }

    /** What to do about topics that are not there; empty where all are. */
    public Optional<String> missing(KafkaAddress kafka) {
        String missing = Stream.of(Topics.values())
                .filter(topic -> !topics.containsKey(topic.topic()))
                .map(names::of)
                .collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("no topic " + missing + " at " + kafka + "; create it with: "
                        + kafka.commandLine("topics create"));
    }

    /**
     * What is wrong with those that are there; empty where nothing is. Everything of one node lies on the same partition
     * number of every topic, so they must have equally many.
     */
    public Optional<String> unequal(KafkaAddress kafka) {
        Map<Integer, List<String>> byPartitions = topics.entrySet().stream()
                .collect(Collectors.groupingBy(
                        topic -> topic.getValue().partitions(),
                        TreeMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.toList())));
        if (byPartitions.size() <= 1) {
            return Optional.empty();
        }
        return Optional.of("the topics at " + kafka + " must have the same number of partitions, but have "
                + byPartitions.entrySet().stream()
                        .map(entry -> entry.getKey() + ": "
                                + entry.getValue().stream()
                                        .map(name -> names.prefix() + name)
                                        .collect(Collectors.joining(", ")))
                        .collect(Collectors.joining("; ")));
    }
}
