package io.risefall.ingest;

import io.risefall.schemas.source.ReadPosition;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One source of the loop: its committed position, and what to do after a failure. One thread. */
final class SourceState {
    private static final Logger LOG = LoggerFactory.getLogger(SourceState.class);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final SourceReader reader;
    private final Duration heartbeat;
    private @Nullable ReadPosition last;
    private boolean mustRewind;
    private Instant notBefore = Instant.EPOCH;
    private String failure = "";
    private long committedRecords;
    private boolean ending;

    /** @param heartbeat how often the position of a silent source is news */
    SourceState(SourceReader reader, Duration heartbeat) {
        this.reader = reader;
        this.heartbeat = heartbeat;
    }

    SourceReader reader() {
        return reader;
    }

    /** The source goes away after the next commit. */
    void setEnding(boolean ending) {
        this.ending = ending;
    }

    boolean isEnding() {
        return ending;
    }

    String name() {
        return reader.source().name();
    }

    void resumeFrom(@Nullable ReadPosition saved) {
        last = saved;
        mustRewind = true;
        notBefore = Instant.EPOCH;
        committedRecords = reader.published();
        try {
            // At once: what a listener appends before the journal knows its position would be lost.
            rewind();
        } catch (IOException e) {
            LOG.debug("cannot go back in {} yet: {}", name(), e.toString());
        }
    }

    private void rewind() throws IOException {
        if (mustRewind) {
            reader.rewind(last);
            mustRewind = false;
        }
    }

    boolean read(Instant now) {
        if (now.isBefore(notBefore)) {
            return false;
        }
        try {
            rewind();
            boolean more = reader.read();
            failure = "";
            return more;
        } catch (IOException e) {
            // Once, not at every attempt.
            if (!failure.equals(e.toString())) {
                failure = e.toString();
                LOG.warn(
                        "cannot read {} at {}: {}; trying again every {} s",
                        name(),
                        reader.source().offset(),
                        failure,
                        RETRY.toSeconds());
            }
            notBefore = now.plus(RETRY);
            return false;
        }
    }

    long uncommitted() {
        return reader.published() - committedRecords;
    }

    boolean moved() {
        return ending
                || (!mustRewind
                        && (reader.source().offset() != (last == null ? 0 : last.offset())
                                || !finishedFiles().isEmpty()));
    }

    List<ReadPosition> finishedFiles() {
        return mustRewind ? List.of() : reader.source().finishedFiles();
    }

    /** Null if nothing is known of the source. */
    @Nullable ReadPosition position(Instant now, boolean live) {
        if (mustRewind) {
            return last;
        }
        Instant before = last == null ? Instant.EPOCH : last.asOf();
        Instant asOf = before;
        if (reader.source().atEnd() && !now.isBefore(notBefore)) {
            asOf = now;
        } else if (reader.tally().lastLineAt() != null) {
            asOf = reader.tally().lastLineAt();
        }
        asOf = asOf.isAfter(now) ? now : asOf;
        boolean nothing = last == null && !moved() && !reader.source().atEnd();
        return nothing ? null : reader.position(asOf.isBefore(before) ? before : asOf, live);
    }

    boolean isNews(ReadPosition position) {
        return last == null
                || position.offset() != last.offset()
                || position.live() != last.live()
                || !position.asOf().isBefore(last.asOf().plus(heartbeat));
    }

    void committed(@Nullable ReadPosition position) {
        committedRecords = reader.published();
        if (position == null || mustRewind) {
            return;
        }
        if (isNews(position)) {
            last = position;
        }
        reader.source().published(position.offset());
    }

    void close() {
        try {
            reader.source().close();
        } catch (IOException e) {
            LOG.warn("cannot close {}: {}", name(), e.toString());
        }
    }
}
