package io.risefall.app.kafka;

import io.risefall.app.kafka.ClusterTopics.FoundSettings;
import io.risefall.query.leader.ServeTopicAudit;
import io.risefall.query.time.Durations;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.InSync;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.common.config.TopicConfig;

/** What is wrong with topics that exist, for Risefall: each finding says what is there, and what comes of it. Pure. */
public final class TopicAudit {
    /** Kafka's own default. What Risefall writes at once has an eighth of it, unless one record is larger. */
    private static final long MESSAGE_BYTES = 1024L * 1024;

    private TopicAudit() {}

    /** Of one of Risefall's topics. */
    static List<String> of(Topics topic, FoundSettings found, int brokers) {
        List<String> findings = new ArrayList<>(copies(found, brokers));
        Map<String, String> settings = found.settings();
        String policy = settings.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "");
        if (!Set.of(policy.split(",")).equals(Set.of(topic.cleanupPolicy().split(",")))) {
            findings.add("cleanup.policy is " + policy + ", and must be " + topic.cleanupPolicy() + ": else "
                    + (topic.cleanupPolicy().contains(TopicConfig.CLEANUP_POLICY_COMPACT)
                            ? "it deletes what is still valid, or grows without end"
                            : "it deletes all but the last event of a server"));
        }
        topic.create(1, (short) 1).configs().forEach((name, wanted) -> {
            String value = settings.getOrDefault(name, "");
            if (name.endsWith("retention.ms") && isShorter(value, wanted)) {
                findings.add(name + " is " + time(value) + ", and must be at least " + time(wanted) + ": a part that is"
                        + " stopped for longer misses what was deleted");
            }
            if (name.equals(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG) && !value.equals(wanted)) {
                findings.add(name + " is " + value + ", and must be " + wanted
                        + ": Kafka refuses records of a sender whose clock is an hour ahead");
            }
        });
        long bytes = Long.parseLong(settings.getOrDefault(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, "0"));
        if (bytes < MESSAGE_BYTES) {
            findings.add("max.message.bytes is " + bytes + ", and must be at least " + MESSAGE_BYTES
                    + ": Kafka refuses larger records, and ingest or streams stops at the first");
        }
        return findings;
    }

    /** Of a changelog of the streams part, which Kafka Streams created. */
    static List<String> ofChangelog(FoundSettings found, int brokers) {
        List<String> findings = new ArrayList<>(copies(found, brokers));
        String policy = found.settings().getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, "");
        if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            findings.add("cleanup.policy is " + policy + ", and must be compact: else what streams knows is deleted");
        }
        return findings;
    }

    /** Of the topic of those {@code serve} of which one leads. */
    static List<String> ofServeChangelog(FoundSettings found, int brokers) {
        List<String> findings = new ArrayList<>(copies(found, brokers));
        findings.addAll(ServeTopicAudit.ofKind(found.partitions(), found.settings()));
        return findings;
    }

    private static List<String> copies(FoundSettings found, int brokers) {
        List<String> findings = new ArrayList<>();
        int insync = Integer.parseInt(found.settings().getOrDefault(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "1"));
        int wanted = Math.min(Topics.SAFE_COPIES, brokers);
        if (found.replication() < wanted) {
            findings.add(copiesOf(found.replication()) + " on " + brokers + " brokers, and should be "
                    + wanted + ": "
                    + (found.replication() == 1
                            ? "what its broker holds is away with it, and lost with its disk"
                            : "with one broker away no further one may fail"));
        }
        findings.addAll(InSync.findings(found.replication(), insync));
        return findings;
    }

    private static String copiesOf(int replication) {
        return replication == 1 ? "1 replica" : replication + " replicas";
    }

    /** Negative numbers mean for ever. */
    private static boolean isShorter(String value, String wanted) {
        long millis = value.isEmpty() ? 0 : Long.parseLong(value);
        return millis >= 0 && millis < Long.parseLong(wanted);
    }

    /** @param millis as Kafka has it */
    static String time(String millis) {
        if (millis.isEmpty()) {
            return "unknown";
        }
        long number = Long.parseLong(Objects.requireNonNull(millis));
        return number < 0 ? "unlimited" : Durations.text(number);
    }
}
