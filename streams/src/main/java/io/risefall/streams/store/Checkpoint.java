package io.risefall.streams.store;

import io.risefall.streams.model.EntityState;
import java.time.Instant;

/**
 * The state of an entity at one time, from which later lines can be applied again.
 *
 * @param at event time
 * @param state the state after all lines and other inputs before {@code at}, and none else
 */
public record Checkpoint(Instant at, @StoredState EntityState state) {}
