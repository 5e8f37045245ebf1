package io.risefall.streams.store;

import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The version of a task's stores. It is in a store itself, so it changes in one transaction with them. The stores of an older
 * build can be read: a field that it did not know is null, false or zero. To upgrade them, every entity is replayed. Called
 * by one stream thread.
 */
public final class StoredFormat {
    /** Must be raised with every change of what is stored (also a new store), and of what follows from lines. */
    public static final int VERSION = 18;

    /** Of stores that were written before the version was stored. */
    private static final int WITHOUT_VERSION = 1;

    private static final String KEY = "version";

    private final KeyValueStore<String, Integer> versions;
    private boolean current;

    /** @throws IllegalStateException if a newer build wrote the stores */
    public StoredFormat(KeyValueStore<String, Integer> versions, String application) {
        this.versions = versions;
        int found = found(versions.get(KEY));
        if (found > VERSION) {
            throw new IllegalStateException("the state of streams application " + application + " has version " + found
                    + ", but this Risefall supports " + VERSION + "; use the newer Risefall");
        }
        current = found == VERSION;
    }

    private static int found(@Nullable Integer stored) {
        return stored == null ? WITHOUT_VERSION : stored;
    }

    /** Whether the stores are still those of an older build. */
    public boolean isOlder() {
        return !current;
    }

    /** Stores this version, with the next commit. */
    public void becomeCurrent() {
        versions.put(KEY, VERSION);
        current = true;
    }
}
