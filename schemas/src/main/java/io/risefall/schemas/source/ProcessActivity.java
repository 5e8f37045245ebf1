package io.risefall.schemas.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.Topics;
import io.risefall.schemas.key.HealthKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Activity of one HAProxy process in one source: the minutes of an hour in which it printed a line of any kind, traffic
 * included. The value of {@link Topics#SIGNS}. Records of one hour add up: the union of their minutes, the earliest first
 * line and the latest last.
 *
 * @param node the HAProxy host
 * @param source where the lines were read
 * @param pid the process; null if the lines have no pid
 * @param hour start of the 60 minutes; a full hour in the zone of the timestamps
 * @param minutes bit n: a line came in minute n
 * @param traffic those of them in which it printed lines that are not about health: only these come regularly
 * @param firstAt its first line in the hour, of those in this record
 * @param lastAt the last of them, to the minute: a later line in the same minute gives no new record
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProcessActivity(
        String node,
        String source,
        @Nullable Long pid,
        Instant hour,
        long minutes,
        long traffic,
        Instant firstAt,
        Instant lastAt) {
    /** The key: {@code node/source}. */
    public String key() {
        return HealthKey.escape(node) + "/" + source;
    }
}
