package io.risefall.ingest;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link Ingest} does.
 *
 * @param kafkaAwaySince null while Kafka is there
 * @param sinceTurn how long ago the thread that reads went on to something else
 * @param read by source: up to which byte it is read and published
 * @param waiting by source with a journal: messages in it that are not read yet
 */
public record IngestState(
        @Nullable Instant kafkaAwaySince, Duration sinceTurn, Map<String, Long> read, Map<String, Long> waiting) {
    public IngestState {
        read = Map.copyOf(read);
        waiting = Map.copyOf(waiting);
    }
}
