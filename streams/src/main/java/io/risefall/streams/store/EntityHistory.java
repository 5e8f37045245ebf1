package io.risefall.streams.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.risefall.schemas.key.ServerName;
import io.risefall.streams.backend.BackendState;
import io.risefall.streams.dedup.Deduplicator;
import io.risefall.streams.model.EntityState;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.LogPath;
import io.risefall.streams.model.TrackedEntity;
import io.risefall.streams.node.NodeRecord;
import io.risefall.streams.server.ServerState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The stored record of an entity, beside its lines.
 *
 * @param entity the server or backend
 * @param base the state before {@code cut}; no later line can change it
 * @param cut lines before it are folded into {@code base}; null if none is
 * @param state the state after all lines
 * @param lastLine {@link LineKey} of the newest line
 * @param oldestAt event time of the oldest stored line
 * @param suspectedForged whether a line is left out as possibly forged
 * @param logPath {@link LogPath#name} of all lines of the newest {@link Deduplicator#clusters cluster}; null if there are several
 * @param lastLineOn day on which the last line arrived, as {@link NodeRecord#lastLineOn}; 0 if an older build stored it
 * @param sinceCheckpoint lines since the last {@link Checkpoint}, about
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EntityHistory(
        @JsonProperty("subject") TrackedEntity entity,

        @StoredState EntityState base,

        @Nullable Instant cut,

        @StoredState EntityState state,

        String lastLine,
        Instant oldestAt,
        @JsonProperty("doubted") boolean suspectedForged,
        @JsonProperty("lane") @Nullable String logPath,
        @JsonProperty("heardOn") long lastLineOn,
        int sinceCheckpoint) {

    public static EntityHistory begin(TrackedEntity entity, Instant at) {
        EntityState unseen = entity.isBackend()
                ? BackendState.unseen(entity.node(), entity.proxy())
                : ServerState.unseen(entity.node(), new ServerName(entity.proxy(), entity.server()));
        return new EntityHistory(entity, unseen, null, unseen, "", at, false, null, 0, 0);
    }

    /** After one more line, which may be older than the newest. */
    public EntityHistory after(EntityState next, String line, @Nullable String newPath) {
        String newest = line.compareTo(lastLine) > 0 ? line : lastLine;
        return new EntityHistory(
                entity, base, cut, next, newest, oldestAt, suspectedForged, newPath, lastLineOn, sinceCheckpoint + 1);
    }

    /** The same, with a line that arrived today. */
    public EntityHistory receivedOn(long today) {
        return today == lastLineOn
                ? this
                : new EntityHistory(
                        entity, base, cut, state, lastLine, oldestAt, suspectedForged, logPath, today, sinceCheckpoint);
    }

    /** The same, just after a checkpoint. */
    public EntityHistory atCheckpoint() {
        return new EntityHistory(entity, base, cut, state, lastLine, oldestAt, suspectedForged, logPath, lastLineOn, 0);
    }

    /** After a late line that changes nothing at the end. */
    public EntityHistory withLine(Instant at) {
        return at.isBefore(oldestAt)
                ? new EntityHistory(
                        entity, base, cut, state, lastLine, at, suspectedForged, logPath, lastLineOn, sinceCheckpoint)
                : this;
    }
}
