package io.risefall.streams.model;

import io.risefall.schemas.cluster.KafkaAddress;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The settings of the streams part; {@link #of} has the defaults.
 *
 * @param kafka where the topics are
 * @param stateDir folder of the local state; Kafka's changelogs can rebuild it
 * @param applicationId Kafka Streams' application id: the consumer group and the prefix of internal topics
 * @param instanceId this process among several of one application: lets a restarted process resume at once,
 *     before Kafka gives up the dead one
 * @param threads stream threads; more than the partitions of the events topic are idle
 * @param replication copies of the internal topics, or {@link #CLUSTERS_REPLICATION}
 * @param standbys how many other processes keep a copy of each process's state, to take over sooner
 * @param rules how lines become states
 */
public record StreamsSettings(
        KafkaAddress kafka,
        Path stateDir,
        String applicationId,
        String instanceId,
        int threads,
        int replication,
        int standbys,
        Rules rules) {

    /** As many copies of the internal topics as the cluster makes by itself. */
    public static final int CLUSTERS_REPLICATION = -1;

    /** The defaults for a Kafka of one node. */
    public static StreamsSettings of(KafkaAddress kafka, Path stateDir) {
        return new StreamsSettings(
                kafka, stateDir, kafka.names().streamsGroup(), "risefall-1", 1, 1, 0, Rules.DEFAULTS);
    }

    /** The same, for a Kafka without credentials. */
    public static StreamsSettings of(String servers, Path stateDir) {
        return of(KafkaAddress.of(servers), stateDir);
    }

    public StreamsSettings withThreads(int count) {
        return new StreamsSettings(kafka, stateDir, applicationId, instanceId, count, replication, standbys, rules);
    }

    public StreamsSettings withReplication(int copies) {
        return new StreamsSettings(kafka, stateDir, applicationId, instanceId, threads, copies, standbys, rules);
    }

    public StreamsSettings withRules(Rules ofLines) {
        return new StreamsSettings(kafka, stateDir, applicationId, instanceId, threads, replication, standbys, ofLines);
    }

    /**
     * How lines become states.
     *
     * @param startup how long the first checks of a new process can take: a DOWN within this time continues an outage of
     *     the old process, a later one proves that the server was UP in between. Grows to three times the longest gap seen
     *     between two checks of the server
     * @param corrections how far back a late line corrects the past; older lines are folded into the state
     * @param expireAfter a server expires if no line has named it for this long and its process was replaced since
     * @param damping when a server counts as flapping
     */
    public record Rules(Duration startup, Duration corrections, Duration expireAfter, Damping damping) {
        public static final Rules DEFAULTS =
                new Rules(Duration.ofSeconds(10), Duration.ofDays(7), Duration.ofDays(30), Damping.DEFAULTS);
    }

    /**
     * Route flap damping after RFC 2439: every DOWN adds a penalty that halves with time.
     *
     * @param perDown penalty of one DOWN
     * @param halfLife time in which it halves
     * @param flappingFrom flapping from this penalty on
     * @param calmBelow calm again below this one
     * @param ceiling never more than this
     */
    public record Damping(double perDown, Duration halfLife, double flappingFrom, double calmBelow, double ceiling) {
        public static final Damping DEFAULTS = new Damping(1000, Duration.ofMinutes(15), 2000, 750, 12000);
    }
}
