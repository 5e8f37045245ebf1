package io.risefall.schemas.state;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.risefall.schemas.key.Keys;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.ServerCounts;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One unplanned DOWN interval of one server.
 *
 * @param node the HAProxy host
 * @param server the server on it
 * @param backup whether it is a backup server
 * @param startedAt when HAProxy decided
 * @param endedAt when it ended; null while it lasts
 * @param endedBy how it ended; null while it lasts
 * @param reason the check that decided it; null where no line says (a tracked server, a lost check line)
 * @param changedFrom {@code CLI}, {@code Web interface}, … where an operator forced it; else null
 * @param via the server that it tracks and whose outage this is; else null
 * @param agent whether the agent decided it
 * @param joined whether the reason was joined from a check line (true) or stood in the switch line (false)
 * @param firstFailureAt the first failed check of the run that led to it; null where no check line says
 * @param backendEmptied whether the backend had no server left after it
 * @param certain false where its begin or end is inferred and not said by a line
 * @param pid the process that said DOWN first; null where the log has none
 * @param firstSuccessAt the first passed check of the run that ended it or, while it lasts, that may end it; null where no
 *     check line says
 * @param counts what HAProxy says that the backend had left after it; null where no line says
 * @param provenance the lines that it follows from; null in records of an older build
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outage(
        String node,
        ServerName server,
        boolean backup,
        Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable EndedBy endedBy,
        @Nullable CheckReason reason,
        @Nullable String changedFrom,
        @Nullable ServerName via,
        boolean agent,
        boolean joined,
        @Nullable Instant firstFailureAt,
        boolean backendEmptied,
        boolean certain,
        @Nullable Long pid,
        @Nullable Instant firstSuccessAt,
        @Nullable ServerCounts counts,
        @Nullable Provenance provenance)
        implements StateRecord, Traced {

    /** One of which the lines are not known. */
    public Outage(
            String node,
            ServerName server,
            boolean backup,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable EndedBy endedBy,
            @Nullable CheckReason reason,
            @Nullable String changedFrom,
            @Nullable ServerName via,
            boolean agent,
            boolean joined,
            @Nullable Instant firstFailureAt,
            boolean backendEmptied,
            boolean certain,
            @Nullable Long pid,
            @Nullable Instant firstSuccessAt,
            @Nullable ServerCounts counts) {
        this(
                node,
                server,
                backup,
                startedAt,
                endedAt,
                endedBy,
                reason,
                changedFrom,
                via,
                agent,
                joined,
                firstFailureAt,
                backendEmptied,
                certain,
                pid,
                firstSuccessAt,
                counts,
                null);
    }

    /** One of whose recovery no check line tells, nor any line what was left. */
    public Outage(
            String node,
            ServerName server,
            boolean backup,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable EndedBy endedBy,
            @Nullable CheckReason reason,
            @Nullable String changedFrom,
            @Nullable ServerName via,
            boolean agent,
            boolean joined,
            @Nullable Instant firstFailureAt,
            boolean backendEmptied,
            boolean certain,
            @Nullable Long pid) {
        this(
                node,
                server,
                backup,
                startedAt,
                endedAt,
                endedBy,
                reason,
                changedFrom,
                via,
                agent,
                joined,
                firstFailureAt,
                backendEmptied,
                certain,
                pid,
                null,
                null,
                null);
    }

    /** How an outage ended. */
    public enum EndedBy {
        UP,
        MAINTENANCE,
        REMOVED,
        UNKNOWN;

        private final String word = name().toLowerCase(Locale.ROOT);

        @JsonCreator
        public static EndedBy of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        @JsonValue
        public String word() {
            return word;
        }
    }

    @Override
    public String key() {
        return Keys.of(node, server, "outage", startedAt);
    }
}
