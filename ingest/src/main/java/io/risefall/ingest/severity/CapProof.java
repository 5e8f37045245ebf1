package io.risefall.ingest.severity;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.CheckResult;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import java.time.Duration;
import java.util.List;

/**
 * Proves that health lines at the severity of traffic come from HAProxy, whose log is capped at that severity, and not from a
 * client: HAProxy logs one event in several lines that match.
 *
 * <ul>
 *   <li>a DOWN that leaves no server, and {@code has no server available!} of that backend within a second,
 *   <li>a DOWN, and the UP of the same server, whose counts are one more than those of the DOWN and of what came between,
 *   <li>a failed check that brings a server down, and its DOWN within a second.
 * </ul>
 */
final class CapProof {
    /** Both lines are printed together; timestamps in whole seconds can differ by this much. */
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    private CapProof() {}

    /** Whether {@code last}, after {@code held}, completes a proof. */
    static boolean completes(List<HealthEvent> held, HealthEvent last) {
        for (int i = held.size() - 1; i >= 0; i--) {
            HealthEvent one = held.get(i);
            if (empties(one, last) || broughtDown(one, last) || rose(held, i, last)) {
                return true;
            }
        }
        return false;
    }

    private static boolean empties(HealthEvent down, HealthEvent empty) {
        return empty.message() instanceof BackendEmpty line
                && line.proxy().equals(down.message().proxy())
                && down.message() instanceof ServerSwitch of
                && of.counts() != null
                && of.counts().none()
                && together(down, empty);
    }

    private static boolean broughtDown(HealthEvent check, HealthEvent down) {
        return check.message() instanceof CheckResult failed
                && failed.state() == CheckResult.State.DOWN
                && down.message() instanceof ServerSwitch line
                && line.transition() == Transition.DOWN
                && line.reason() == null
                && line.counts() != null
                && line.server().equals(failed.server())
                && together(check, down);
    }

    private static boolean rose(List<HealthEvent> held, int from, HealthEvent up) {
        if (!(held.get(from).message() instanceof ServerSwitch fell)
                || !(up.message() instanceof ServerSwitch line)
                || fell.transition() != Transition.DOWN
                || line.transition() != Transition.UP
                || !line.server().equals(fell.server())
                || fell.counts() == null
                || line.counts() == null) {
            return false;
        }
        int usable = fell.counts().active() + fell.counts().backup() + 1;
        for (HealthEvent between : held.subList(from + 1, held.size())) {
            if (between.message() instanceof ServerSwitch other
                    && other.counts() != null
                    && other.server().proxy().equals(fell.server().proxy())) {
                usable = other.counts().active() + other.counts().backup() + 1;
            }
        }
        return usable == line.counts().active() + line.counts().backup();
    }

    private static boolean together(HealthEvent one, HealthEvent other) {
        return Duration.between(one.at(), other.at()).abs().compareTo(TOGETHER) <= 0;
    }
}
