package io.risefall.ingest.line;

import io.risefall.ingest.level.Levels;
import io.risefall.ingest.line.unstamped.UnstampedLines;
import io.risefall.schemas.source.ReadPosition;
import org.jspecify.annotations.Nullable;

/**
 * What the lines of a source have told, on which the meaning of later ones depends. It goes with the read position.
 *
 * @param times of each node's time
 * @param levels of each process's severities
 * @param unstamped of lines without a time, where it is read after the fact
 */
public record SourceMemory(NodeTimes times, Levels levels, UnstampedLines unstamped) {
    /** Nothing was read yet. */
    public SourceMemory() {
        this(new NodeTimes());
    }

    /** Nothing was read yet but for what was found out of times. */
    public SourceMemory(NodeTimes times) {
        this(times, new Levels(), new UnstampedLines());
    }

    /** As it was when {@code saved} was published; null: nothing was read yet. */
    public static SourceMemory of(@Nullable ReadPosition saved) {
        return new SourceMemory(NodeTimes.of(saved), Levels.of(saved), UnstampedLines.of(saved));
    }

    /** As another source of the same content has it. */
    public static SourceMemory ofOther(ReadPosition other) {
        return new SourceMemory(NodeTimes.of(other), Levels.of(other).withoutHeld(), new UnstampedLines());
    }
}
