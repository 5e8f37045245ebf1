package io.risefall.query.reading;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Records that a warehouse has not read, and can read no more.
 *
 * @param from the offset of the first one
 * @param to the offset behind the last one; null: not known
 * @param resume the offset at which the partition is read on
 */
public record Gap(
        TopicPartition partition,
        Reason reason,
        long from,
        @Nullable Long to,
        long resume) {
    /** Why they are missing; the names are what the view {@code gaps} says. */
    public enum Reason {
        /** They were kept for the topic's retention, and nobody read them within it. */
        EXPIRED,
        /** The log ends before what was read: it was set back, as by a crash of its host or from a backup. */
        SET_BACK,
        /** The topic was deleted and made again. */
        OTHER_TOPIC,
        /** It is another Kafka. */
        OTHER_CLUSTER
    }

    /** How many, where that is known: an upper bound, since marks of transactions have offsets too. */
    public @Nullable Long records() {
        return to == null ? null : to - from;
    }

    String words() {
        String end = to == null ? " on" : " to " + (to - 1);
        return partition.topic() + ", partition " + partition.partition() + ", offsets from " + from + end;
    }
}
