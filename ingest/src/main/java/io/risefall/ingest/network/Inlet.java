package io.risefall.ingest.network;

import java.io.IOException;
import java.time.Clock;
import java.util.Map;

/**
 * The way in for one network source: what its listener receives goes into the journal, and what cannot is counted with
 * its reason. Thread-safe.
 */
public final class Inlet {
    private final Journal journal;
    private final Losses losses;
    private final Clock clock;

    /** @param source the source's name, for the losses */
    public Inlet(String source, Journal journal, Clock clock) {
        this.journal = journal;
        this.losses = new Losses(source);
        this.clock = clock;
    }

    /**
     * Appends one message, received now.
     *
     * @param sender the peer's address
     * @return false if there is no room; then nothing is appended
     */
    boolean append(String sender, byte[] message, int length) throws IOException {
        return journal.append(clock.millis(), sender, message, length);
    }

    /** Makes what was appended readable; a failure is counted, and tried again with the next message. */
    void flush() {
        try {
            journal.flush();
        } catch (IOException e) {
            losses.count(
                    "times the journal could not be written, tried again with the next message: " + e.getMessage());
        }
    }

    Losses losses() {
        return losses;
    }

    /** What was lost so far, by {@code source: reason}. */
    public Map<String, Long> lost() {
        return losses.counts();
    }
}
