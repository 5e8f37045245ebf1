package io.risefall.query.reading;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Since when a reader that is behind has not moved, by what is seen of it now and then. One thread. */
public final class ProgressWatch {
    private record Seen(long next, Instant since) {}

    private final Map<Object, Seen> behind = new HashMap<>();

    /**
     * Takes in where a reader is.
     *
     * @param partition what it reads, such as a partition of a topic
     */
    public void look(Object partition, long next, long recordsBehind, Instant now) {
        if (recordsBehind <= 0) {
            behind.remove(partition);
            return;
        }
        Seen before = behind.get(partition);
        if (before == null || before.next != next) {
            behind.put(partition, new Seen(next, now));
        }
    }

    /** Since when it has stood still on the partition on which it has for longest; empty where it is at the end of all. */
    public Optional<Instant> since() {
        return behind.values().stream().map(Seen::since).min(Instant::compareTo);
    }
}
