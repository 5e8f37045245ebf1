package io.risefall.query.http;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What became of clients, since the process began. Any thread. */
public final class HttpCounts {
    private final Map<Refusal, LongAdder> refused = new EnumMap<>(Refusal.class);
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger streams = new AtomicInteger();

    public HttpCounts() {
        Arrays.stream(Refusal.values()).forEach(why -> refused.put(why, new LongAdder()));
    }

    void refused(Refusal why) {
        refused.get(why).increment();
    }

    void connections(int change) {
        connections.addAndGet(change);
    }

    void streams(int change) {
        streams.addAndGet(change);
    }

    /** How often, for every reason. */
    public Map<Refusal, Long> refused() {
        Map<Refusal, Long> now = new EnumMap<>(Refusal.class);
        refused.forEach((why, count) -> now.put(why, count.sum()));
        return now;
    }

    /** How many are open. */
    public int connections() {
        return connections.get();
    }

    /** How many of the connections are event streams. */
    public int streams() {
        return streams.get();
    }
}
