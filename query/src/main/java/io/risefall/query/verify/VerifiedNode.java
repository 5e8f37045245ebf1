package io.risefall.query.verify;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How well a node's log is known.
 *
 * @param lastAt time of its latest line, corrected by what is known of its clock; null: no line has a time
 * @param behind lines that are read, and whose meaning is not worked out yet
 * @param awayMs how long Risefall did not listen to it within the window
 */
record VerifiedNode(String node, @Nullable Instant lastAt, long behind, long awayMs) {}
