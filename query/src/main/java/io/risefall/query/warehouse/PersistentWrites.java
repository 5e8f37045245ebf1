package io.risefall.query.warehouse;

import io.risefall.query.warehouse.table.Batch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches to the {@link Warehouse} until they are written: memory is shared with those who query, and when it does not
 * suffice, they have to yield. Other failures are the caller's. Called by the thread that writes.
 */
final class PersistentWrites {
    private static final Logger LOG = LoggerFactory.getLogger(PersistentWrites.class);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final Warehouse warehouse;
    private final Runnable makeRoom;
    private final BooleanSupplier closing;

    /**
     * @param makeRoom has those who query give back their memory
     * @param closing whether it is not worth to go on
     */
    PersistentWrites(Warehouse warehouse, Runnable makeRoom, BooleanSupplier closing) {
        this.warehouse = warehouse;
        this.makeRoom = makeRoom;
        this.closing = closing;
    }

    /**
     * Returns when the batch is written.
     *
     * @throws WarehouseException when it cannot be, or is not worth to go on; it is then written as a whole or not at all
     */
    void write(Batch batch) {
        boolean tried = false;
        for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
            try {
                if (!tried || !isWritten(batch)) {
                    tried = true;
                    warehouse.write(batch);
                }
                return;
            } catch (WarehouseException e) {
                boolean passes = e.problem() == DuckDbProblem.OUT_OF_MEMORY || e.problem() == DuckDbProblem.ABORTED;
                if (!passes || closing.getAsBoolean()) {
                    throw e;
                }
                LOG.warn("{}; trying again", e.getMessage());
            }
            makeRoom.run();
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private static Duration longer(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /** The failure may have come after the batch was durable: rows and offsets share a transaction. */
    private boolean isWritten(Batch batch) {
        Map<TopicPartition, Long> stored = warehouse.nextOffsets();
        return batch.nextOffsets().entrySet().stream()
                .allMatch(next -> next.getValue().equals(stored.get(next.getKey())));
    }
}
