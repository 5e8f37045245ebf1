package io.risefall.streams.server;

import io.risefall.schemas.message.Health;
import io.risefall.schemas.state.Outage;
import io.risefall.schemas.state.Provenance;
import io.risefall.schemas.state.StateInterval;
import io.risefall.streams.model.OutputRecord;
import java.time.Instant;
import java.util.List;

/** Intervals with an end, and those that follow from a passed check. */
final class Intervals {
    private Intervals() {}

    static StateInterval closed(StateInterval interval, Instant to) {
        return new StateInterval(
                interval.node(),
                interval.server(),
                interval.backup(),
                interval.state(),
                interval.fromAt(),
                to,
                interval.cause(),
                interval.pid(),
                interval.provenance());
    }

    /**
     * The records while the check that had brought the server down has passed often enough and no UP line has followed.
     * HAProxy prints UP right after it, so the line was lost, or another process of the same pid printed the check line.
     */
    static List<OutputRecord> passed(StateInterval down, Outage outage, PassedCheck check, boolean draining) {
        Instant at = check.at();
        return List.of(
                OutputRecord.of(closed(down, at)),
                OutputRecord.of(afterPassed(down, check, draining)),
                OutputRecord.of(OutageEdit.ended(outage, at, Outage.EndedBy.UP, false, check.evidence())));
    }

    /** The interval that begins with the passed check. */
    static StateInterval afterPassed(StateInterval down, PassedCheck check, boolean draining) {
        return new StateInterval(
                down.node(),
                down.server(),
                down.backup(),
                draining ? Health.DRAIN : Health.UP,
                check.at(),
                null,
                "check",
                null,
                Provenance.of(check.evidence()));
    }
}
