package io.risefall.app.kafka;

import io.risefall.app.kafka.ClusterTopics.FoundSettings;
import io.risefall.query.text.Counts;
import io.risefall.query.time.Durations;
import io.risefall.schemas.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What is to be done so that a cluster has the topics that somebody wants. Topics that exist are never changed: where they
 * differ from what is wanted, nothing is created and the user is told.
 *
 * @param partitions of each topic
 * @param replication copies of each partition of those that are missing
 * @param create the topics that are missing
 * @param refusals why not, a sentence each
 */
public record TopicsPlan(int partitions, int replication, List<NewTopic> create, List<String> refusals) {
    /** What is as old may still be corrected; the streams part reads it again after an upgrade. */
    private static final Duration MINIMUM = Duration.ofDays(Topics.EVENTS.retentionDays());

    public TopicsPlan {
        create = List.copyOf(create);
        refusals = List.copyOf(refusals);
    }

    /** @param found with settings if a retention is wanted */
    public static TopicsPlan of(WantedTopics wanted, ClusterTopics found) {
        Map<String, FoundSettings> existing = new TreeMap<>(found.topics());
        existing.keySet().removeIf(found::isChangelog);
        int partitions = wanted.partitions()
                .orElseGet(() -> minimum(existing, FoundSettings::partitions).orElse(wanted.otherwise()));
        int replication = wanted.replication()
                .orElseGet(() -> minimum(existing, FoundSettings::replication)
                        .orElse(Math.min(Topics.SAFE_COPIES, found.brokers())));
        List<String> refusals = new ArrayList<>();
        if (replication > found.brokers()) {
            refusals.add("--replication " + replication + " needs as many brokers, and there are " + found.brokers());
        }
        wanted.retention()
                .filter(retention -> retention.compareTo(MINIMUM) < 0)
                .ifPresent(retention -> refusals.add("--retention " + words(retention) + " is less than "
                        + words(MINIMUM) + ": events of that time can still be corrected"));
        existing.forEach((name, topic) -> {
            if (wanted.partitions().isPresent() && topic.partitions() != partitions) {
                refusals.add(name + " has " + Counts.plural(topic.partitions(), "partition") + ", not " + partitions
                        + ": their number cannot be changed, because the events of a load balancer would move to"
                        + " another partition");
            }
            if (wanted.replication().isPresent() && topic.replication() != replication) {
                refusals.add(name + " has " + Counts.plural(topic.replication(), "replica") + ", not " + replication
                        + ": kafka-reassign-partitions.sh of Kafka changes them");
            }
        });
        FoundSettings events = existing.get(found.names().of(Topics.EVENTS));
        if (events != null && wanted.retention().isPresent()) {
            long millis = wanted.retention().get().toMillis();
            String has = events.settings().getOrDefault(TopicConfig.RETENTION_MS_CONFIG, "");
            if (!has.equals(Long.toString(millis))) {
                refusals.add(found.names().of(Topics.EVENTS) + " has the retention " + TopicAudit.time(has) + ", not "
                        + words(wanted.retention().get()) + ": kafka-configs.sh of Kafka changes it ("
                        + TopicConfig.RETENTION_MS_CONFIG + "=" + millis + ")");
            }
        }
        List<NewTopic> missing = Stream.of(Topics.values())
                .filter(topic -> !existing.containsKey(found.names().of(topic)))
                .map(topic -> create(topic, found.names().of(topic), partitions, replication, wanted))
                .toList();
        return new TopicsPlan(partitions, replication, refusals.isEmpty() ? missing : List.of(), refusals);
    }

    private static OptionalInt minimum(Map<String, FoundSettings> topics, ToIntFunction<FoundSettings> number) {
        return topics.values().stream().mapToInt(number).min();
    }

    private static NewTopic create(Topics topic, String name, int partitions, int replication, WantedTopics wanted) {
        NewTopic made = new NewTopic(name, partitions, (short) replication)
                .configs(topic.create(partitions, (short) replication).configs());
        if (topic != Topics.EVENTS || wanted.retention().isEmpty()) {
            return made;
        }
        Map<String, String> settings = new HashMap<>(made.configs());
        settings.put(
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(wanted.retention().get().toMillis()));
        return made.configs(settings);
    }

    private static String words(Duration time) {
        return Durations.text(time.toMillis());
    }
}
