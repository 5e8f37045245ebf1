package io.risefall.query.leader;

import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.AdminAnswers;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.cluster.KafkaTrouble;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topic of what the leading {@code serve} has decided and sent: one partition, compacted, with as many copies as the states have. */
final class ServeChangelog {
    /** An alert of ten thousand servers is some megabytes of JSON, and a tenth of that compressed. */
    static final int MOST_BYTES = 48 << 20;

    private static final Set<String> JUDGED =
            Set.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);

    private ServeChangelog() {}

    /**
     * Creates it if it is missing.
     *
     * @param limit for each question
     * @return what is wrong with it
     * @throws ExecutionException with what Kafka says, as that there are no topics of Risefall yet
     */
    static List<String> prepare(KafkaAddress kafka, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        String topic = kafka.names().serveChangelog().topic();
        try (Admin admin = Admin.create(kafka.adminProperties(limit))) {
            if (AdminAnswers.get(admin.listTopics().names(), limit).contains(topic)) {
                return findings(admin, topic, limit);
            }
            String states = kafka.names().of(Topics.STATES);
            TopicDescription like = AdminAnswers.get(
                            admin.describeTopics(List.of(states)).allTopicNames(), limit)
                    .get(states);
            int copies = like.partitions().get(0).replicas().size();
            AdminAnswers.get(
                    admin.createTopics(List.of(of(topic, (short) copies))).all(), limit);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        return List.of();
    }

    private static List<String> findings(Admin admin, String topic, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        TopicDescription described = AdminAnswers.get(
                        admin.describeTopics(List.of(topic)).allTopicNames(), limit)
                .get(topic);
        List<TopicPartitionInfo> partitions = described.partitions();
        return ServeTopicAudit.of(
                partitions.size(), partitions.get(0).replicas().size(), settings(admin, topic, limit));
    }

    /** Those that are judged; empty where this serve may not ask for them, as it need not. */
    private static Map<String, String> settings(Admin admin, String topic, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            Map<String, String> settings = new HashMap<>();
            for (Config config : AdminAnswers.get(
                            admin.describeConfigs(List.of(resource)).all(), limit)
                    .values()) {
                config.entries().stream()
                        .filter(entry -> JUDGED.contains(entry.name()) && entry.value() != null)
                        .forEach(entry -> settings.put(entry.name(), entry.value()));
            }
            return settings;
        } catch (ExecutionException e) {
            if (KafkaTrouble.of(e) == KafkaTrouble.REFUSED) {
                return Map.of();
            }
            throw e;
        }
    }

    private static NewTopic of(String topic, short copies) {
        Map<String, String> settings = Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                Integer.toString(MOST_BYTES),
                TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG,
                copies >= Topics.SAFE_COPIES ? "2" : "1");
        return new NewTopic(topic, 1, copies).configs(settings);
    }
}
