package io.risefall.ingest.line;

import io.risefall.ingest.line.time.NodeTimes;
import io.risefall.ingest.line.unstamped.UnstampedLines;
import io.risefall.ingest.severity.SeverityTracker;
import io.risefall.schemas.source.ReadPosition;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a source have told, on which the meaning of later ones depends. It goes with the read position.
 *
 * @param times of each node's time
 * @param levels of each process's severities
 * @param unstamped of lines without a time, where it is read after the fact
 */
public record ReaderState(NodeTimes times, SeverityTracker levels, UnstampedLines unstamped) {
    /** Nothing was read yet. */
    public ReaderState() {
        this(new NodeTimes());
    }

    /** Nothing was read yet but for what was found out of times. */
    public ReaderState(NodeTimes times) {
        this(times, new SeverityTracker(), new UnstampedLines());
    }

    /** As it was when {@code saved} was published; null: nothing was read yet. */
    public static ReaderState of(@Nullable ReadPosition saved) {
        return new ReaderState(NodeTimes.of(saved), SeverityTracker.of(saved), UnstampedLines.of(saved));
    }

    /** As another source of the same content has it. */
    public static ReaderState ofOther(ReadPosition other) {
        return new ReaderState(NodeTimes.of(other), SeverityTracker.of(other).withoutHeld(), new UnstampedLines());
    }
}
