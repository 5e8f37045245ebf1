package io.risefall.schemas.state;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.Topics;
import io.risefall.schemas.key.EpochMicros;
import io.risefall.schemas.key.HealthKey;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Failed checks of one server in one minute, by reason and code. The value of {@link Topics#ROLLUPS}; a later record
 * of the same key replaces it. Repeated lines are counted once.
 *
 * @param node the HAProxy host
 * @param server the server on it
 * @param minute the minute, UTC
 * @param reason HAProxy's short code
 * @param code its code; null where there is none
 * @param failures failed checks that the log shows (without {@code log-health-checks}: the one that marked it DOWN)
 * @param downs how many of them marked it DOWN
 * @param maxDurationMillis the slowest of them; null where no line says
 * @param provenance the lines that are counted, the slowest always among them; null in records of an older build
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Rollup(
        String node,
        ServerName server,
        Instant minute,
        CheckStatus reason,
        @Nullable Integer code,
        int failures,
        int downs,
        @Nullable Long maxDurationMillis,
        @Nullable Provenance provenance)
        implements Traced {

    /** One of which the lines are not known. */
    public Rollup(
            String node,
            ServerName server,
            Instant minute,
            CheckStatus reason,
            @Nullable Integer code,
            int failures,
            int downs,
            @Nullable Long maxDurationMillis) {
        this(node, server, minute, reason, code, failures, downs, maxDurationMillis, null);
    }

    /** The key: {@code node/proxy/server/reason/code/minute}. */
    public String key() {
        return HealthKey.escape(node) + "/" + server + "/" + reason + "/" + (code == null ? "" : code) + "/"
                + EpochMicros.of(minute);
    }
}
