package io.risefall.ingest.network;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what network input dropped and, separately, what interrupted senders without dropping anything that had
 * arrived, both by reason. Reasons are fixed texts and never a sender's, so there are few. The first of each reason in
 * this process is logged. Thread-safe.
 */
public final class DropCounters {
    private static final Logger LOG = LoggerFactory.getLogger(DropCounters.class);

    /** An error's text can contain bytes of the sender. */
    private static final int LONGEST_TEXT = 300;

    public static final String CUT = "connections closed in the middle of a message; the partial message was dropped";

    public static final String NO_HEADER = "connections closed: no PROXY protocol header";
    /** Begins the reason for bytes in another protocol than the listener's. */
    public static final String NOT_TAKEN = "the input is not ";

    private final String source;
    private final Counts dropped = new Counts();
    private final Counts interruptions = new Counts();

    private final Map<String, String> explained = new ConcurrentHashMap<>();

    public DropCounters(String source) {
        this.source = source;
    }

    /** Something that had arrived, or a part of it, is lost. */
    public void count(String reason) {
        count(reason, 1);
    }

    public void count(String reason, long times) {
        add(dropped, reason, times);
    }

    /** A sender was refused, disconnected or had to wait; nothing that had arrived is lost. */
    public void interrupted(String reason) {
        add(interruptions, reason, 1);
    }

    private void add(Counts counts, String reason, long times) {
        if (counts.add(reason, times)) {
            LOG.warn("{}: {}; counted from now on, not logged again", source, reason);
        }
    }

    /** Logs the cause of a reason, once for each reason. */
    public void explain(String reason, Throwable cause) {
        if (explained.putIfAbsent(reason, "") == null) {
            String text = cause.toString().replaceAll("\\p{Cntrl}", "?");
            LOG.warn("{}: {}: {}", source, reason, text.substring(0, Math.min(LONGEST_TEXT, text.length())));
        }
    }

    /** Continues the counts of before a restart; earlier versions counted interruptions as dropped. */
    void restore(Map<String, Long> droppedBefore, Map<String, Long> interruptionsBefore) {
        droppedBefore.forEach((reason, times) -> (isDrop(reason) ? dropped : interruptions).restore(reason, times));
        interruptionsBefore.forEach(interruptions::restore);
    }

    /** Whether this reason means that something that had arrived is lost. */
    public static boolean isDrop(String reason) {
        return reason.startsWith("messages ")
                || reason.startsWith("datagrams ")
                || reason.contains(NOT_TAKEN)
                || reason.equals(NO_HEADER)
                || reason.equals(CUT);
    }

    /** What was dropped, by reason. */
    public Map<String, Long> dropped() {
        return dropped.all();
    }

    /** What interrupted senders, by reason. */
    Map<String, Long> interruptions() {
        return interruptions.all();
    }

    private static final class Counts {
        private final Map<String, LongAdder> now = new ConcurrentHashMap<>();
        /** What earlier processes counted. */
        private final Map<String, Long> earlier = new ConcurrentHashMap<>();

        /** Whether it is the first in this process. */
        boolean add(String reason, long times) {
            LongAdder adder = now.get(reason);
            boolean isNew = adder == null;
            if (adder == null) {
                adder = now.computeIfAbsent(reason, w -> new LongAdder());
            }
            adder.add(times);
            return isNew;
        }

        void restore(String reason, long times) {
            earlier.merge(reason, times, Long::sum);
        }

        Map<String, Long> all() {
            Map<String, Long> all = new TreeMap<>(earlier);
            now.forEach((reason, count) -> all.merge(reason, count.sum(), Long::sum));
            return all;
        }
    }
}
