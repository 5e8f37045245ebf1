package io.risefall.ingest.network;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What network input dropped, counted by reason. Reasons are our words and never a sender's, so there are few of them;
 * the first of each that this process sees is logged. Thread-safe.
 */
final class Losses {
    private static final Logger LOG = LoggerFactory.getLogger(Losses.class);

    /** A sender's bytes can be part of an error's text. */
    private static final int LONGEST_TEXT = 300;

    private final String source;
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();
    /** What earlier processes counted. */
    private final Map<String, Long> earlier = new ConcurrentHashMap<>();

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
            String text = cause.toString().replaceAll("\\p{Cntrl}", "?");
            LOG.warn("{}: {}: {}", source, what, text.substring(0, Math.min(LONGEST_TEXT, text.length())));
        }
    }

    /** Takes up what was counted before a restart. */
    void restore(Map<String, Long> before) {
        earlier.putAll(before);
    }

    /** By reason. */
    Map<String, Long> counts() {
        Map<String, Long> all = new TreeMap<>(earlier);
        counts.forEach((what, count) -> all.merge(what, count.sum(), Long::sum));
        return all;
    }
}
