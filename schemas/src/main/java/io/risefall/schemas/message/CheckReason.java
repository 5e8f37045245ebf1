package io.risefall.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Why a check changed a server's mind: {@code reason: TEXT[, code: N][, info: "INFO"][, check duration: Dms]}.
 *
 * @param status HAProxy's short code
 * @param code HTTP status, exit code or the like; can be 0 or negative; null where the line has none
 * @param info what the server, the agent or the system said, as printed: unprintable bytes, quotes and angle brackets
 *     are {@code <HH>}; untrusted text; null where the line has none (an empty info is an empty string)
 * @param durationMillis how long the check took; null for {@code Health analyze}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckReason(
        CheckStatus status,
        @Nullable Integer code,
        @Nullable String info,
        @Nullable Long durationMillis) {
    /** Whether an agent gave this reason: only the info shows it, as HAProxy has no other mark for it in a DOWN line. */
    public boolean fromAgent() {
        return info != null && info.startsWith("via agent : ");
    }
}
