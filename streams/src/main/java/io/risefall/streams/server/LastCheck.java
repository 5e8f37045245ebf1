package io.risefall.streams.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.event.LinePosition;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.streams.model.Line;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last check line of one kind (health or agent) of one server, and the run of failures that it belongs to. Pure.
 *
 * @param at when it was printed
 * @param pid the process that printed it
 * @param outcome what the check found
 * @param reason its reason
 * @param health {@code n} of {@code n/m}
 * @param threshold {@code m} of {@code n/m}
 * @param state what it says that the server is; null if the line was cut before it
 * @param failingSince first failed check of the current run of failures; null if the last check did not count as failed
 * @param line which line it is, if it counts as failed; else null
 * @param firstFailure which line {@code failingSince} is of; null if there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LastCheck(
        Instant at,
        @Nullable Long pid,
        CheckResult.Outcome outcome,
        @Nullable CheckReason reason,
        @Nullable Integer health,
        @Nullable Integer threshold,
        CheckResult.@Nullable State state,
        @Nullable Instant failingSince,
        @Nullable LinePosition line,
        @Nullable LinePosition firstFailure) {

    static LastCheck after(
            @Nullable LastCheck before,
            Instant at,
            @Nullable Long pid,
            CheckResult check,
            @Nullable LinePosition line) {
        boolean failed = decides(check);
        LastCheck run =
                before != null && before.failingSince != null && Line.sameProcess(before.pid, pid) ? before : null;
        return new LastCheck(
                at,
                pid,
                check.outcome(),
                check.reason(),
                check.health(),
                check.threshold(),
                check.state(),
                !failed ? null : run == null ? at : run.failingSince,
                failed ? line : null,
                !failed ? null : run == null ? line : run.firstFailure);
    }

    /** Whether the check counts as failed: an agent that cannot be reached does not, only its answer does. */
    private static boolean decides(CheckResult check) {
        return check.outcome() == CheckResult.Outcome.FAILED
                && (!check.agent() || check.reason() == null || check.reason().status() == CheckStatus.L7STS);
    }

    /** Whether {@code check} repeats this line: it came from a second log target, or was sent again. */
    boolean repeatedBy(@Nullable Long otherPid, CheckResult check) {
        return Line.sameProcess(pid, otherPid)
                && outcome == check.outcome()
                && Objects.equals(health, check.health())
                && Objects.equals(threshold, check.threshold())
                && state == check.state()
                && Objects.equals(status(reason), status(check.reason()))
                && Objects.equals(code(reason), code(check.reason()));
    }

    /** After a time in which lines may have been lost: all that remains is that this process logs its checks. */
    LastCheck forgotten() {
        return new LastCheck(at, pid, CheckResult.Outcome.SUCCEEDED, null, null, null, null, null, null, null);
    }

    boolean failed() {
        return outcome == CheckResult.Outcome.FAILED;
    }

    /** How long before {@code time} it was printed. */
    Duration age(Instant time) {
        return Duration.between(at, time);
    }

    private static @Nullable Object status(@Nullable CheckReason reason) {
        return reason == null ? null : reason.status();
    }

    private static @Nullable Object code(@Nullable CheckReason reason) {
        return reason == null ? null : reason.code();
    }
}
