package io.risefall.query.http;

import io.netty.channel.Channel;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What lies in memory for clients: requests that are coming, answers that are being taken. Where it is too much, connections are
 * closed, the oldest first, of the address for which most lies there. By the server's one thread.
 */
final class Held {
    private final long most;
    private final HttpCounts counts;
    private final Shares shares = new Shares();
    private final Map<Channel, Long> bytes = new LinkedHashMap<>();

    /** @param most bytes */
    Held(long most, HttpCounts counts) {
        this.most = most;
        this.counts = counts;
    }

    /** From now on so many are held for a connection; none once it is closed. */
    void hold(Channel connection, long now) {
        Long before = now == 0 ? bytes.remove(connection) : bytes.put(connection, now);
        shares.add(connection, now - (before == null ? 0 : before));
        while (shares.all() > most && bytes.size() > 1) {
            Channel slow = shares.greediest(bytes.keySet()).orElse(connection);
            counts.refused(Refusal.MEMORY);
            hold(slow, 0);
            slow.close();
        }
    }
}
