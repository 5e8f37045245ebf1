package io.risefall.ingest.network;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What network input dropped, counted by reason. Reasons are our words and never a sender's, so there are few of them;
 * the first of each is logged. Thread-safe.
 */
final class Losses {
    private static final Logger LOG = LoggerFactory.getLogger(Losses.class);

    private final String source;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    private final Map<String, String> explained = new ConcurrentHashMap<>();

    Losses(String source) {
        this.source = source;
    }

    void count(String what) {
        count(what, 1);
    }

    void count(String what, long times) {
        LongAdder adder = counts.get(what);
        if (adder == null) {
            LOG.warn("{}: {}; counted from now on, not logged again", source, what);
            adder = counts.computeIfAbsent(what, w -> new LongAdder());
        }
        adder.add(times);
    }

    /** Logs the cause behind a reason, once for each reason. */
    void explain(String what, Throwable cause) {
        if (explained.putIfAbsent(what, "") == null) {
            LOG.warn("{}: {}: {}", source, what, cause.toString());
        }
    }

    /** Takes up what was counted before a restart. */
    void restore(Map<String, Long> before) {
        before.forEach((what, times) ->
                counts.computeIfAbsent(what, w -> new LongAdder()).add(times));
    }

    /** By reason. */
    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>();
        counts.forEach((what, count) -> all.put(what, count.sum()));
        return all;
    }
}
