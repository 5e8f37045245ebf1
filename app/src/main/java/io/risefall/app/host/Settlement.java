package io.risefall.app.host;

import io.risefall.ingest.network.stats.StatsAddress;
import io.risefall.ingest.network.stats.ToldServers;
import io.risefall.query.reconcile.RecordedStates;
import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.LineFrame;
import io.risefall.schemas.event.Origin;
import io.risefall.schemas.key.EpochMicros;
import io.risefall.schemas.message.ObservedServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What HAProxy told of the servers of which no state is known, as events. */
final class Settlement {
    private Settlement() {}

    /**
     * The events; empty slots, and servers that nothing has checked, have none.
     *
     * @param at when the answer was there
     */
    static List<HealthEvent> of(ToldServers told, RecordedStates recorded, StatsAddress from, Instant at) {
        List<HealthEvent> events = new ArrayList<>();
        for (ToldServers.Told one : told.servers()) {
            ObservedServer server = one.server();
            if (one.checked() && !one.slot() && !recorded.isKnown(server.server())) {
                long position = EpochMicros.of(at) + events.size();
                events.add(new HealthEvent(
                        at,
                        true,
                        at,
                        recorded.node(),
                        told.process().pid(),
                        null,
                        null,
                        server,
                        new LineFrame("", null, null),
                        new Origin("settle:" + from, position, 0, null)));
            }
        }
        return events;
    }
}
