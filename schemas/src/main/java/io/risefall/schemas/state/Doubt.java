package io.risefall.schemas.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.Keys;
import io.risefall.schemas.key.ServerName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which the state of one server stood only because nothing else was heard: it began while Risefall
 * was away (see {@link Absence}), and lasts until a line tells.
 *
 * @param node the HAProxy host
 * @param server the server on it
 * @param fromAt when Risefall went away
 * @param awayUntil when it was back: until then any line can have been lost
 * @param toAt until when the state is doubtful; null while no line has told
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Doubt(
        String node,
        ServerName server,
        Instant fromAt,
        Instant awayUntil,
        @Nullable Instant toAt) implements StateRecord {
    @Override
    public String key() {
        return Keys.of(node, server, "doubt", fromAt);
    }
}
