package io.risefall.schemas.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * What the backend has after the change: {@code N active and M backup servers left|online.[ Running on backup.] …}.
 *
 * @param active usable active servers
 * @param backup usable backup servers
 * @param runningOnBackup whether only backups serve; where the line is cut before that word, by HAProxy's own condition
 *     for it (no active server, some backup)
 * @param sessionsActive sessions on the stopped server; null where the line has none (a start)
 * @param requeued sessions moved to other servers or to this one; null where the line is cut before it
 * @param queued sessions waiting in the backend; null where the line is cut before it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServerCounts(
        int active,
        int backup,
        boolean runningOnBackup,
        @Nullable Long sessionsActive,
        @Nullable Long requeued,
        @Nullable Long queued) {

    /** Whether no server is left. */
    public boolean none() {
        return active + backup == 0;
    }
}
