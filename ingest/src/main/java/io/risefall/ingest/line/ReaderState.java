package io.risefall.ingest.line;

import io.risefall.ingest.line.time.NodeTimes;
import io.risefall.ingest.line.unstamped.UnstampedLines;
import io.risefall.ingest.severity.SeverityTracker;
import io.risefall.schemas.source.ReadPosition;
import org.jspecify.annotations.Nullable;

/**
 * What the lines read so far mean for later lines. Saved with the read position.
 *
 * @param times the times of each node
 * @param levels the severities of each process
 * @param unstamped lines without a timestamp, in a source that is read after the fact
 */
public record ReaderState(NodeTimes times, SeverityTracker levels, UnstampedLines unstamped) {
    /** Nothing was read yet. */
    public ReaderState() {
        this(new NodeTimes());
    }

    /** Nothing was read yet; only the times are known. */
    public ReaderState(NodeTimes times) {
        this(times, new SeverityTracker(), new UnstampedLines());
    }

    /** As it was when {@code saved} was published; null: nothing was read yet. */
    public static ReaderState of(@Nullable ReadPosition saved) {
        return new ReaderState(NodeTimes.of(saved), SeverityTracker.of(saved), UnstampedLines.of(saved));
    }

    /** The state of another source of the same content. */
    public static ReaderState ofOther(ReadPosition other) {
        return new ReaderState(NodeTimes.of(other), SeverityTracker.of(other).withoutHeld(), new UnstampedLines());
    }
}
