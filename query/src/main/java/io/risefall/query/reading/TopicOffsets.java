package io.risefall.query.reading;

import io.risefall.schemas.cluster.FoundCluster;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Where our topics begin and end. Each asks Kafka, and waits for {@code limit} at most. */
final class TopicOffsets {
    private TopicOffsets() {}

    static Map<TopicPartition, Long> beginnings(Admin admin, FoundCluster found, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        return ask(admin, found, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED, limit);
    }

    static Map<TopicPartition, Long> ends(Admin admin, FoundCluster found, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        return ask(admin, found, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED, limit);
    }

    /** Before what is not decided yet. */
    static Map<TopicPartition, Long> committedEnds(Admin admin, FoundCluster found, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        return ask(admin, found, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED, limit);
    }

    private static Map<TopicPartition, Long> ask(
            Admin admin, FoundCluster found, OffsetSpec which, IsolationLevel isolation, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
        found.topics()
                .forEach((name, topic) -> IntStream.range(0, topic.partitions())
                        .forEach(number -> wanted.put(found.names().there(new TopicPartition(name, number)), which)));
        Map<TopicPartition, ListOffsetsResultInfo> answer = admin.listOffsets(wanted, new ListOffsetsOptions(isolation))
                .all()
                .get(limit.toMillis(), TimeUnit.MILLISECONDS);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        answer.forEach((partition, info) -> offsets.put(found.names().own(partition), info.offset()));
        return offsets;
    }
}
