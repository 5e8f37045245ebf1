package io.risefall.streams.store;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.internals.InternalProcessorContext;
import org.apache.kafka.streams.processor.internals.ProcessorNode;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Runs an action of a processor before each commit, whoever asked for it, and before a task is closed or handed over. The action
 * may forward records and write to stores that are not cached. It is a store that holds nothing, because Kafka Streams calls
 * stores alone at that time, as it does {@link ObjectStore}. One thread.
 */
public final class BeforeCommit implements StateStore, CachedStateStore<Object, Object> {
    private Runnable action = () -> {};
    private boolean open;

    BeforeCommit() {}

    static StoreBuilder<BeforeCommit> builder() {
        return new Builder();
    }

    /**
     * Sets the action, which forwards as the processor that sets it. Called in the processor's {@code init}, which Kafka calls again
     * after an aborted transaction.
     */
    public void run(Runnable forwarding, ProcessorContext<?, ?> context) {
        InternalProcessorContext<?, ?> kafka = (InternalProcessorContext<?, ?>) context;
        ProcessorNode<?, ?, ?, ?> processor = kafka.currentNode();
        action = () -> {
            ProcessorNode<?, ?, ?, ?> before = kafka.currentNode();
            kafka.setCurrentNode(processor);
            try {
                forwarding.run();
            } finally {
                kafka.setCurrentNode(before);
            }
        };
    }

    @Override
    public void flushCache() {
        action.run();
    }

    /** Kafka makes the processor again after this. */
    @Override
    public void clearCache() {
        action = () -> {};
    }

    @Override
    public boolean setFlushListener(CacheFlushListener<Object, Object> listener, boolean sendOldValues) {
        return false;
    }

    @Override
    public String name() {
        return Names.BEFORE_COMMIT;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        context.register(root, (key, value) -> {});
        open = true;
    }

    @Override
    public void commit(Map<TopicPartition, Long> offsets) {}

    @Override
    public @Nullable Long committedOffset(TopicPartition partition) {
        return null;
    }

    @Override
    public Position getPosition() {
        return Position.emptyPosition();
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() {
        open = false;
    }

    private static final class Builder implements StoreBuilder<BeforeCommit> {
        @Override
        public BeforeCommit build() {
            return new BeforeCommit();
        }

        @Override
        public StoreBuilder<BeforeCommit> withCachingEnabled() {
            return this;
        }

        @Override
        public StoreBuilder<BeforeCommit> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<BeforeCommit> withLoggingEnabled(Map<String, String> config) {
            throw new UnsupportedOperationException("there is nothing to log");
        }

        @Override
        public StoreBuilder<BeforeCommit> withLoggingDisabled() {
            return this;
        }

        @Override
        public Map<String, String> logConfig() {
            return Map.of();
        }

        @Override
        public boolean loggingEnabled() {
            return false;
        }

        @Override
        public String name() {
            return Names.BEFORE_COMMIT;
        }
    }
}
