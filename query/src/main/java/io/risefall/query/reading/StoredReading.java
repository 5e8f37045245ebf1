package io.risefall.query.reading;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What a warehouse knows of its reading.
 *
 * @param origins where each topic was read, by its name; one that is missing was never read, or by an older Risefall
 * @param next the next offset to read
 */
public record StoredReading(Map<String, Origin> origins, Map<TopicPartition, Long> next) {
    /** Which topic of which Kafka, by the ids that these have given themselves. */
    public record Origin(String cluster, String topic) {}
}
