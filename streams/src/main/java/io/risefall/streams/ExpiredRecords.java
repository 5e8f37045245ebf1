package io.risefall.streams;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records that Kafka deleted before the streams part read them: it was down for longer than they are kept. */
final class ExpiredRecords {
    private static final Logger LOG = LoggerFactory.getLogger(ExpiredRecords.class);

    private ExpiredRecords() {}

    /** Logs how many; they cannot be recovered. */
    static void warn(Admin admin, String applicationId) throws InterruptedException {
        Map<TopicPartition, Long> next = HealthStreams.next(admin, applicationId);
        HealthStreams.offsets(admin, next.keySet(), OffsetSpec.earliest()).forEach((partition, begin) -> {
            long missed = begin - next.getOrDefault(partition, begin);
            if (missed > 0) {
                LOG.warn(
                        "{}: Kafka deleted {} records before they were read, because their retention had ended;"
                                + " states"
                                + " and outages of that time are incomplete",
                        partition,
                        missed);
            }
        });
    }
}
