package io.risefall.app.kafka;

import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.AdminAnswers;
import io.risefall.schemas.cluster.TopicNames;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;

/**
 * The topics that a cluster has for Risefall, with their settings.
 *
 * @param brokers how many it has
 * @param names what they are called there
 * @param topics by the name that they have there; also the changelogs of the streams part
 */
public record ClusterTopics(int brokers, TopicNames names, Map<String, FoundSettings> topics) {
    private static final String CHANGELOG = "-changelog";

    /**
     * @param replication copies of the partition with the fewest
     * @param settings the topic's own and those of its broker, by name; empty if they were not asked for
     */
    public record FoundSettings(int partitions, int replication, Map<String, String> settings) {
        public FoundSettings {
            settings = Map.copyOf(settings);
        }
    }

    public ClusterTopics {
        topics = Collections.unmodifiableMap(new TreeMap<>(topics));
    }

    /** Asks; needs the right to describe the topics' settings only if {@code withSettings}. */
    static ClusterTopics ask(Admin admin, TopicNames names, boolean withSettings, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        int brokers = AdminAnswers.get(admin.describeCluster().nodes(), limit).size();
        Set<String> existing = AdminAnswers.get(admin.listTopics().names(), limit);
        List<String> ours = Stream.concat(
                        Stream.of(Topics.values()).map(names::of).filter(existing::contains),
                        existing.stream().filter(topic -> isChangelog(names, topic)))
                .toList();
        Map<String, TopicDescription> described =
                AdminAnswers.get(admin.describeTopics(ours).allTopicNames(), limit);
        Map<String, Map<String, String>> settings = withSettings ? settings(admin, ours, limit) : Map.of();
        Map<String, FoundSettings> found = new HashMap<>();
        described.forEach((name, topic) -> found.put(
                name,
                new FoundSettings(
                        topic.partitions().size(),
                        topic.partitions().stream()
                                .mapToInt(partition -> partition.replicas().size())
                                .min()
                                .orElse(0),
                        settings.getOrDefault(name, Map.of()))));
        return new ClusterTopics(brokers, names, found);
    }

    boolean isChangelog(String topic) {
        return isChangelog(names, topic);
    }

    private static boolean isChangelog(TopicNames names, String topic) {
        return topic.startsWith(names.streamsGroup() + "-") && topic.endsWith(CHANGELOG);
    }

    private static Map<String, Map<String, String>> settings(Admin admin, List<String> names, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<ConfigResource, Config> answer = AdminAnswers.get(
                admin.describeConfigs(names.stream()
                                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                                .toList())
                        .all(),
                limit);
        Map<String, Map<String, String>> settings = new HashMap<>();
        answer.forEach((topic, config) -> settings.put(
                topic.name(),
                config.entries().stream()
                        .filter(entry -> entry.value() != null)
                        .collect(Collectors.toMap(ConfigEntry::name, entry -> Objects.requireNonNull(entry.value())))));
        return settings;
    }
}
