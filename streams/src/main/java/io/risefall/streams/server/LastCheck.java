package io.risefall.streams.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.message.CheckReason;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.CheckStatus;
import io.risefall.streams.model.Same;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last check line of one kind (health or agent) of one server, and the run of failures that it belongs to. Pure.
 *
 * @param at when it was printed
 * @param pid by which process
 * @param outcome what the check found
 * @param reason its reason
 * @param health {@code n} of {@code n/m}
 * @param threshold {@code m} of {@code n/m}
 * @param failingSince first check that spoke against the server in the run that still goes on; null when the last one did
 *     not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LastCheck(
        Instant at,
        @Nullable Long pid,
        CheckResult.Outcome outcome,
        @Nullable CheckReason reason,
        @Nullable Integer health,
        @Nullable Integer threshold,
        @Nullable Instant failingSince) {

    static LastCheck after(@Nullable LastCheck before, Instant at, @Nullable Long pid, CheckResult check) {
        return new LastCheck(
                at,
                pid,
                check.outcome(),
                check.reason(),
                check.health(),
                check.threshold(),
                decides(check) ? runStart(before, at, pid) : null);
    }

    /** Whether the check speaks against the server: an agent that cannot be reached does not, only its word does. */
    private static boolean decides(CheckResult check) {
        return check.outcome() == CheckResult.Outcome.FAILED
                && (!check.agent() || check.reason() == null || check.reason().status() == CheckStatus.L7STS);
    }

    private static Instant runStart(@Nullable LastCheck before, Instant at, @Nullable Long pid) {
        boolean goesOn = before != null && before.failingSince != null && Same.process(before.pid, pid);
        return goesOn ? before.failingSince : at;
    }

    /** Whether {@code check} says again what this line said: a copy from a second log target, a replay. */
    boolean repeatedBy(@Nullable Long otherPid, CheckResult check) {
        return Same.process(pid, otherPid)
                && outcome == check.outcome()
                && Same.value(health, check.health())
                && Same.value(threshold, check.threshold())
                && Same.value(status(reason), status(check.reason()))
                && Same.value(code(reason), code(check.reason()));
    }

    /** Lines may have been lost since: only that this process logs its checks is still known. */
    LastCheck forgotten() {
        return new LastCheck(at, pid, CheckResult.Outcome.SUCCEEDED, null, null, null, null);
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
