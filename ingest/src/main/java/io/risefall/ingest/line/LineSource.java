package io.risefall.ingest.line;

import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.source.Unstamped;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines from one place to which reading can go back. Used by one thread. Positions are bytes and grow along the source,
 * over rotations and restarts.
 */
public interface LineSource extends Closeable {

    /** The name under which its position and its events are published, as {@code file:/var/log/haproxy.log}. */
    String name();

    /** Whether more can come after its end. */
    boolean live();

    /** Goes to where reading stopped when {@code saved} was published; null: to the beginning. */
    void rewind(@Nullable ReadPosition saved) throws IOException;

    /**
     * Hands over the next lines, a block at most.
     *
     * @return whether there may be more at once
     */
    boolean read(LineConsumer lines) throws IOException;

    /** Whether the last read met the end of what is there, and something is there. */
    boolean atEnd();

    /** The first byte that was not handed over as part of a whole line. */
    long offset();

    /** What makes the file itself, so that it is found again; null for a source that is no file. */
    @Nullable String file();

    /** What came and is not read, with what was lost before; null for a source that does not know. */
    default @Nullable Arrivals arrivals() {
        return null;
    }

    /** Files that were finished since the last {@link #published}; their positions are published with their lines. */
    default List<ReadPosition> finishedFiles() {
        return List.of();
    }

    /** What the lines delivered so far tell about later ones; reading from {@link #offset} needs it. */
    default ReaderState state() {
        return new ReaderState();
    }

    /** What reading on from {@link #offset} needs to know of lines without a time; null where it need not know anything. */
    default @Nullable Unstamped unstamped() {
        return null;
    }

    /** Everything before {@code offset} has been published. */
    default void published(long offset) {}
}
