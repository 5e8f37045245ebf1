package io.risefall.schemas;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Rejected;
import io.risefall.schemas.key.HealthKey;
import io.risefall.schemas.note.AlertSilence;
import io.risefall.schemas.note.Note;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.source.ReadPosition;
import io.risefall.schemas.state.Absence;
import io.risefall.schemas.state.Flapping;
import io.risefall.schemas.state.Rollup;
import io.risefall.schemas.state.StateRecord;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Utils;

/**
 * The topics: the only place where their names, partitions and retention stand.
 *
 * <p>Records of one node share a partition on every topic ({@link #partition}): a reload is a fact of the node, and a
 * tracked server can live in another proxy, so whoever reads a node's events needs them in one place and in order.
 */
public enum Topics {
    /** Key {@link HealthKey}, value {@link HealthEvent}. Records that older builds have written have the schema {@code …v1}. */
    EVENTS("haproxy.health.events.v1", Cleanup.DELETE, 7, "haproxy.health.events.v2"),
    /** Key {@link Rejected#key()}, value {@link Rejected}. */
    REJECTED("haproxy.health.rejected.v1", Cleanup.DELETE, 30),
    /** Key {@link StateRecord#key()}, value {@link StateRecord} or a tombstone. */
    STATES("haproxy.health.states.v1", Cleanup.COMPACT, 0),
    /** Key {@link Rollup#key()}, value {@link Rollup} or a tombstone. */
    ROLLUPS("haproxy.health.rollups.v1", Cleanup.COMPACT_DELETE, 30),
    /** Key {@link Flapping#key()}, value {@link Flapping} or a tombstone. */
    FLAPPING("haproxy.health.flapping.v1", Cleanup.COMPACT, 0),
    /** Key {@link ProcessActivity#key()}, value {@link ProcessActivity}. */
    SIGNS("haproxy.health.signs.v1", Cleanup.DELETE, 30),
    /** Key {@link ReadPosition#source()}, value {@link ReadPosition}. */
    POSITIONS("haproxy.ingest.positions.v1", Cleanup.COMPACT, 0),
    /** Key {@link Absence#key()}, value {@link Absence}. */
    ABSENCES("haproxy.ingest.absences.v1", Cleanup.COMPACT, 0),
    /** Key {@link Note#key()}, value {@link Note}. */
    NOTES("haproxy.notes.v1", Cleanup.COMPACT, 0),
    /** Key {@link AlertSilence#key()}, value {@link AlertSilence}. */
    SILENCES("haproxy.silences.v1", Cleanup.COMPACT, 0);

    private enum Cleanup {
        DELETE(TopicConfig.CLEANUP_POLICY_DELETE),
        COMPACT(TopicConfig.CLEANUP_POLICY_COMPACT),
        COMPACT_DELETE(TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);

        private final String policy;

        Cleanup(String policy) {
            this.policy = policy;
        }
    }

    /** The consumer group, and application id, of the streams part. */
    public static final String STREAMS_GROUP = "risefall";

    /**
     * The consumer group and the transactional id of those {@code serve} of which one leads. No group of streams begins with this name,
     * and no other topic: {@link #SERVE_CHANGELOG} has one partition, whose consumer leads.
     */
    public static final String SERVE_GROUP = "risefall-serve";

    /** What the leading {@code serve} has decided and sent. Compacted; private to {@code serve}, as changelogs are to streams. */
    public static final String SERVE_CHANGELOG = SERVE_GROUP + "-changelog";

    /** For so long a compacted topic keeps the word that a key is gone: who reads it less often would keep what is gone. */
    public static final int TOMBSTONE_DAYS = 366;

    /**
     * Kafka's clock stamps each record. By its sender's clock, Kafka would refuse what is an hour ahead of its own time, and
     * delete at once what lies before the retention: with a clock that is set wrong, nothing would get through.
     */
    public static final Map<String, String> STAMPED_BY_KAFKA =
            Map.of(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.name);

    /** With so many, one may be away while two have each record that is acknowledged. */
    public static final int SAFE_COPIES = 3;

    private static final long DAY_MILLIS = 24L * 60 * 60 * 1000;

    private final String topic;
    private final Cleanup cleanup;
    private final int retentionDays;
    private final String schema;

    Topics(String topic, Cleanup cleanup, int retentionDays) {
        this(topic, cleanup, retentionDays, topic);
    }

    Topics(String topic, Cleanup cleanup, int retentionDays, String schema) {
        this.topic = topic;
        this.cleanup = cleanup;
        this.retentionDays = retentionDays;
        this.schema = schema;
    }

    /** The topic's name in Kafka. */
    public String topic() {
        return topic;
    }

    /** The name of the JSON Schema of the values that are written. */
    public String schema() {
        return schema;
    }

    /** {@code delete}, {@code compact} or both, as Kafka writes it. */
    public String cleanupPolicy() {
        return cleanup.policy;
    }

    /** Days a record is kept; 0 where compaction alone decides. */
    public int retentionDays() {
        return retentionDays;
    }

    /** How to create it. */
    public NewTopic create(int partitions, short replication) {
        Map<String, String> config = new HashMap<>(STAMPED_BY_KAFKA);
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.policy);
        if (retentionDays != 0) {
            config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retentionDays * DAY_MILLIS));
        }
        if (cleanup != Cleanup.DELETE) {
            config.put(TopicConfig.DELETE_RETENTION_MS_CONFIG, Long.toString(TOMBSTONE_DAYS * DAY_MILLIS));
        }
        if (replication >= SAFE_COPIES) {
            config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        return new NewTopic(topic, partitions, replication).configs(config);
    }

    public static List<NewTopic> createAll(int partitions, short replication) {
        return List.of(values()).stream()
                .map(topic -> topic.create(partitions, replication))
                .toList();
    }

    /** The partition on which everything of {@code node} lies, on a topic with so many partitions. */
    public static int partition(String node, int partitions) {
        return ofEscaped(HealthKey.escape(node), partitions);
    }

    /** The partition of a key of {@link #EVENTS}, {@link #STATES}, {@link #ROLLUPS}, {@link #FLAPPING}, {@link #SIGNS}, {@link #ABSENCES}, {@link #NOTES} or {@link #SILENCES}. */
    public static int partitionOfKey(String key, int partitions) {
        return ofEscaped(key.substring(0, key.indexOf('/')), partitions);
    }

    private static int ofEscaped(String node, int partitions) {
        return Utils.toPositive(Utils.murmur2(node.getBytes(StandardCharsets.UTF_8))) % partitions;
    }
}
