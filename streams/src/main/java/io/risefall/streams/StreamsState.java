package io.risefall.streams;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How one process of the streams part does.
 *
 * @param kafkaAwaySince null while Kafka is there
 * @param sinceTurn how long ago the thread that looks after Kafka Streams went on to something else
 * @param next by partition that is its own: the offset before which all is processed; negative while none is
 * @param ends by partition: where it ended when it was asked last; negative while that is not known
 */
public record StreamsState(
        @Nullable Instant kafkaAwaySince,
        Duration sinceTurn,
        Map<TopicPartition, Long> next,
        Map<TopicPartition, Long> ends) {
    public StreamsState {
        next = Map.copyOf(next);
        ends = Map.copyOf(ends);
    }
}
