package io.risefall.query.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a part does that has a process of its own.
 *
 * @param kafkaAwaySince null while Kafka is there
 * @param sinceTurn how long ago its thread last went on to something else
 * @param waiting what it has still to do, by source or partition; also those for which there is nothing to do
 */
public record PartState(@Nullable Instant kafkaAwaySince, Duration sinceTurn, List<Waiting> waiting) {
    /**
     * @param of a source, or a partition of a topic
     * @param next how far it is done, which grows
     * @param count messages or records that wait
     */
    public record Waiting(String of, long next, long count) {}

    public PartState {
        waiting = List.copyOf(waiting);
    }
}
