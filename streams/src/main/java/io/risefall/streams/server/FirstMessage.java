package io.risefall.streams.server;

import static io.risefall.streams.server.ReloadOutcome.CONTINUED;
import static io.risefall.streams.server.ReloadOutcome.ENDED;
import static io.risefall.streams.server.ReloadOutcome.NONE;
import static io.risefall.streams.server.ReloadOutcome.PENDING;
import static io.risefall.streams.server.ReloadOutcome.RECOVERED;
import static io.risefall.streams.server.ReloadOutcome.UNDRAINED;
import static io.risefall.streams.server.ReloadOutcome.UNKNOWN;

import io.risefall.schemas.state.Evidence;

/**
 * The decision table of a reload: what the first message of a new process about a server shows about the state before
 * the reload. The table in {@code docs/semantics.md} has the same rows and cells.
 *
 * <p>HAProxy begins with every server UP, unless a server-state file or the configuration says otherwise, and prints each
 * change from then on. So a message that HAProxy prints only in one state shows that the server was in it all along. "At
 * once" is within the time that first checks take.
 */
enum FirstMessage {
    // Before the reload: UP, drain, maintenance, DOWN, DOWN and then a silent process
    DOWN_AT_ONCE(ENDED, ENDED, ENDED, UNDRAINED, ENDED, "`is DOWN`, at once"),
    DOWN_LATER(ENDED, ENDED, ENDED, ENDED, ENDED, "`is DOWN`, later"),
    UP(UNKNOWN, UNKNOWN, UNKNOWN, RECOVERED, RECOVERED, "`is UP`"),
    STOPPING(ENDED, ENDED, ENDED, ENDED, ENDED, "`is stopping`"),
    MAINTENANCE(ENDED, ENDED, ENDED, ENDED, ENDED, "`going DOWN for maintenance`"),
    MAINTENANCE_FROM_DOWN(UNKNOWN, UNKNOWN, UNKNOWN, CONTINUED, CONTINUED, "`was DOWN and now enters maintenance`"),
    LEAVES_MAINTENANCE(UNKNOWN, UNKNOWN, CONTINUED, UNKNOWN, UNKNOWN, "`is UP/READY (leaving …)`, `is DOWN/READY (…)`"),
    REMAINS_IN_MAINTENANCE(UNKNOWN, UNKNOWN, CONTINUED, UNKNOWN, UNKNOWN, "`remains in forced maintenance`"),
    DRAINS(ENDED, ENDED, ENDED, PENDING, PENDING, "`enters drain state`, cut before its counts"),
    DRAINS_WHILE_DOWN(ENDED, ENDED, ENDED, CONTINUED, CONTINUED, "`enters drain state. … backup servers left`"),
    DRAINS_WHILE_UP(ENDED, ENDED, ENDED, ENDED, ENDED, "`enters drain state. … backup servers online`"),
    REMAINS_DRAINED(ENDED, CONTINUED, ENDED, PENDING, PENDING, "`remains in drain mode`"),
    LEAVES_DRAIN_WHILE_DOWN(UNKNOWN, CONTINUED, UNKNOWN, CONTINUED, CONTINUED, "`is DOWN (leaving drain)`"),
    LEAVES_DRAIN_WHILE_UP(UNKNOWN, CONTINUED, UNKNOWN, ENDED, ENDED, "`is UP (leaving drain)`"),
    FAILED_CHECK_DOWN_AT_ONCE(ENDED, ENDED, ENDED, UNDRAINED, ENDED, "a failed check `0/2 DOWN`, at once"),
    FAILED_CHECK_DOWN_LATER(ENDED, ENDED, ENDED, PENDING, PENDING, "a failed check `0/2 DOWN`, later"),
    PASSED_CHECK_DOWN(ENDED, ENDED, ENDED, CONTINUED, CONTINUED, "a passed check `1/2 DOWN`"),
    FAILED_CHECK_UP(ENDED, ENDED, ENDED, PENDING, PENDING, "a failed check `2/3 UP`"),
    PASSED_CHECK_UP(ENDED, ENDED, ENDED, ENDED, ENDED, "a passed check `3/3 UP`"),
    CHECK_DRAIN(ENDED, CONTINUED, ENDED, ENDED, ENDED, "a check `3/3 DRAIN`"),
    OTHER_CHECK(NONE, NONE, PENDING, PENDING, PENDING, "a check of the kind that does not decide"),
    SNAPSHOT_UP(ENDED, ENDED, ENDED, UNKNOWN, UNKNOWN, "`SIGHUP: Server … is UP`"),
    SNAPSHOT_DOWN(CONTINUED, UNKNOWN, CONTINUED, CONTINUED, CONTINUED, "`SIGHUP: Server … is DOWN`"),
    SERVER_STATE_DOWN(CONTINUED, UNKNOWN, CONTINUED, CONTINUED, CONTINUED, "`is DOWN, changed from server-state …`"),
    OBSERVED_UP(ENDED, ENDED, ENDED, ENDED, ENDED, "`show stat`: UP"),
    OBSERVED_DOWN(UNKNOWN, UNKNOWN, UNKNOWN, CONTINUED, CONTINUED, "`show stat`: DOWN"),
    OBSERVED_MAINTENANCE(UNKNOWN, UNKNOWN, CONTINUED, UNKNOWN, UNKNOWN, "`show stat`: MAINT"),
    OBSERVED_DRAIN(UNKNOWN, CONTINUED, UNKNOWN, UNKNOWN, UNKNOWN, "`show stat`: DRAIN, NOLB"),
    LOSES_NAME(UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, "`renamed from` this name"),
    REPLACED_AT_ONCE(CONTINUED, PENDING, PENDING, PENDING, PENDING, "none, and another process within 2 s"),
    REPLACED_LATER(ENDED, PENDING, PENDING, PENDING, PENDING, "none, and another process later");

    private final String label;
    private final ReloadOutcome afterUp;
    private final ReloadOutcome afterDrain;
    private final ReloadOutcome afterMaintenance;
    private final ReloadOutcome afterDown;
    private final ReloadOutcome afterSilence;

    FirstMessage(
            ReloadOutcome afterUp,
            ReloadOutcome afterDrain,
            ReloadOutcome afterMaintenance,
            ReloadOutcome afterDown,
            ReloadOutcome afterSilence,
            String label) {
        this.label = label;
        this.afterUp = afterUp;
        this.afterDrain = afterDrain;
        this.afterMaintenance = afterMaintenance;
        this.afterDown = afterDown;
        this.afterSilence = afterSilence;
    }

    /** What became of a server that was this before the reload. */
    ReloadOutcome after(BeforeReload before) {
        return switch (before) {
            case UP -> afterUp;
            case DRAIN -> afterDrain;
            case MAINTENANCE -> afterMaintenance;
            case DOWN -> afterDown;
            case DOWN_THEN_SILENT -> afterSilence;
        };
    }

    /** The name of its row in records. */
    Evidence.Rule rule() {
        return Evidence.Rule.valueOf(name());
    }

    /** As in the first column of the table in {@code docs/semantics.md}. */
    String label() {
        return label;
    }
}
