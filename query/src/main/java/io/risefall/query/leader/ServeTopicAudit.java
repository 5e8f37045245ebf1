package io.risefall.query.leader;

import io.risefall.schemas.cluster.InSync;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** What is wrong with the leader's topic: each finding says what is there, what comes of it, and what to do. Pure. */
public final class ServeTopicAudit {
    private ServeTopicAudit() {}

    /**
     * @param copies of the partition
     * @param settings by name; what is missing there is not known, and not judged
     */
    static List<String> of(int partitions, int copies, Map<String, String> settings) {
        List<String> findings = new ArrayList<>(ofKind(partitions, settings));
        String insync = settings.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
        if (insync != null) {
            findings.addAll(InSync.findings(copies, Integer.parseInt(insync)));
        }
        return findings;
    }

    /** The same, without its copies. */
    public static List<String> ofKind(int partitions, Map<String, String> settings) {
        List<String> findings = new ArrayList<>();
        if (partitions != 1) {
            findings.add("has " + partitions
                    + " partitions, and must have 1: what is in the others is never read. Stop all serve,"
                    + " delete the topic, and start first the one that has led: it makes it anew from its warehouse");
        }
        String policy = settings.getOrDefault(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        if (!policy.equals(TopicConfig.CLEANUP_POLICY_COMPACT)) {
            findings.add("cleanup.policy is " + policy
                    + ", and must be compact: else what was sent is forgotten, and sent again, or"
                    + " what is open is never closed. kafka-configs.sh of Kafka changes it (cleanup.policy=compact)");
        }
        return findings;
    }
}
