package io.risefall.schemas.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.key.EpochMicros;
import io.risefall.schemas.key.HealthKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of time in which a backend had no usable server: from {@code has no server available!} on.
 *
 * @param node the HAProxy host
 * @param proxy the backend
 * @param startedAt when its last server went
 * @param endedAt when the first one came back, or the process ended; null while it lasts
 * @param provenance the lines that it follows from; null in records of an older build
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackendOutage(
        String node,
        String proxy,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable Provenance provenance) implements StateRecord, Traced {

    /** One of which the lines are not known. */
    public BackendOutage(String node, String proxy, Instant startedAt, @Nullable Instant endedAt) {
        this(node, proxy, startedAt, endedAt, null);
    }

    @Override
    public String key() {
        return HealthKey.escape(node) + "/" + proxy + "//backend-outage/" + EpochMicros.of(startedAt);
    }
}
