package io.risefall.schemas.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.Topics;
import io.risefall.schemas.key.HealthKey;
import io.risefall.schemas.message.HealthMessage;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One health line of HAProxy: who said what and when, and where it was read. The value of {@link Topics#EVENTS}.
 *
 * @param at event time, from the line; receive time where the line has none (formats {@code raw}, {@code short}); UTC,
 *     microseconds
 * @param precise whether {@code at} has fractions of a second; true for a receive time
 * @param receivedAt when it was received; for a file when it was read
 * @param node the HAProxy host
 * @param pid the HAProxy process; null where the header has none
 * @param tag the syslog tag ({@code log-tag}); null where the header has none
 * @param severity the syslog severity; null where the header has none
 * @param message what was said, typed
 * @param text what was said, byte for byte (ISO 8859-1 of the bytes), without the header
 * @param line the whole line with its header, without the line end; bytes that are not UTF-8 are replaced
 * @param origin where it was read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HealthEvent(
        Instant at,
        boolean precise,
        Instant receivedAt,
        String node,
        @Nullable Long pid,
        @Nullable String tag,
        @Nullable Severity severity,
        HealthMessage message,
        String text,
        String line,
        Origin origin) {

    /** The key under which it is published. */
    public HealthKey key() {
        return new HealthKey(node, message.proxy());
    }
}
