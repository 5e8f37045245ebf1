package io.risefall.app.runtime;

import io.risefall.app.process.CommandException;
import io.risefall.app.terminal.ProgressListener;
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
 * Waits for the streams part. When nothing has moved for a while, it tells the user what it waits for, how far that is, since
 * when, and what to do. Used by one thread.
 */
final class StreamsWait {
    /** A restart takes less; no message before. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private static final Duration REPEAT = Duration.ofSeconds(30);

    private final KafkaAddress kafka;
    private final Admin admin;
    private final String application;
    private final ProgressListener listener;
    private Map<TopicPartition, Long> next = Map.of();
    private Instant movedAt = Instant.now();
    private Instant messageAt = Instant.EPOCH;

    StreamsWait(KafkaAddress kafka, Admin admin, String application, ProgressListener listener) {
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
        if (behind.isPresent() && isMessageDue()) {
            TopicPartition partition = behind.get();
            listener.message(
                    "waiting for risefall streams: " + partition + " is at " + now.getOrDefault(partition, 0L) + " of "
                            + (end(last, partition) + 1) + ", with no progress since "
                            + movedAt.truncatedTo(ChronoUnit.SECONDS) + "; " + describeOwner(partition) + ". "
                            + CatchUp.CTRL_C);
        }
        return behind.isEmpty();
    }

    /** Entities whose events are being replayed. */
    void replaying(int entities) {
        if (isMessageDue()) {
            listener.message("waiting for risefall streams: it is replaying the lines of " + entities
                    + " servers and backends because of late lines. " + CatchUp.CTRL_C);
        }
    }

    private static long end(Map<TopicPartition, Long> last, TopicPartition partition) {
        return Objects.requireNonNull(last.get(partition));
    }

    private boolean isMessageDue() {
        Instant now = Instant.now();
        boolean due = now.isAfter(movedAt.plus(QUIET)) && now.isAfter(messageAt.plus(REPEAT));
        if (due) {
            messageAt = now;
        }
        return due;
    }

    private String describeOwner(TopicPartition partition) throws InterruptedException {
        try {
            List<MemberDescription> members =
                    List.copyOf(Objects.requireNonNull(admin.describeConsumerGroups(List.of(application))
                                    .all()
                                    .get()
                                    .get(application))
                            .members());
            if (members.isEmpty()) {
                return noInstance();
            }
            return members.stream()
                    .filter(member -> member.assignment().topicPartitions().contains(partition))
                    .findFirst()
                    .map(member -> "instance " + member.groupInstanceId().orElse(member.clientId()) + " on "
                            + member.host()
                            + " owns it: check whether it is running, and its log. If it died, another instance takes over"
                            + " within 30 s")
                    .orElse("it is being reassigned to another instance, which takes at most 30 s");
        } catch (ExecutionException e) {
            // Kafka does not know a group that never had a member.
            return e.getCause() instanceof GroupIdNotFoundException
                    ? noInstance()
                    : "cannot read the group members from Kafka: " + CommandException.reason(e);
        }
    }

    private String noInstance() {
        return "no instance is running: start one with " + kafka.commandLine("streams");
    }
}
