package io.risefall.ingest.network;

import io.risefall.schemas.source.SenderTally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages and bytes per sender. Beyond the limit, the senders that were silent longest are counted together.
 * Thread-safe.
 */
final class SenderCounters {
    /** They go into every position record. */
    static final int MAX = 200;

    /** Grows in place: one for each message would be waste. */
    private static final class Count {
        private long messages;
        private long bytes;
        private long lastMillis;

        private void add(long moreMessages, long moreBytes, long atMillis) {
            messages += moreMessages;
            bytes += moreBytes;
            lastMillis = Math.max(lastMillis, atMillis);
        }

        private SenderTally tally(String sender) {
            return new SenderTally(sender, messages, bytes, Instant.ofEpochMilli(lastMillis));
        }
    }

    /** The longest silent one first. */
    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true);

    private final Count others = new Count();

    synchronized void count(String sender, int bytes, long nowMillis) {
        of(sender).add(1, bytes, nowMillis);
    }

    /** Takes up what was counted before a restart. */
    synchronized void restore(List<SenderTally> before) {
        before.stream()
                .sorted(Comparator.comparing(SenderTally::lastAt))
                .forEach(one -> of(one.sender())
                        .add(one.messages(), one.bytes(), one.lastAt().toEpochMilli()));
    }

    private Count of(String sender) {
        Count count = counts.get(sender);
        if (count != null) {
            return count;
        }
        if (sender.equals(SenderTally.OTHERS)) {
            return others;
        }
        if (counts.size() == MAX) {
            Iterator<Count> silent = counts.values().iterator();
            Count longest = silent.next();
            others.add(longest.messages, longest.bytes, longest.lastMillis);
            silent.remove();
        }
        Count fresh = new Count();
        counts.put(sender, fresh);
        return fresh;
    }

    synchronized List<SenderTally> tallies() {
        List<SenderTally> all = new ArrayList<>();
        counts.forEach((sender, count) -> all.add(count.tally(sender)));
        if (others.messages > 0) {
            all.add(others.tally(SenderTally.OTHERS));
        }
        return List.copyOf(all);
    }
}
