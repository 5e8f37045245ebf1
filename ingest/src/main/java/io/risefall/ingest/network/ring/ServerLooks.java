package io.risefall.ingest.network.ring;

import io.risefall.ingest.network.stats.ToldServers;
import io.risefall.ingest.network.stats.ToldServers.Told;
import io.risefall.schemas.key.ServerName;
import io.risefall.schemas.message.Health;
import io.risefall.schemas.message.ObservedServer;
import io.risefall.schemas.message.ServerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of HAProxy's answers is news, look by look: of each server the first state, and each other one, address or name; of a new process
 * every state that a reload makes unknown. Servers that nothing has checked yet are awaited, and empty slots are none. Used by one thread.
 */
final class ServerLooks {
    /** What a reload leaves UP is published again after so long only: ingress controllers reload by the minute. */
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final Map<ServerName, Published> published = new HashMap<>();
    /** Of which nothing was published since the last {@link #begin}. */
    private final Set<ServerName> fresh = new HashSet<>();

    private boolean awaiting;

    private record Published(ObservedServer server, Instant at) {
        boolean isAgain(ObservedServer now) {
            return server.state() == now.state()
                    && Objects.equals(server.address(), now.address())
                    && Objects.equals(server.fqdn(), now.fqdn());
        }
    }

    /** Another process is asked from now on, or the same one after an interruption. */
    void begin() {
        fresh.addAll(published.keySet());
    }

    /** What to publish of an answer. */
    List<ObservedServer> news(ToldServers told, Instant now) {
        List<ObservedServer> news = new ArrayList<>();
        Set<ServerName> there = new HashSet<>();
        awaiting = false;
        for (Told one : told.servers()) {
            ObservedServer server = one.server();
            there.add(server.server());
            Published before = published.get(server.server());
            boolean isServer = server.state() != Health.UNKNOWN && !(one.slot() && before == null);
            awaiting |= isServer && !one.checked() && !server.status().equals(ServerStatus.NO_CHECK);
            if (isServer && one.checked() && isNews(server, before, now)) {
                news.add(server);
            }
        }
        published.keySet().retainAll(there);
        fresh.retainAll(there);
        return news;
    }

    private boolean isNews(ObservedServer server, @Nullable Published before, Instant now) {
        return before == null
                || !before.isAgain(server)
                || fresh.contains(server.server())
                        && (server.state() != Health.UP
                                || !now.isBefore(before.at().plus(AGAIN)));
    }

    /** It is in the journal. */
    void published(ObservedServer server, Instant at) {
        published.put(server.server(), new Published(server, at));
        fresh.remove(server.server());
    }

    /** Whether a server waits for its first check. */
    boolean isAwaiting() {
        return awaiting;
    }
}
