package io.risefall.app.runtime;

import io.risefall.app.kafka.LastRecords;
import io.risefall.app.process.CommandException;
import io.risefall.app.terminal.ProgressListener;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.schemas.cluster.TopicNames;
import io.risefall.streams.PendingCorrections;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Waits until everything that Kafka holds now has become rows: first for the streams part, then for the warehouse. Everything,
 * not only what this process has published: the next import also waits for the events of one that was killed.
 *
 * <p>End offsets include uncommitted records. Kafka confirms a commit before every partition shows it, so the last committed
 * offset could be too early; the offset of the last record cannot.
 */
public final class CatchUp {
    /** Ends every message of a long wait. */
    static final String CTRL_C = "Press Ctrl-C to stop waiting; the imported events are safe";

    private static final Duration POLL = Duration.ofMillis(50);
    /** Upper bound for one commit of the streams part. */
    private static final Duration COMMIT_LIMIT = Duration.ofSeconds(2);

    private CatchUp() {}

    /** Throws if a part has failed, so that waiting is useless. */
    public interface Health {
        void check();
    }

    /** Waits until the records before these offsets have become rows. */
    public interface RowWait {
        void awaitRead(Map<TopicPartition, Long> next) throws InterruptedException;
    }

    /** @param listener receives the progress */
    public static void await(KafkaAddress kafka, Health health, RowWait rows, ProgressListener listener)
            throws InterruptedException {
        Map<TopicPartition, Long> next;
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            List<Topics> read = List.of(Topics.EVENTS, Topics.SIGNS, Topics.ABSENCES);
            Map<TopicPartition, Long> ends = ends(admin, kafka.names(), read, IsolationLevel.READ_UNCOMMITTED);
            Map<TopicPartition, Long> committed = ends(admin, kafka.names(), read, IsolationLevel.READ_COMMITTED);
            StreamsWait streams = new StreamsWait(kafka, admin, kafka.names().streamsGroup(), listener);
            if (!awaitStreams(streams, beforeEnds(ends, committed), health, COMMIT_LIMIT)) {
                // If a partition ends with several transaction markers, the processed offset can stay below its end.
                awaitStreams(streams, LastRecords.before(ends, kafka), health, null);
            }
            try (PendingCorrections pending =
                    new PendingCorrections(kafka, admin, kafka.names().streamsGroup())) {
                while (!pending.isEmpty()) {
                    health.check();
                    streams.replaying(pending.size());
                }
            }
            next = ends(admin, kafka.names(), EnumSet.allOf(Topics.class), IsolationLevel.READ_UNCOMMITTED);
        }
        rows.awaitRead(kafka.names().own(next));
    }

    /**
     * The last record of each partition, as far as can be told without reading it. These topics are written in transactions
     * only, so where everything is decided a mark comes last, which nobody processes.
     */
    private static Map<TopicPartition, Long> beforeEnds(
            Map<TopicPartition, Long> ends, Map<TopicPartition, Long> committed) {
        Map<TopicPartition, Long> last = new HashMap<>();
        ends.forEach((partition, end) -> {
            long record = end.equals(committed.get(partition)) ? end - 2 : end - 1;
            if (record >= 0) {
                last.put(partition, record);
            }
        });
        return last;
    }

    /** Returns false once {@code limit} has passed; null: no limit. */
    private static boolean awaitStreams(
            StreamsWait streams, Map<TopicPartition, Long> events, Health health, @Nullable Duration limit)
            throws InterruptedException {
        long begin = System.nanoTime();
        while (!streams.isDone(events)) {
            health.check();
            if (limit != null && System.nanoTime() - begin > limit.toNanos()) {
                return false;
            }
            Thread.sleep(POLL.toMillis());
        }
        return true;
    }

    private static Map<TopicPartition, Long> ends(
            Admin admin, TopicNames called, Collection<Topics> topics, IsolationLevel isolation)
            throws InterruptedException {
        try {
            List<String> names = topics.stream().map(called::of).toList();
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            for (TopicDescription topic :
                    admin.describeTopics(names).allTopicNames().get().values()) {
                topic.partitions()
                        .forEach(partition -> wanted.put(
                                new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
            }
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end : admin.listOffsets(
                            wanted, new ListOffsetsOptions(isolation))
                    .all()
                    .get()
                    .entrySet()) {
                ends.put(end.getKey(), end.getValue().offset());
            }
            return ends;
        } catch (ExecutionException e) {
            throw new CommandException("cannot read end offsets from Kafka: " + CommandException.reason(e), e);
        }
    }
}
