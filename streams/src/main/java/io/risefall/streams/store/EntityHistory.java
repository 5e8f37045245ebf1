package io.risefall.streams.store;

import com.fasterxml.jackson.annotation.JsonInclude;
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
 * What is stored of a subject beside its lines.
 *
 * @param subject what it is about
 * @param base the state before {@code cut}; no later line can change it
 * @param cut lines before it are folded into {@code base}; null while nothing is
 * @param state the state after all lines
 * @param lastLine {@link LineKey} of the newest line
 * @param oldestAt event time of the oldest line that is still kept
 * @param doubted whether a line is left out because nothing proves it so far
 * @param lane {@link LogPath#name} of all lines of the newest {@link Deduplicator#stretches stretch}; null where there are several
 * @param heardOn day of the last line that came, as {@link NodeRecord#heardOn}; 0 where it was not kept yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EntityHistory(
        TrackedEntity subject,

        @StoredState EntityState base,

        @Nullable Instant cut,

        @StoredState EntityState state,

        String lastLine,
        Instant oldestAt,
        boolean doubted,
        @Nullable String lane,
        long heardOn) {

    public static EntityHistory begin(TrackedEntity subject, Instant at) {
        EntityState unseen = subject.isBackend()
                ? BackendState.unseen(subject.node(), subject.proxy())
                : ServerState.unseen(subject.node(), new ServerName(subject.proxy(), subject.server()));
        return new EntityHistory(subject, unseen, null, unseen, "", at, false, null, 0);
    }

    /** After one more line, which may be older than the newest. */
    public EntityHistory after(EntityState next, String line, @Nullable String newLane) {
        String newest = line.compareTo(lastLine) > 0 ? line : lastLine;
        return new EntityHistory(subject, base, cut, next, newest, oldestAt, doubted, newLane, heardOn);
    }

    /** The same, with a line that came today. */
    public EntityHistory heard(long today) {
        return today == heardOn
                ? this
                : new EntityHistory(subject, base, cut, state, lastLine, oldestAt, doubted, lane, today);
    }
}
