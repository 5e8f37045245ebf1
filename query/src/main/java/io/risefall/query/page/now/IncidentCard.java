package io.risefall.query.page.now;

import io.risefall.query.diagnose.OutageDiagnosis;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An incident that lasts: what is down together, as one.
 *
 * @param id of the view {@code incidents}
 * @param label what its outages have in common, in words
 * @param startedAt when the first of them began
 * @param down the servers that are still down, {@code PROXY/SERVER}
 * @param servers how many went down in all
 * @param left what the backend that is hit the most had left at worst; empty where no line says
 * @param emptied whether a backend has no server left
 * @param standby whether all of it stands by by design
 * @param silencedUntil until when nobody is told of any server that is still down; null: of some, somebody is
 * @param diagnosis of the outage that leads; null where there are too many to diagnose them all
 */
public record IncidentCard(
        String id,
        String label,
        Instant startedAt,
        List<String> down,
        int servers,
        String left,
        boolean emptied,
        boolean standby,
        @Nullable Instant silencedUntil,
        @Nullable OutageDiagnosis diagnosis) {
    public IncidentCard {
        down = List.copyOf(down);
    }
}
