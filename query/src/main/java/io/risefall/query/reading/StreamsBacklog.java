package io.risefall.query.reading;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the streams part has not processed of one partition.
 *
 * @param records offsets; 0: it is at the end
 * @param since since when it has not been at the end; null where it is
 */
public record StreamsBacklog(long records, @Nullable Instant since) {}
