package io.risefall.query.reading;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whether the streams part works, as its consumer group tells.
 *
 * @param members its threads, of all its processes; after kill -9, Kafka counts them for some seconds more
 * @param stuckSince since when it has processed nothing of a partition on which there is something; null: it goes on, or has
 *     nothing to do
 */
public record StreamsGroup(int members, @Nullable Instant stuckSince) {}
