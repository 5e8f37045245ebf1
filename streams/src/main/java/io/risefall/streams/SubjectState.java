package io.risefall.streams;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.risefall.streams.StreamsSettings.Rules;
import java.time.Instant;
import java.util.List;

/** What lines are about and what is known of it: a server on a node, or a backend on a node. Pure. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "of")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerState.class, name = "server"),
    @JsonSubTypes.Type(value = BackendState.class, name = "backend")
})
sealed interface SubjectState permits ServerState, BackendState {
    /** The state after one more word, and what is to be said about it. */
    Step<SubjectState> on(Word word, Rules rules);

    /** What has been said of things that still last or may still be corrected by the next word. */
    List<Emission> lasting();

    /** Whether nothing is known of it now, so that nothing is lost when it is forgotten. */
    boolean knowsNothing();

    /** What is to be said when it is gone since {@code at}. */
    List<Emission> gone(Instant at);
}
