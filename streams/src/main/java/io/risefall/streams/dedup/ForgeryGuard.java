package io.risefall.streams.dedup;

import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.streams.backend.BackendState;
import io.risefall.streams.model.Line;
import io.risefall.streams.model.Same;
import io.risefall.streams.server.ServerTransition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines that a client can have planted. Where a frontend's {@code log-format} begins with text of the client, a faultless
 * DOWN line with the right tag and process can be forged; only its severity is wrong, and files written by syslog daemons
 * and what containers keep of HAProxy's output have none; where HAProxy's log is capped at the level of traffic ({@code log …
 * local0 info info}) it tells nothing, either. But a DOWN that leaves {@code 0 active and 0 backup servers} of a
 * backend that had some is always followed by {@code has no server available!}: where that is missing, the line waits for
 * another proof.
 *
 * <p>(The other sign, a reason in spite of {@code option log-health-checks}, needs no second line: {@link ServerTransition}.)
 *
 * Pure: built from all kept lines of the server's backend.
 */
public final class ForgeryGuard {
    /** Both lines are printed in one go; this long with whole seconds. */
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    private final List<Line> ofBackend;

    public ForgeryGuard(List<Line> ofBackend) {
        this.ofBackend = List.copyOf(ofBackend);
    }

    /** Whether a line needs a proof before it is believed. */
    public static boolean possible(Line line) {
        return line.canBePlanted()
                && line.message() instanceof ServerSwitch said
                && said.transition() == Transition.DOWN
                && said.via() == null
                && !said.carriedOver() // while HAProxy starts, it does not say which backends are empty
                && said.counts() != null
                && said.counts().none();
    }

    /**
     * Whether a line is to be left out.
     *
     * @param next the next switch line of the same server; null where there is none so far
     */
    public boolean planted(Line line, @Nullable Line next) {
        return possible(line) && !recovers(next) && !wasEmpty(line);
    }

    /** An UP after it proves that it was DOWN, even if the line about the backend was lost. */
    private static boolean recovers(@Nullable Line next) {
        return next != null
                && next.message() instanceof ServerSwitch said
                && (said.transition() == Transition.UP || said.transition() == Transition.MAINTENANCE_FROM_DOWN);
    }

    /** Whether the backend was said to be empty with this line, or already was before it. */
    private boolean wasEmpty(Line line) {
        boolean empty = false;
        for (Line other : ofBackend) {
            boolean before = other.at().isBefore(line.at());
            if (other.message() instanceof BackendEmpty && Same.value(other.pid(), line.pid())) {
                boolean together = Duration.between(line.at(), other.at()).abs().compareTo(TOGETHER) <= 0;
                if (together) {
                    return true;
                }
                empty = before || empty;
            } else if (before && BackendState.fills(other.message())) {
                empty = false;
            }
        }
        return empty;
    }

    public static boolean isSwitch(Line line) {
        return line.message() instanceof ServerSwitch;
    }
}
