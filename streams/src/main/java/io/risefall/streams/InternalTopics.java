package io.risefall.streams;

import io.risefall.schemas.Topics;
import io.risefall.streams.store.StateStores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The changelogs of the stores, as Kafka Streams creates them. It creates them one by one, a tenth of a second apart; who creates
 * them beforehand, all at once, spares that time at the first start.
 */
public final class InternalTopics {
    private InternalTopics() {}

    /** @param partitions as many as {@link Topics#EVENTS} has */
    public static List<NewTopic> of(String applicationId, int partitions, short replication) {
        Map<String, String> config = new HashMap<>(Topics.STAMPED_BY_KAFKA);
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        return StateStores.builders().stream()
                .filter(StoreBuilder::loggingEnabled)
                .map(store -> new NewTopic(applicationId + "-" + store.name() + "-changelog", partitions, replication)
                        .configs(config))
                .toList();
    }
}
