package io.risefall.ingest;

import java.time.Duration;

/**
 * How much, how long and how often. Sizes are bytes.
 *
 * @param fileLine of a longer line of a file only this much is kept
 * @param networkLine of a longer message from the network only this much is kept
 * @param connections TCP connections at a time; more are closed at once
 * @param idle a TCP connection that says nothing for so long is closed
 * @param udpReceiveBuffer asked of the kernel, which can give less ({@code net.core.rmem_max})
 * @param batchRecords records of one transaction
 * @param batchWait how long a record waits for its transaction to end
 * @param heartbeat how often a live source that is silent says that it has been read up to now
 * @param poll how often a followed file is looked at
 * @param journal all segments of one journal together
 * @param journalSegment one file of a journal
 * @param journalSync how often a journal is forced to disk: what a power cut can cost
 * @param brokerWait how long to wait for Kafka at the start
 */
public record IngestLimits(
        int fileLine,
        int networkLine,
        int connections,
        Duration idle,
        int udpReceiveBuffer,
        int batchRecords,
        Duration batchWait,
        Duration heartbeat,
        Duration poll,
        long journal,
        long journalSegment,
        Duration journalSync,
        Duration brokerWait) {

    private static final int KIB = 1024;
    private static final int MIB = 1024 * KIB;

    /** The defaults. */
    public static final IngestLimits DEFAULT = new IngestLimits(
            MIB,
            64 * KIB,
            1024,
            Duration.ofMinutes(10),
            4 * MIB,
            20_000,
            Duration.ofMillis(200),
            Duration.ofSeconds(5),
            Duration.ofMillis(200),
            4096L * MIB,
            64L * MIB,
            Duration.ofSeconds(1),
            Duration.ofSeconds(10));

    public IngestLimits {
        atLeast(1, fileLine, "fileLine");
        atLeast(1, networkLine, "networkLine");
        atLeast(1, connections, "connections");
        atLeast(1, batchRecords, "batchRecords");
        atLeast(1, journal, "journal");
        atLeast(1, journalSegment, "journalSegment");
    }

    /** The same with another size of the journals. */
    public IngestLimits withJournal(long bytes) {
        return new IngestLimits(
                fileLine,
                networkLine,
                connections,
                idle,
                udpReceiveBuffer,
                batchRecords,
                batchWait,
                heartbeat,
                poll,
                bytes,
                journalSegment,
                journalSync,
                brokerWait);
    }

    private static void atLeast(long least, long value, String name) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
        }
    }
}
