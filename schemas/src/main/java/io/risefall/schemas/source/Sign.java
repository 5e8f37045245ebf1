package io.risefall.schemas.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.Topics;
import io.risefall.schemas.key.HealthKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Signs of life of one HAProxy process in one source: in which minutes of an hour it printed a line of any kind, traffic
 * included. The value of {@link Topics#SIGNS}. Records of one hour add up: minutes that any of them has count, the
 * earliest first line and the latest last.
 *
 * @param node the HAProxy host
 * @param source where the lines were read
 * @param pid the process; null where the lines have none
 * @param hour where the 60 minutes begin; a full hour in the zone that the stamps are in
 * @param minutes bit n: a line came in minute n
 * @param traffic those of them in which it printed lines that say nothing of health: only these come as a habit
 * @param firstAt its first line in the hour, of those that the record is about
 * @param lastAt the last of them, to the minute: one that comes later in the same minute is not said again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sign(
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
