package io.risefall.streams.processor;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.source.ProcessActivity;
import io.risefall.schemas.state.Absence;
import io.risefall.streams.PendingCorrections;
import io.risefall.streams.model.StreamsSettings.Rules;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Applies each entity's lines in event-time order and emits the resulting states. An event that comes in order is applied at
 * once, as {@link EventRouter} decides. If one comes late, its entity is replayed at the next tick, and {@link Corrector}
 * corrects what was emitted. So the result is a function of the set of lines.
 *
 * <p>Commits happen right after a tick, as {@link CommitPolicy} says. If there is much to replay, some of it is left to the
 * next tick. A committed offset means that everything that follows from the records before it was emitted, except what
 * {@link PendingCorrections} still waits for. Called by one stream thread.
 */
public final class TrackHealth implements Processor<String, Object, String, byte[]> {
    /** From an event to its commit; short for a person who waits for a query. */
    public static final Duration TICK = Duration.ofMillis(100);
    /** A checkpoint takes about as much as six lines; a late line is applied with about half of these. */
    public static final int CHECKPOINT_EVERY = 128;
    /** Upper bound for the replays of one tick, which replays at least one entity. The tasks of a thread share a transaction. */
    public static final Duration TICK_AT_MOST = Duration.ofMillis(500);

    private final Rules rules;
    private final int checkpointEvery;
    private final LongSupplier nanoTime;
    private @Nullable HealthTask task;

    /**
     * @param checkpointEvery how many lines of an entity lie between two checkpoints
     * @param nanoTime as {@link System#nanoTime}
     */
    public TrackHealth(Rules rules, int checkpointEvery, LongSupplier nanoTime) {
        this.rules = rules;
        this.checkpointEvery = checkpointEvery;
        this.nanoTime = nanoTime;
    }

    /** Called again after an aborted transaction. */
    @Override
    public void init(ProcessorContext<String, byte[]> context) {
        task = new HealthTask(context, rules, checkpointEvery, nanoTime);
        context.schedule(TICK, PunctuationType.WALL_CLOCK_TIME, time -> task().tick());
    }

    /**
     * Takes a {@link HealthEvent}, a {@link ProcessActivity} or an {@link Absence}. All those of one node come here, as their topics have
     * as many partitions.
     */
    @Override
    public void process(Record<String, Object> record) {
        task().apply(record.value());
    }

    private HealthTask task() {
        if (task == null) {
            throw new IllegalStateException("the processor was not initialized");
        }
        return task;
    }
}
