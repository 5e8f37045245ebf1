package io.risefall.streams.store;

import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Which version the stores of a task are of. It stands in a store of its own, so it changes with what it speaks of, in one
 * transaction. What an older build has stored can be read: a field that it did not know is null, false or zero. To become
 * of this version, every subject hears its kept lines again. Called by one stream thread.
 */
public final class StoredFormat {
    /** To be raised with every change of what is stored, a further store among it, and of what follows from lines. */
    public static final int VERSION = 12;

    /** Of stores that were written before they said their version. */
    private static final int UNSAID = 1;

    private static final String KEY = "version";

    private final KeyValueStore<String, Integer> versions;
    private boolean current;

    /** @throws IllegalStateException when a newer build wrote the stores */
    public StoredFormat(KeyValueStore<String, Integer> versions, String application) {
        this.versions = versions;
        int found = found(versions.get(KEY));
        if (found > VERSION) {
            throw new IllegalStateException("the state of streams application " + application + " has version " + found
                    + " and this Risefall knows " + VERSION + "; use the newer Risefall");
        }
        current = found == VERSION;
    }

    private static int found(@Nullable Integer said) {
        return said == null ? UNSAID : said;
    }

    /** Whether what is stored is still an older build's. */
    public boolean isOlder() {
        return !current;
    }

    /** Says that it is of this version from the next commit on. */
    public void becomeCurrent() {
        versions.put(KEY, VERSION);
        current = true;
    }
}
