package io.risefall.ingest;

import io.risefall.ingest.network.NetworkLimits;
import io.risefall.ingest.network.journal.JournalLimits;
import java.time.Duration;

/**
 * Limits and intervals.
 *
 * @param fileLine bytes kept of one line of a file; the rest of a longer line is dropped
 * @param batchRecords records of one transaction
 * @param batchWait how long a record waits at most for its commit; the least time between two commits
 * @param heartbeat how often a silent live source reports that it is read up to now
 * @param poll how often followed files are polled
 * @param brokerWait how long to wait for Kafka at the start
 * @param network limits of every listener
 * @param journal limits of every journal
 */
public record IngestLimits(
        int fileLine,
        int batchRecords,
        Duration batchWait,
        Duration heartbeat,
        Duration poll,
        Duration brokerWait,
        NetworkLimits network,
        JournalLimits journal) {

    /** The defaults. */
    static final IngestLimits DEFAULT = new IngestLimits(
            1024 * 1024,
            20_000,
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            Duration.ofSeconds(10),
            NetworkLimits.DEFAULT,
            JournalLimits.DEFAULT);

    public IngestLimits {
        if (fileLine < 1 || batchRecords < 1) {
            throw new IllegalArgumentException("limits must be at least 1: " + fileLine + ", " + batchRecords);
        }
    }

    /** The same with other limits of journals. */
    public IngestLimits withJournal(JournalLimits journal) {
        return new IngestLimits(fileLine, batchRecords, batchWait, heartbeat, poll, brokerWait, network, journal);
    }

    /** The same with other limits of listeners. */
    IngestLimits withNetwork(NetworkLimits network) {
        return new IngestLimits(fileLine, batchRecords, batchWait, heartbeat, poll, brokerWait, network, journal);
    }
}
