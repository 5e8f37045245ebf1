package io.risefall.app.kafka;

import io.risefall.app.process.CommandException;
import io.risefall.schemas.cluster.KafkaAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the topics of a Kafka that may be unavailable: at once, or as soon as it answers, in its own thread. {@link
 * #start} and {@link #close} are called by one thread, once each.
 */
public final class TopicCreator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicCreator.class);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final KafkaAddress kafka;
    private final int partitions;
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private final Thread thread = new Thread(this::keepTrying, "topic-creator");

    /** @param partitions of topics that do not exist; where some exist, they have as many as those */
    public TopicCreator(KafkaAddress kafka, int partitions) {
        this.kafka = kafka;
        this.partitions = partitions;
        thread.setDaemon(true);
    }

    /**
     * Returns once the topics exist, or if Kafka is unavailable.
     *
     * @throws CommandException if the topics are wrong
     */
    public void start() throws InterruptedException {
        if (!create()) {
            thread.start();
        }
    }

    /** Completes exceptionally if Kafka is available but the topics cannot be created. */
    public CompletableFuture<Void> failed() {
        return failed;
    }

    private void keepTrying() {
        try {
            do {
                Thread.sleep(RETRY.toMillis());
            } while (!create());
        } catch (InterruptedException e) {
            LOG.debug("closed before Kafka was available");
        } catch (CommandException e) {
            failed.completeExceptionally(e);
        }
    }

    private boolean create() throws InterruptedException {
        return TopicsSetup.ifAvailable(kafka, topics -> topics.createAll(partitions));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
