package io.risefall.query.leader;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code serve} is among several.
 *
 * @param state how far it has come
 * @param leader what the leader calls itself, as far as this one knows; null: it knows of none
 * @param problem why it takes no part now; null: it does
 * @param remarks what is wrong with the leader's topic, a clause each
 */
public record Role(
        State state, @Nullable String leader, @Nullable String problem, List<String> remarks) {
    /** Whether it tells people. */
    public enum State {
        /** It reads what was told so far, or cannot reach Kafka. */
        STARTING,
        STAND_BY,
        LEADER
    }

    public Role {
        remarks = List.copyOf(remarks);
    }

    public boolean leads() {
        return state == State.LEADER;
    }
}
