package io.risefall.streams.model;

import io.risefall.streams.model.StreamsSettings.Rules;
import java.time.Instant;
import java.util.List;

/** What lines are about and what is known of it: a server on a node, or a backend on a node. Pure. */
public interface EntityState {
    /** The state after one more word, and what is to be said about it. */
    StateUpdate<EntityState> on(StateInput word, Rules rules);

    /** What has been said of things that still last or may still be corrected by the next word. */
    List<OutputRecord> lasting();

    /** Whether nothing is known of it now, so that nothing is lost when it is forgotten. */
    boolean knowsNothing();

    /** What is to be said when it is gone since {@code at}. */
    List<OutputRecord> gone(Instant at);
}
