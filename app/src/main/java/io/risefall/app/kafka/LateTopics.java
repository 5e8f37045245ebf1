package io.risefall.app.kafka;

import io.risefall.app.process.Failure;
import io.risefall.schemas.cluster.KafkaAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics of a Kafka that may be away: at once, or else as soon as it is there, in a thread of its own. {@link
 * #start} and {@link #close} by one thread, once each.
 */
public final class LateTopics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LateTopics.class);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final KafkaAddress kafka;
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private final Thread thread = new Thread(this::keepTrying, "late-topics");

    public LateTopics(KafkaAddress kafka) {
        this.kafka = kafka;
        thread.setDaemon(true);
    }

    /** Returns when they are there, or Kafka is away; a {@link Failure} says what is wrong with them. */
    public void start() throws InterruptedException {
        if (!make()) {
            thread.start();
        }
    }

    /** Completes, with the reason, when they cannot be made although Kafka is there. */
    public CompletableFuture<Void> failed() {
        return failed;
    }

    private void keepTrying() {
        try {
            do {
                Thread.sleep(RETRY.toMillis());
            } while (!make());
        } catch (InterruptedException e) {
            LOG.debug("closed before Kafka came");
        } catch (Failure e) {
            failed.completeExceptionally(e);
        }
    }

    private boolean make() throws InterruptedException {
        return TopicsSetup.unlessAway(kafka, topics -> topics.create(TopicsSetup.EMBEDDED_PARTITIONS, (short) 1));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
