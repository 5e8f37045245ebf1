package io.risefall.ingest.network;

import io.risefall.ingest.network.journal.AbsenceRecord;
import io.risefall.ingest.network.journal.Journal;
import io.risefall.ingest.network.journal.JournalRecord;
import io.risefall.ingest.network.journal.ObservationRecord;
import io.risefall.schemas.source.Arrivals;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts what a listener receives into the journal of its source, and counts what cannot be stored by reason.
 * Thread-safe.
 */
public final class JournalInput {
    /** A note of what HAProxy told is a few hundred bytes; one up to this length can always be read back. */
    private static final int LONGEST_OBSERVATION = 64 * 1024;

    private static final String LONG = "messages dropped: what HAProxy told of a server was longer than 64 KiB";

    private final Journal journal;
    private final DropCounters drops;
    private final SenderCounters senders = new SenderCounters();
    private final Clock clock;
    private boolean restored;

    /** @param source the source's name, for the log */
    public JournalInput(String source, Journal journal, Clock clock) {
        this.journal = journal;
        this.drops = new DropCounters(source);
        this.clock = clock;
    }

    /**
     * Appends one message, received now.
     *
     * @param sender the peer's address, or the name of its host; as {@link JournalRecord#sender} makes it
     * @return false if there is no room; then nothing is appended
     */
    public boolean append(String sender, byte[] message, int length) throws IOException {
        long now = clock.millis();
        String from = JournalRecord.sender(sender);
        if (!journal.append(now, from, message, length)) {
            return false;
        }
        senders.count(from, length, now);
        return true;
    }

    /**
     * The same for a sender that can wait: a failed write is counted and treated like a full journal.
     *
     * @return whether the message was appended; if not, offer it again
     */
    public boolean offer(String sender, byte[] message, int length) {
        try {
            return append(sender, message, length);
        } catch (IOException e) {
            drops.interrupted("times the journal could not be written; senders waited");
            drops.explain("the journal could not be written", e);
            return false;
        }
    }

    /**
     * Notes in the journal that nothing listened; the note is on disk when this returns true.
     *
     * @param from start; null if the disk does not tell
     * @param why what happened, for users
     * @return false if there is no room now
     */
    public boolean absent(@Nullable Instant from, Instant to, String why) throws IOException {
        byte[] text = new AbsenceRecord(from, to, why).text().getBytes(StandardCharsets.UTF_8);
        if (!journal.append(to.toEpochMilli(), AbsenceRecord.SENDER, text, text.length)) {
            return false;
        }
        journal.flush();
        journal.sync();
        return true;
    }

    /**
     * Notes in the journal what HAProxy told of a server. What could not be read back is dropped and counted instead.
     *
     * @return false if there is no room now
     */
    public boolean observed(ObservationRecord observation) throws IOException {
        byte[] text = observation.bytes();
        if (text.length > LONGEST_OBSERVATION) {
            drops.count(LONG);
            return true;
        }
        return journal.append(observation.at().toEpochMilli(), ObservationRecord.SENDER, text, text.length);
    }

    /**
     * Makes what was appended readable. A failure is counted, and retried with the next message.
     *
     * @return whether all that was appended is in the journal, so that it may be acknowledged
     */
    public boolean flush() {
        try {
            journal.flush();
            return true;
        } catch (IOException e) {
            drops.interrupted("times the journal could not be written; retried with the next message");
            drops.explain("the journal could not be written", e);
            return false;
        }
    }

    /** Where the journal is, and what belongs to it. */
    public Path directory() {
        return journal.directory();
    }

    public DropCounters drops() {
        return drops;
    }

    public Clock clock() {
        return clock;
    }

    /** Continues the counts of an earlier process; only the first call counts. */
    synchronized void restore(Arrivals before) {
        if (!restored) {
            restored = true;
            drops.restore(before.dropped(), before.interruptions());
            senders.restore(before.senders());
        }
    }

    /** What was received; {@code waiting} messages of it are not read yet. */
    Arrivals arrivals(long waiting) {
        return new Arrivals(Math.max(0, waiting), drops.dropped(), drops.interruptions(), senders.tallies(), Map.of());
    }

    /** What was dropped so far, by reason. */
    public Map<String, Long> dropped() {
        return drops.dropped();
    }

    /** What interrupted senders so far without dropping anything, by reason. */
    public Map<String, Long> interruptions() {
        return drops.interruptions();
    }
}
