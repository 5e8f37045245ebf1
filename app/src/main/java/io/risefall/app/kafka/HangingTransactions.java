package io.risefall.app.kafka;

import io.risefall.schemas.cluster.KafkaAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Aborts transactions that hang: the coordinator has ended them, but a partition was not told. A broker that is killed soon after
 * it has created topics leaves some behind now and then. Whoever reads committed records waits for them for good: a restore of
 * streams, an import.
 *
 * <p>Looks for a while after a start, in a thread of its own that ends by itself or with the process.
 */
final class HangingTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(HangingTransactions.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    /** Longer than a transaction may be open before the coordinator ends it. */
    private static final Duration LOOK_FOR = Duration.ofMinutes(2);

    /** A transaction that is open in a partition: a later one of its producer begins at another offset. */
    private record Open(TopicPartition partition, long producer, int epoch, int coordinatorEpoch, long startOffset) {}

    private final Admin admin;

    private HangingTransactions(Admin admin) {
        this.admin = admin;
    }

    /** Begins to look. */
    static void watch(KafkaAddress kafka) {
        Thread thread = new Thread(() -> look(kafka), "hanging-transactions");
        thread.setDaemon(true);
        thread.start();
    }

    private static void look(KafkaAddress kafka) {
        long begunAt = System.nanoTime();
        try (Admin admin = Admin.create(kafka.clientProperties())) {
            HangingTransactions transactions = new HangingTransactions(admin);
            while (System.nanoTime() - begunAt < LOOK_FOR.toNanos()) {
                try {
                    transactions.abort();
                } catch (ExecutionException e) {
                    LOG.debug(
                            "asked again later",
                            e); // a partition without a leader, a transaction that has just expired
                }
                Thread.sleep(LOOK_EVERY.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The partition is asked before and after the coordinator: what was open before, is ended by the coordinator's word, and is
     * open still, was left. One that has just ended is not open any more then, as the coordinator tells the partitions first.
     */
    private void abort() throws ExecutionException, InterruptedException {
        Set<Open> before = open(partitions());
        if (before.isEmpty()) {
            return;
        }
        Map<Long, TransactionDescription> transactions = transactions(before);
        before.removeIf(open -> !isEnded(open, transactions));
        Set<Open> after = open(before.stream().map(Open::partition).distinct().toList());
        before.retainAll(after);
        for (Open open : before) {
            LOG.warn("aborts a transaction that its coordinator has ended and its partition still has open: {}", open);
            admin.abortTransaction(new AbortTransactionSpec(
                            open.partition(), open.producer(), (short) open.epoch(), open.coordinatorEpoch()))
                    .all()
                    .get();
        }
    }

    private List<TopicPartition> partitions() throws ExecutionException, InterruptedException {
        Set<String> topics = admin.listTopics(new ListTopicsOptions().listInternal(true))
                .names()
                .get();
        return admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    private Set<Open> open(Collection<TopicPartition> partitions) throws ExecutionException, InterruptedException {
        Set<Open> open = new HashSet<>();
        if (partitions.isEmpty()) {
            return open;
        }
        Map<TopicPartition, PartitionProducerState> states =
                admin.describeProducers(partitions).all().get();
        states.forEach((partition, producers) -> {
            for (ProducerState producer : producers.activeProducers()) {
                producer.currentTransactionStartOffset()
                        .ifPresent(offset -> open.add(new Open(
                                partition,
                                producer.producerId(),
                                producer.producerEpoch(),
                                // Absent before the first transaction of the producer ends there.
                                producer.coordinatorEpoch().orElse(0),
                                offset)));
            }
        });
        return open;
    }

    /** The coordinator's word for each producer; a coordinator that has not loaded them yet knows none. */
    private Map<Long, TransactionDescription> transactions(Set<Open> open)
            throws ExecutionException, InterruptedException {
        Set<Long> producers = open.stream().map(Open::producer).collect(Collectors.toSet());
        List<String> names =
                admin.listTransactions(new ListTransactionsOptions().filterProducerIds(producers)).all().get().stream()
                        .map(TransactionListing::transactionalId)
                        .toList();
        Map<Long, TransactionDescription> transactions = new HashMap<>();
        for (TransactionDescription transaction :
                admin.describeTransactions(names).all().get().values()) {
            transactions.put(transaction.producerId(), transaction);
        }
        return transactions;
    }

    private static boolean isEnded(Open open, Map<Long, TransactionDescription> transactions) {
        TransactionDescription transaction = transactions.get(open.producer());
        if (transaction == null) {
            return false;
        }
        return switch (transaction.state()) {
            case EMPTY, COMPLETE_ABORT, COMPLETE_COMMIT -> true;
            case ONGOING -> !transaction.topicPartitions().contains(open.partition());
            case PREPARE_ABORT, PREPARE_COMMIT, PREPARE_EPOCH_FENCE, UNKNOWN -> false;
        };
    }
}
