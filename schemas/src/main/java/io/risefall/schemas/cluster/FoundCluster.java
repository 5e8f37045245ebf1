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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;

/**
 * What is found at an address: which Kafka it is, and which of our topics it has.
 *
 * @param id which cluster it is; another one has another id, whatever its address
 * @param topics those of ours that exist, by name
 */
public record FoundCluster(String id, Map<String, FoundTopic> topics) {
    /**
     * @param id which topic it is; one that was deleted and made again has another id
     * @param partitions how many it has
     */
    public record FoundTopic(String id, int partitions) {}

    public FoundCluster {
        topics = Collections.unmodifiableMap(new TreeMap<>(topics));
    }

    /**
     * Asks.
     *
     * @param limit for each of three questions
     */
    public static FoundCluster ask(Admin admin, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        String id = get(admin.describeCluster().clusterId(), limit);
        Set<String> names = get(admin.listTopics().names(), limit);
        List<String> ours = names().filter(names::contains).toList();
        Map<String, FoundTopic> found = new TreeMap<>();
        get(admin.describeTopics(ours).allTopicNames(), limit)
                .forEach((name, topic) -> found.put(
                        name,
                        new FoundTopic(
                                topic.topicId().toString(), topic.partitions().size())));
        return new FoundCluster(id, found);
    }

    private static <T> T get(KafkaFuture<T> answer, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static Stream<String> names() {
        return Stream.of(Topics.values()).map(Topics::topic);
    }

    /** What to do about topics that are not there; empty where all are. */
    public Optional<String> missing(KafkaAddress kafka) {
        String missing = names().filter(name -> !topics.containsKey(name)).collect(Collectors.joining(", "));
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("no topic " + missing + " at " + kafka
                        + "; create it with: risefall topics create --bootstrap-servers " + kafka);
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
                        .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
                        .collect(Collectors.joining("; ")));
    }
}
