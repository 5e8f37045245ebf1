package io.risefall.schemas.state;

import io.risefall.schemas.Topics;
import io.risefall.schemas.key.Keys;
import io.risefall.schemas.key.ServerName;
import java.time.Instant;

/**
 * A flapping episode of one server by RFC 2439 damping. The value of {@link Topics#FLAPPING}.
 *
 * @param node the HAProxy host
 * @param server the server on it
 * @param startedAt when the penalty reached the limit
 * @param calmAt when the penalty decays below the calm limit if nothing more happens: the episode's end once that time
 *     has passed; moved by every further DOWN before it
 * @param downs DOWNs of the episode, those that led to it included
 * @param peakPenalty the highest penalty reached
 */
public record Flapping(
        String node, ServerName server, Instant startedAt, Instant calmAt, int downs, double peakPenalty) {

    /** The key: {@code node/proxy/server/flapping/start in epoch microseconds}. */
    public String key() {
        return Keys.of(node, server, "flapping", startedAt);
    }
}
