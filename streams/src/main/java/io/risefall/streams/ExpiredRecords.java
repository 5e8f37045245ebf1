package io.risefall.streams;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lines that Kafka has deleted before the streams part came to read them: it was away for longer than they are kept. */
final class ExpiredRecords {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiredRecords.class);

    private ExpiredRecords() {}

    /** Says how many; nothing can bring them back. */
    static void warn(Admin admin, String applicationId) throws InterruptedException {
        Map<TopicPartition, Long> next = HealthStreams.next(admin, applicationId);
        HealthStreams.offsets(admin, next.keySet(), OffsetSpec.earliest()).forEach((partition, begin) -> {
            long missed = begin - next.get(partition);
            if (missed > 0) {
                LOG.warn(
                        "{}: Kafka has deleted {} records that were not counted yet, because they were kept for no longer:"
                                + " states and outages of that time lack what they said",
                        partition,
                        missed);
            }
        });
    }
}
