package io.risefall.app.runtime;

import io.risefall.app.process.Failure;
import io.risefall.app.terminal.WaitListener;
import io.risefall.schemas.cluster.KafkaAddress;
import io.risefall.streams.HealthStreams;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * Waiting for the streams part, with words for a person who watches: when nothing has moved for a while they say what is
 * waited for, how far that is, since when, and what to do. One thread.
 */
final class StreamsWait {
    /** As long as a restart takes, and some more: nothing to talk about. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final KafkaAddress kafka;
    private final Admin admin;
    private final String application;
    private final WaitListener listener;
    private Map<TopicPartition, Long> next = Map.of();
    private Instant movedAt = Instant.now();
    private Instant saidAt = Instant.EPOCH;

    StreamsWait(KafkaAddress kafka, Admin admin, String application, WaitListener listener) {
        this.kafka = kafka;
        this.admin = admin;
        this.application = application;
        this.listener = listener;
    }

    /** Whether the records up to and including these offsets have been processed. */
    boolean isDone(Map<TopicPartition, Long> last) throws InterruptedException {
        Map<TopicPartition, Long> now = HealthStreams.next(admin, application);
        if (!now.equals(next)) {
            next = now;
            movedAt = Instant.now();
        }
        listener.progress(
                last.entrySet().stream()
                        .mapToLong(one -> Math.min(now.getOrDefault(one.getKey(), 0L), one.getValue() + 1))
                        .sum(),
                last.values().stream().mapToLong(one -> one + 1).sum());
        Optional<TopicPartition> behind = last.keySet().stream()
                .filter(one -> now.getOrDefault(one, 0L) <= end(last, one))
                .min((one, other) -> one.toString().compareTo(other.toString()));
        if (behind.isPresent() && isTime()) {
            TopicPartition partition = behind.get();
            listener.tell(
                    "waiting for risefall streams: " + partition + " is at " + now.getOrDefault(partition, 0L) + " of "
                            + (end(last, partition) + 1) + ", and nothing has moved since "
                            + movedAt.truncatedTo(ChronoUnit.SECONDS) + "; " + who(partition) + ". " + Queryable.LEAVE);
        }
        return behind.isEmpty();
    }

    /** Servers whose lines are being heard again. */
    void hearsAgain(int servers) {
        if (isTime()) {
            listener.tell("waiting for risefall streams: it hears the lines of " + servers
                    + " servers and backends again, because some came late. " + Queryable.LEAVE);
        }
    }

    private static long end(Map<TopicPartition, Long> last, TopicPartition partition) {
        return Objects.requireNonNull(last.get(partition));
    }

    private boolean isTime() {
        Instant now = Instant.now();
        boolean time = now.isAfter(movedAt.plus(PATIENCE)) && now.isAfter(saidAt.plus(AGAIN));
        if (time) {
            saidAt = now;
        }
        return time;
    }

    private String who(TopicPartition partition) throws InterruptedException {
        try {
            List<MemberDescription> members =
                    List.copyOf(Objects.requireNonNull(admin.describeConsumerGroups(List.of(application))
                                    .all()
                                    .get()
                                    .get(application))
                            .members());
            if (members.isEmpty()) {
                return none();
            }
            return members.stream()
                    .filter(member -> member.assignment().topicPartitions().contains(partition))
                    .findFirst()
                    .map(member -> "the one called " + member.groupInstanceId().orElse(member.clientId()) + " on "
                            + member.host()
                            + " has it: see whether that lives, and its log. A dead one's work is taken over"
                            + " within half a minute")
                    .orElse("it is being given to another one, which takes half a minute at most");
        } catch (ExecutionException e) {
            // A group in which nobody ever was is none to Kafka.
            return e.getCause() instanceof GroupIdNotFoundException
                    ? none()
                    : "Kafka does not say who works there: " + Failure.reason(e);
        }
    }

    private String none() {
        return "none works there: start one with risefall streams --bootstrap-servers " + kafka;
    }
}
