package io.risefall.query.reading;

import io.risefall.query.reading.StoredReading.Origin;
import io.risefall.schemas.cluster.FoundCluster;
import io.risefall.schemas.cluster.FoundCluster.FoundTopic;
import io.risefall.schemas.cluster.KafkaAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Where a warehouse reads on in a Kafka, and what it has missed there.
 *
 * @param found the Kafka
 * @param from the offset at which each partition is read on
 * @param before which cluster the warehouse was filled from; null: none, or not known
 */
public record ReadingPlan(
        FoundCluster found,
        Map<TopicPartition, Long> from,
        List<Gap> gaps,
        @Nullable String before) {
    private static final int LISTED = 4;

    /**
     * Asks Kafka what it has.
     *
     * @param limit for each question
     */
    public static ReadingPlan ask(Admin admin, FoundCluster found, StoredReading stored, Duration limit)
            throws ExecutionException, TimeoutException, InterruptedException {
        return of(found, stored, TopicOffsets.beginnings(admin, found, limit), TopicOffsets.ends(admin, found, limit));
    }

    /**
     * As {@link #ask}, of what was answered.
     *
     * @param beginnings the first offset that each partition still has
     * @param ends the offset behind the last one
     */
    static ReadingPlan of(
            FoundCluster found,
            StoredReading stored,
            Map<TopicPartition, Long> beginnings,
            Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> from = new HashMap<>();
        List<Gap> gaps = new ArrayList<>();
        found.topics().forEach((name, topic) -> {
            Gap.Reason changed = changed(found, topic, stored.origins().get(name));
            for (TopicPartition partition : partitions(name, topic, stored)) {
                long beginning = beginnings.getOrDefault(partition, 0L);
                Long next = stored.next().get(partition);
                Gap gap = next == null
                        ? null
                        : gap(partition, next, changed, beginning, ends.getOrDefault(partition, 0L));
                if (partition.partition() < topic.partitions()) {
                    from.put(partition, next == null || gap != null ? beginning : next);
                }
                if (gap != null && (changed == null || gap.from() > 0)) {
                    gaps.add(gap);
                }
            }
        });
        String before = stored.origins().values().stream()
                .map(Origin::cluster)
                .filter(cluster -> !cluster.equals(found.id()))
                .findFirst()
                .orElse(null);
        return new ReadingPlan(found, Map.copyOf(from), List.copyOf(gaps), before);
    }

    /** Those that are there, and those that were: a topic that is made again can have fewer. */
    private static List<TopicPartition> partitions(String name, FoundTopic topic, StoredReading stored) {
        IntStream known = stored.next().keySet().stream()
                .filter(partition -> partition.topic().equals(name))
                .mapToInt(TopicPartition::partition);
        return IntStream.concat(IntStream.range(0, topic.partitions()), known)
                .distinct()
                .sorted()
                .mapToObj(number -> new TopicPartition(name, number))
                .toList();
    }

    private static Gap.@Nullable Reason changed(FoundCluster found, FoundTopic topic, @Nullable Origin origin) {
        if (origin == null) {
            return null; // adopted
        }
        if (!origin.cluster().equals(found.id())) {
            return Gap.Reason.OTHER_CLUSTER;
        }
        return origin.topic().equals(topic.id()) ? null : Gap.Reason.OTHER_TOPIC;
    }

    private static @Nullable Gap gap(
            TopicPartition partition, long next, Gap.@Nullable Reason changed, long beginning, long end) {
        if (changed != null) {
            return new Gap(partition, changed, next, null, beginning);
        }
        if (next < beginning) {
            return new Gap(partition, Gap.Reason.EXPIRED, next, beginning, beginning);
        }
        return next > end ? new Gap(partition, Gap.Reason.SET_BACK, end, next, beginning) : null;
    }

    /** Which topics are read, to be known again. */
    public Map<String, Origin> origins() {
        Map<String, Origin> origins = new TreeMap<>();
        found.topics().forEach((name, topic) -> origins.put(name, new Origin(found.id(), topic.id())));
        return origins;
    }

    /** What is missing, and what to do; empty where nothing is. */
    public Optional<String> problem(KafkaAddress kafka) {
        if (gaps.isEmpty()) {
            return Optional.empty();
        }
        String what = gaps.stream()
                .collect(Collectors.groupingBy(Gap::reason, TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(entry -> why(entry.getKey(), kafka) + ": " + list(entry.getValue()))
                .collect(Collectors.joining("; "));
        return Optional.of(what + ". Nothing is skipped silently:"
                + " " + remedy() + "to continue without the missing records, start risefall serve (or run) once"
                + " with --accept-gap; the view gaps and the reports then show the loss. Or start over"
                + " with another --data");
    }

    private String remedy() {
        return gaps.stream().anyMatch(gap -> gap.reason() == Gap.Reason.OTHER_CLUSTER)
                ? "give the --bootstrap-servers of the former Kafka; or, "
                : "";
    }

    private String why(Gap.Reason reason, KafkaAddress kafka) {
        return switch (reason) {
            case EXPIRED ->
                "Kafka at " + kafka + " deleted records that this warehouse has not read, at the end of their"
                        + " topic's retention";
            case SET_BACK ->
                "Kafka at " + kafka + " lost records that this warehouse has read, so their offsets now hold"
                        + " other records";
            case OTHER_TOPIC ->
                "topics at " + kafka + " were deleted and created again since this warehouse read them; whether"
                        + " they held more records is unknown";
            case OTHER_CLUSTER ->
                "the Kafka at " + kafka + " (cluster " + found.id() + ") is not the one that this warehouse was"
                        + " filled from (cluster " + before + "); whether that one held more records is unknown";
        };
    }

    private static String list(List<Gap> gaps) {
        String some = gaps.stream().limit(LISTED).map(Gap::words).collect(Collectors.joining("; "));
        return gaps.size() <= LISTED ? some : some + "; and " + (gaps.size() - LISTED) + " more partitions";
    }
}
