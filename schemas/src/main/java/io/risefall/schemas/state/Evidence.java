package io.risefall.schemas.state;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import io.risefall.schemas.event.LinePosition;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What one line has to do with a record that follows from it.
 *
 * @param role what it is for the record
 * @param line the line; null if what happened has none of its own, as a process that began with traffic
 * @param at when it happened, if no line is named; else null
 * @param rule the rule that infers it; only of {@link Role#INFERRED}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evidence(
        Role role,
        @Nullable LinePosition line,
        @Nullable Instant at,
        @Nullable Rule rule) {

    public Evidence {
        if ((rule != null) != (role == Role.INFERRED)) {
            throw new IllegalArgumentException(role + " by rule " + rule);
        }
    }

    /** @param line null if it is not known: then its time says which one it is */
    public static Evidence of(Role role, @Nullable LinePosition line, Instant at) {
        return new Evidence(role, line, line == null ? at : null, null);
    }

    /** Inferred from a line, or from none. */
    public static Evidence inferred(Rule rule, @Nullable LinePosition line, Instant at) {
        return new Evidence(Role.INFERRED, line, line == null ? at : null, rule);
    }

    public static Evidence processBegan(Instant at) {
        return of(Role.PROCESS_BEGAN, null, at);
    }

    /** What a line can be for a record. */
    public enum Role {
        /** The first failed check of the run that led to an outage. */
        FIRST_FAILURE(1),
        /** The failed check whose reason is the outage's. */
        DECIDED(1),
        /** The line that said that it began. */
        OPENED(1),
        /** A further line that said the same. */
        REPEATED(3),
        /** The first passed check of the run that ended an outage, or may end it. */
        FIRST_SUCCESS(1),
        /** The line that said that it ended. */
        CLOSED(1),
        /** A process began. */
        PROCESS_BEGAN(3),
        /** Its begin, its end or what it is follows from the line by a {@link Rule}. */
        INFERRED(5),
        /** A failed check that was counted. */
        COUNTED(10);

        private final int most;
        private final String word = name().toLowerCase(Locale.ROOT);

        Role(int most) {
            this.most = most;
        }

        /** So many of a record are kept. */
        int most() {
            return most;
        }

        @JsonCreator
        public static Role of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        @JsonValue
        public String word() {
            return word;
        }
    }

    /** The rules of {@code docs/semantics.md} by which what no line says is inferred. */
    public enum Rule {
        // The first message of a new process: the rows of the table of reloads.
        DOWN_AT_ONCE,
        DOWN_LATER,
        UP,
        STOPPING,
        MAINTENANCE,
        MAINTENANCE_FROM_DOWN,
        LEAVES_MAINTENANCE,
        REMAINS_IN_MAINTENANCE,
        DRAINS,
        DRAINS_WHILE_DOWN,
        DRAINS_WHILE_UP,
        REMAINS_DRAINED,
        LEAVES_DRAIN_WHILE_DOWN,
        LEAVES_DRAIN_WHILE_UP,
        FAILED_CHECK_DOWN_AT_ONCE,
        FAILED_CHECK_DOWN_LATER,
        PASSED_CHECK_DOWN,
        FAILED_CHECK_UP,
        PASSED_CHECK_UP,
        CHECK_DRAIN,
        OTHER_CHECK,
        SNAPSHOT_UP,
        SNAPSHOT_DOWN,
        SERVER_STATE_DOWN,
        OBSERVED_UP,
        OBSERVED_DOWN,
        OBSERVED_MAINTENANCE,
        OBSERVED_DRAIN,
        LOSES_NAME,
        REPLACED_AT_ONCE,
        REPLACED_LATER,
        /** The first line of a server implies its state since its process began. */
        FIRST_LINE,
        /** A passed check says DOWN of a server that was not: it went DOWN before. */
        DOWN_LINE_MISSING,
        /** The check that had brought it down passed often enough, or it went DOWN again. */
        UP_LINE_MISSING,
        /** A line says that it was in maintenance, and none that it went there. */
        MAINTENANCE_LINE_MISSING,
        /** HAProxy prints {@code going DOWN for maintenance} only for a server that is not DOWN. */
        UP_BEFORE_MAINTENANCE,
        /** A dump, or a server-state file, says what it is and not since when. */
        SNAPSHOT,
        /** HAProxy was asked, and told what it is and not since when. */
        OBSERVED,
        /** The process stopped serving the proxy. */
        PROXY_STOPPED,
        /** The last process ended. */
        PROCESS_ENDED,
        /** A DOWN line that leaves servers: a new process began with all of them. */
        SERVERS_LEFT,
        /** Nobody listened. */
        ABSENCE,
        /** Nothing was said of it for so long that it is taken to be gone. */
        EXPIRED;

        @JsonCreator
        public static Rule of(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT));
        }

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
