package io.risefall.query.reading;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * How the reading goes.
 *
 * @param awaySince since when Kafka has been away; null: it is there
 * @param behind how many offsets of each partition are not in the warehouse yet, as far as Kafka has told
 * @param streams how far the streams part is behind what it reads, as far as Kafka has told
 * @param streamsGroup whether the streams part works; null: Kafka has not told yet
 */
public record ReadingState(
        @Nullable Instant awaySince,
        Map<TopicPartition, Long> behind,
        Map<TopicPartition, StreamsBacklog> streams,
        @Nullable StreamsGroup streamsGroup) {
    /** Of a Kafka that has not told yet whether the streams part works. */
    public ReadingState(
            @Nullable Instant awaySince,
            Map<TopicPartition, Long> behind,
            Map<TopicPartition, StreamsBacklog> streams) {
        this(awaySince, behind, streams, null);
    }
}
