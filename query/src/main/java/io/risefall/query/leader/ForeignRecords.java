package io.risefall.query.leader;

import io.risefall.query.text.Counts;
import io.risefall.query.text.Printable;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of the leader's topic that no leader has written, and that are skipped: counted, told once each, the first ones at least. Knows
 * them again when the topic is read from its beginning. Written by one thread, read by any.
 */
final class ForeignRecords {
    private static final Logger LOG = LoggerFactory.getLogger(ForeignRecords.class);

    /** More tell nothing new. */
    private static final int MOST_TOLD = 20;
    /** Offsets, in memory; of more, those of a second reading are counted again. */
    private static final int MOST_KNOWN = 100_000;

    private static final String REMEDY = "see who writes to this topic, and take that right away: only serve may";

    private final AtomicLong count = new AtomicLong();
    private final Set<Long> known = new HashSet<>();
    private volatile @Nullable String lastWords;

    /** @param why it is none of a leader's, in a clause */
    void add(ConsumerRecord<String, byte[]> record, String why) {
        if (known.size() < MOST_KNOWN && !known.add(record.offset())) {
            return;
        }
        String words = "partition " + record.partition() + ", offset " + record.offset() + ": " + Printable.of(why);
        lastWords = words;
        if (count.incrementAndGet() <= MOST_TOLD) {
            LOG.warn("a record of {} is skipped, at {}; {}", record.topic(), words, REMEDY);
        }
    }

    /** So far. */
    long count() {
        return count.get();
    }

    /** All of them in a clause; empty: there are none. */
    Optional<String> words() {
        String words = lastWords;
        return words == null
                ? Optional.empty()
                : Optional.of(Counts.plural(count.get(), "foreign record") + " skipped, the last at " + words + "; "
                        + REMEDY);
    }
}
