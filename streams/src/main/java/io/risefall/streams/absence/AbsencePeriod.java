package io.risefall.streams.absence;

import java.time.Instant;

/**
 * A time when nobody listened to a node.
 *
 * @param from the earliest time that a lost line can have
 * @param until a line of this time or a later one was not lost
 */
public record AbsencePeriod(Instant from, Instant until) {}
