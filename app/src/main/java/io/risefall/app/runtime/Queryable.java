package io.risefall.app.runtime;

import io.risefall.app.kafka.LastRecords;
import io.risefall.app.process.Failure;
import io.risefall.app.terminal.WaitListener;
import io.risefall.schemas.Topics;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.streams.PendingCorrections;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Waits until all that Kafka holds at this moment has become rows: first for the streams part, then for the warehouse.
 * All, and not only what this process has published: what an import published that was killed counts for the next one.
 *
 * <p>Ends of topics are taken with what is not committed yet. A commit is answered before it shows on every partition,
 * so the last committed offset could be too early; that of the last record cannot.
 */
public final class Queryable {
    /** What somebody who waits for too long can do. */
    static final String LEAVE = "Ctrl-C leaves; what was imported is safe";

    private static final Duration POLL = Duration.ofMillis(50);
    /** Longer than it takes the streams part to commit what it has just processed. */
    private static final Duration SOON = Duration.ofSeconds(2);

    private Queryable() {}

    /** Throws when what is waited for will not come. */
    public interface Health {
        void check();
    }

    /** Waits until the records before these offsets, per topic and partition, have become rows. */
    public interface Warehouse {
        void awaitRead(Map<TopicPartition, Long> next) throws InterruptedException;
    }

    /** @param listener hears how far it is, and what is waited for when that takes long */
    public static void await(KafkaAddress kafka, Health health, Warehouse warehouse, WaitListener listener)
            throws InterruptedException {
        Map<TopicPartition, Long> next;
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            Map<TopicPartition, Long> ends = ends(admin, List.of(Topics.EVENTS, Topics.SIGNS, Topics.ABSENCES));
            StreamsWait streams = new StreamsWait(kafka, admin, Topics.STREAMS_GROUP, listener);
            if (!awaitStreams(streams, beforeEnds(ends), health, SOON)) {
                // Where the end is a transaction's marker, what has been processed can stay below it.
                awaitStreams(streams, LastRecords.before(ends, kafka), health, null);
            }
            try (PendingCorrections pending = new PendingCorrections(kafka, admin, Topics.STREAMS_GROUP)) {
                while (!pending.isEmpty()) {
                    health.check();
                    streams.hearsAgain(pending.size());
                }
            }
            next = ends(admin, EnumSet.allOf(Topics.class));
        }
        warehouse.awaitRead(next);
    }

    private static Map<TopicPartition, Long> beforeEnds(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .filter(end -> end.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue() - 1));
    }

    /** Returns false when {@code limit} is over; null: waits as long as it takes. */
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

    private static Map<TopicPartition, Long> ends(Admin admin, Collection<Topics> topics) throws InterruptedException {
        try {
            List<String> names = topics.stream().map(Topics::topic).toList();
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            for (TopicDescription topic :
                    admin.describeTopics(names).allTopicNames().get().values()) {
                topic.partitions()
                        .forEach(partition -> wanted.put(
                                new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
            }
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (Map.Entry<TopicPartition, ListOffsetsResultInfo> end :
                    admin.listOffsets(wanted).all().get().entrySet()) {
                ends.put(end.getKey(), end.getValue().offset());
            }
            return ends;
        } catch (ExecutionException e) {
            throw new Failure("cannot ask Kafka how far it is: " + Failure.reason(e), e);
        }
    }
}
