package io.risefall.ingest.network;

import io.risefall.schemas.SenderTally;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What each sender has sent. Senders name themselves, so only the first ones count one by one. Thread-safe. */
final class Senders {
    /** They go into every position record. */
    static final int MOST = 200;

    /** Grows in place: one for each message would be waste. */
    private static final class Count {
        private long messages;
        private long bytes;
        private long lastMillis;
    }

    private final Map<String, Count> counts = new HashMap<>();

    synchronized void count(String sender, int bytes, long nowMillis) {
        add(sender, 1, bytes, nowMillis);
    }

    /** Takes up what was counted before a restart. */
    synchronized void restore(List<SenderTally> before) {
        before.forEach(one ->
                add(one.sender(), one.messages(), one.bytes(), one.lastAt().toEpochMilli()));
    }

    private void add(String sender, long messages, long bytes, long lastMillis) {
        Count count = counts.get(sender);
        if (count == null) {
            String name = counts.size() < MOST ? sender : SenderTally.OTHERS;
            count = counts.computeIfAbsent(name, any -> new Count());
        }
        count.messages += messages;
        count.bytes += bytes;
        count.lastMillis = Math.max(count.lastMillis, lastMillis);
    }

    synchronized List<SenderTally> tallies() {
        return counts.entrySet().stream()
                .map(entry -> new SenderTally(
                        entry.getKey(),
                        entry.getValue().messages,
                        entry.getValue().bytes,
                        Instant.ofEpochMilli(entry.getValue().lastMillis)))
                .toList();
    }
}
