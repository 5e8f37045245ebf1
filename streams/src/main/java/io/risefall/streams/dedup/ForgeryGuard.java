package io.risefall.streams.dedup;

import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import io.risefall.streams.backend.BackendState;
import io.risefall.streams.model.Line;
import io.risefall.streams.server.ServerTransition;
import io.risefall.streams.time.Tolerances;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds lines that a client may have forged. If a frontend's {@code log-format} begins with text of the client, a client can
 * print a perfect DOWN line with the right tag and pid. Only its severity is wrong. But files of syslog daemons and logs of
 * containers have no severity, and it proves nothing if HAProxy's log is capped at the level of traffic ({@code log … local0
 * info info}). HAProxy always prints {@code has no server available!} after a DOWN that leaves {@code 0 active and 0 backup
 * servers} of a backend that had some. If that line is missing, the DOWN waits for another proof.
 *
 * <p>The other sign, a reason in spite of {@code option log-health-checks}, needs no second line: see {@link
 * ServerTransition}. Pure: built from all kept lines of the server's backend.
 */
public final class ForgeryGuard {
    private final List<Line> ofBackend;

    public ForgeryGuard(List<Line> ofBackend) {
        this.ofBackend = List.copyOf(ofBackend);
    }

    /** Whether a line needs a proof before it is believed. */
    public static boolean possible(Line line) {
        return line.canBeForged()
                && line.message() instanceof ServerSwitch change
                && change.transition() == Transition.DOWN
                && change.via() == null
                && !change.carriedOver() // while it starts, HAProxy does not report empty backends
                && change.counts() != null
                && change.counts().none();
    }

    /**
     * Whether a line must be left out for now.
     *
     * @param next the next switch line of the same server; null if there is none so far
     */
    public boolean isSuspected(Line line, @Nullable Line next) {
        return possible(line) && !recovers(next) && !wasEmpty(line);
    }

    /** A later UP proves that the server was DOWN, even if the line about the backend was lost. */
    private static boolean recovers(@Nullable Line next) {
        return next != null
                && next.message() instanceof ServerSwitch change
                && (change.transition() == Transition.UP || change.transition() == Transition.MAINTENANCE_FROM_DOWN);
    }

    /** Whether a line reports the backend as empty together with this one, or earlier. */
    private boolean wasEmpty(Line line) {
        boolean empty = false;
        for (Line other : ofBackend) {
            boolean before = other.at().isBefore(line.at());
            if (other.message() instanceof BackendEmpty && Objects.equals(other.pid(), line.pid())) {
                boolean together = Duration.between(line.at(), other.at()).abs().compareTo(Tolerances.PROOF) <= 0;
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
