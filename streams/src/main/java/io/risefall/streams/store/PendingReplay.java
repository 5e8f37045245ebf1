package io.risefall.streams.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.streams.model.LineKey;
import io.risefall.streams.model.TrackedEntity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entity that must be replayed; stored until it was. Immutable.
 *
 * @param node as in {@link TrackedEntity}
 * @param proxy as in {@link TrackedEntity}
 * @param server as in {@link TrackedEntity}
 * @param lines {@link LineKey}s of the lines that were not applied, if nothing else changed; null if everything must be replayed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PendingReplay(
        String node, String proxy, String server, @Nullable List<String> lines) {
    /** With more lines than this, all are replayed: the same line could be applied again for each of them. */
    static final int MOST_LINES = 64;

    /** Everything must be replayed. */
    public static PendingReplay whole(TrackedEntity entity) {
        return new PendingReplay(entity.node(), entity.proxy(), entity.server(), null);
    }

    /** Nothing changed but that one line was added. */
    public static PendingReplay of(TrackedEntity entity, String line) {
        return new PendingReplay(entity.node(), entity.proxy(), entity.server(), List.of(line));
    }

    @JsonIgnore
    public TrackedEntity entity() {
        return new TrackedEntity(node, proxy, server);
    }

    /** The same after one more line. */
    public PendingReplay with(String line) {
        if (lines == null || lines.contains(line)) {
            return this;
        }
        List<String> more = new ArrayList<>(lines);
        more.add(line);
        return new PendingReplay(node, proxy, server, more.size() > MOST_LINES ? null : more);
    }
}
