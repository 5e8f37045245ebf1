package io.risefall.app.kafka;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How somebody wants the topics. What is empty follows the topics that exist, or else the cluster.
 *
 * @param partitions of each topic
 * @param replication copies of each partition
 * @param retention how long Kafka keeps events
 * @param otherwise partitions, where neither {@code partitions} nor a topic says
 */
public record WantedTopics(
        OptionalInt partitions, OptionalInt replication, Optional<Duration> retention, int otherwise) {
    /** Nothing but a number of partitions, unless topics exist. */
    public static WantedTopics unlessThere(int partitions) {
        return new WantedTopics(OptionalInt.empty(), OptionalInt.empty(), Optional.empty(), partitions);
    }
}
