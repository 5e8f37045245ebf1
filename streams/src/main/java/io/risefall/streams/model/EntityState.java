package io.risefall.streams.model;

import io.risefall.streams.model.StreamsSettings.Rules;
import java.time.Instant;
import java.util.List;

/** The state of an entity: a server on a node, or a backend on a node. Pure. */
public interface EntityState {
    /** The state after one more input, and the records to emit. */
    StateUpdate<EntityState> on(StateInput input, Rules rules);

    /** The emitted records of what still lasts, or what the next input can still correct. */
    List<OutputRecord> lasting();

    /** Whether nothing is known of the entity, so that nothing is lost if its state is deleted. */
    boolean knowsNothing();

    /** The last records of an entity that ended at {@code at}. */
    List<OutputRecord> expired(Instant at);
}
