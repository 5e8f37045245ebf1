package io.risefall.schemas.state;

import io.risefall.schemas.key.EpochMicros;
import io.risefall.schemas.key.HealthKey;
import java.time.Instant;

/**
 * Counts that do not follow from the lines before them: {@code N active and M backup servers left|online} of a backend
 * must be what the line before it said, and what became of its servers in between. Where it is not, lines are missing.
 * Evidence and not proof: HAProxy prints nothing when a weight becomes 0 or comes back from it, a log target can let only
 * some levels through, and a HAProxy that starts again under the same pid (as in a container) begins anew.
 *
 * @param node the HAProxy host
 * @param proxy the backend
 * @param pid the process that counted
 * @param fromAt the last line whose counts agreed
 * @param toAt the line whose counts did not
 * @param missing how many changes of servers no line tells of, at least
 * @param expectedActive usable active servers as the lines before tell
 * @param expectedBackup usable backup servers as the lines before tell
 * @param seenActive usable active servers as the line says
 * @param seenBackup usable backup servers as the line says
 */
public record Loss(
        String node,
        String proxy,
        long pid,
        Instant fromAt,
        Instant toAt,
        int missing,
        int expectedActive,
        int expectedBackup,
        int seenActive,
        int seenBackup)
        implements StateRecord {
    /** Has the process where other keys have the server. */
    @Override
    public String key() {
        return HealthKey.escape(node) + "/" + proxy + "/" + pid + "/loss/" + EpochMicros.of(toAt);
    }
}
