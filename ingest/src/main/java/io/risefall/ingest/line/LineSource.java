package io.risefall.ingest.line;

import io.risefall.schemas.source.Arrivals;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.source.Unstamped;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of one source whose reading can be rewound. Used by one thread. Positions are bytes and grow over the whole
 * source, across rotations and restarts.
 */
public interface LineSource extends Closeable {

    /** The name under which its position and its events are published, as {@code file:/var/log/haproxy.log}. */
    String name();

    /** Whether more lines can follow after its end. */
    boolean live();

    /** Continues where {@code saved} was published; null: starts at the beginning. */
    void rewind(@Nullable ReadPosition saved) throws IOException;

    /**
     * Delivers the next lines, one block at most.
     *
     * @return whether more may be available at once
     */
    boolean read(LineConsumer lines) throws IOException;

    /** True if the last read reached the end of an existing source. */
    boolean atEnd();

    /** The first byte not yet delivered as part of a whole line. */
    long offset();

    /** The fingerprint by which the file is found again; null if the source is not a file. */
    @Nullable String file();

    /** What was received and not read yet, and what was dropped; null if the source does not know. */
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

    /** Lines without a timestamp that wait to be resolved; null if none do. */
    default @Nullable Unstamped unstamped() {
        return null;
    }

    /** Everything before {@code offset} has been published. */
    default void published(long offset) {}
}
