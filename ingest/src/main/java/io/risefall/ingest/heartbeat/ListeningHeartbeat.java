package io.risefall.ingest.heartbeat;

import io.risefall.ingest.heartbeat.HeartbeatFile.End;
import io.risefall.ingest.heartbeat.HeartbeatFile.Last;
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
 * Records on disk that a source that cannot resend is being listened to: twice a second, beside its journal. When
 * listening begins and an earlier process has left such a record, the time between is noted in the journal as an
 * absence, unless the source has kept all of that time. While the journal has no room for the note, or it is not known
 * whether all was kept, the old record stays. Thread-safe.
 */
public final class ListeningHeartbeat {
    private static final Logger LOG = LoggerFactory.getLogger(ListeningHeartbeat.class);

    /** Between two calls of {@link #beat}; after a kill the record is at most this old. */
    public static final long EVERY_MILLIS = 500;

    private static final String FILE = "last-listened";

    private final String source;
    private final HeartbeatFile file;
    private final JournalInput input;
    private final Listener listener;
    private final Clock clock;
    private @Nullable Absence unrecorded;
    private boolean listening;
    private boolean failing;

    private record Absence(@Nullable Instant from, Instant to, String why) {}

    /**
     * @param source its name, for the log
     * @param directory of its journal
     */
    public ListeningHeartbeat(String source, Path directory, JournalInput input, Listener listener, Clock clock) {
        this.source = source;
        this.file = new HeartbeatFile(directory.resolve(FILE));
        this.input = input;
        this.listener = listener;
        this.clock = clock;
    }

    /**
     * Notes that the record beside a journal is of a backup that was restored.
     *
     * @param directory of the journal; one without a record is left as it is
     */
    public static void restored(Path directory) throws IOException {
        HeartbeatFile file = new HeartbeatFile(directory.resolve(FILE));
        try (file) {
            Last last = file.read();
            if (last != null) {
                file.write(last.at(), End.RESTORED);
            }
        }
    }

    /** Listening begins. */
    public synchronized void begin() {
        Instant now = now();
        Last last;
        try {
            last = file.read();
        } catch (IOException e) {
            LOG.warn("{}: cannot read when it was last listened to: {}", source, e.toString());
            last = null;
        }
        unrecorded = last == null
                ? new Absence(null, now, "Risefall did not listen")
                : new Absence(last.at().isAfter(now) ? now : last.at(), now, why(last.end()));
        listening = true;
        beat();
    }

    private static String why(End end) {
        return switch (end) {
            case STOPPED -> "Risefall was stopped";
            case INPUT_ENDED -> "standard input had ended";
            case RESTORED -> "the data directory was restored from a backup";
            case NONE -> "Risefall ended without being stopped: it was killed, it crashed, or its machine went down";
        };
    }

    /** Records that the source is being listened to, if it is. */
    public synchronized void beat() {
        if (listening) {
            listening = listener.isListening();
            write(now(), listening ? End.NONE : End.INPUT_ENDED);
        }
    }

    /**
     * Listening has ended.
     *
     * @param lastListened a moment in which it still was
     */
    public synchronized void end(Instant lastListened) {
        if (listening) {
            listening = false;
            write(lastListened.truncatedTo(ChronoUnit.MILLIS), End.STOPPED);
        }
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("{}: cannot close its heartbeat file: {}", source, e.toString());
        }
    }

    private void write(Instant at, End end) {
        try {
            if (!isSettled()) {
                return; // the old record stays: the absence must not be forgotten
            }
            file.write(at, end);
            failing = false;
        } catch (IOException e) {
            if (!failing) {
                failing = true;
                LOG.warn("{}: cannot write that it is listened to: {}; trying again", source, e.toString());
            }
        }
    }

    /** Whether nothing was missed, or the journal has it that something may have been. */
    private boolean isSettled() throws IOException {
        if (unrecorded == null) {
            return true;
        }
        Listener.Kept kept = listener.kept();
        if (kept == Listener.Kept.NOT_KNOWN_YET
                || kept == Listener.Kept.NOT_ALL && !input.absent(unrecorded.from, unrecorded.to, unrecorded.why)) {
            return false;
        }
        unrecorded = null;
        return true;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
