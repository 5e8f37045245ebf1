package io.risefall.ingest.heartbeat;

import io.risefall.ingest.heartbeat.HeartbeatFile.End;
import io.risefall.ingest.heartbeat.HeartbeatFile.Left;
import io.risefall.ingest.network.JournalInput;
import io.risefall.ingest.network.Listener;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether one source that cannot send again is listened to. Says so on disk, beside its journal, twice a second; when
 * listening begins and an earlier process has left such a word, the time between is noted in the journal as an absence.
 * As long as the note has no room there, the old word stands. Thread-safe.
 */
public final class ListeningHeartbeat {
    private static final Logger LOG = LoggerFactory.getLogger(ListeningHeartbeat.class);

    /** Between two calls of {@link #stillHere}: so old can the word be that a kill leaves. */
    public static final long EVERY_MILLIS = 500;

    private static final String FILE = "last-listened";

    private final String source;
    private final HeartbeatFile file;
    private final JournalInput inlet;
    private final Listener listener;
    private final Clock clock;
    private @Nullable Absent toNote;
    private boolean here;
    private boolean failing;

    private record Absent(@Nullable Instant from, Instant to, String why) {}

    /**
     * @param source its name, for the log
     * @param directory of its journal
     */
    public ListeningHeartbeat(String source, Path directory, JournalInput inlet, Listener listener, Clock clock) {
        this.source = source;
        this.file = new HeartbeatFile(directory.resolve(FILE));
        this.inlet = inlet;
        this.listener = listener;
        this.clock = clock;
    }

    /** The source is listened to from now on. */
    public synchronized void begin() {
        Instant now = now();
        Left left;
        try {
            left = file.read();
        } catch (IOException e) {
            LOG.warn("{}: cannot read until when it was listened to: {}", source, e.toString());
            left = null;
        }
        toNote = left == null
                ? new Absent(null, now, "Risefall did not listen")
                : new Absent(left.at().isAfter(now) ? now : left.at(), now, why(left.end()));
        here = true;
        stillHere();
    }

    private static String why(End end) {
        return switch (end) {
            case STOPPED -> "Risefall was stopped";
            case INPUT_ENDED -> "standard input had ended";
            case NONE -> "Risefall ended without being stopped: killed, crashed, or with its machine";
        };
    }

    /** Says that the source is listened to, if it is. */
    public synchronized void stillHere() {
        if (here) {
            here = listener.isListening();
            say(now(), here ? End.NONE : End.INPUT_ENDED);
        }
    }

    /**
     * The source is not listened to any more.
     *
     * @param lastListened a moment in which it still was
     */
    public synchronized void end(Instant lastListened) {
        if (here) {
            here = false;
            say(lastListened.truncatedTo(ChronoUnit.MILLIS), End.STOPPED);
        }
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("{}: cannot close its word: {}", source, e.toString());
        }
    }

    private void say(Instant at, End end) {
        try {
            if (toNote != null && !inlet.absent(toNote.from, toNote.to, toNote.why)) {
                return; // the old word stands: the absence must not be forgotten
            }
            toNote = null;
            file.write(at, end);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                LOG.warn("{}: cannot write until when it is listened to: {}; trying again", source, e.toString());
            }
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
