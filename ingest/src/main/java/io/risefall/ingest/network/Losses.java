package io.risefall.ingest.network;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What network input dropped, counted by source and reason. The first of each reason is logged. Thread-safe. */
public final class Losses {
    private static final Logger LOG = LoggerFactory.getLogger(Losses.class);

    private final String source;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    public Losses(String source) {
        this.source = source;
    }

    void count(String what) {
        LongAdder adder = counts.get(what);
        if (adder == null) {
            LOG.warn("{}: {}; counted from now on, not logged again", source, what);
            adder = counts.computeIfAbsent(what, w -> new LongAdder());
        }
        adder.increment();
    }

    /** By {@code source: what}. */
    public Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((what, count) -> all.put(source + ": " + what, count.sum()));
        return all;
    }
}
