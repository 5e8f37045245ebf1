package io.risefall.query.alert.engine;

import io.risefall.schemas.key.ServerName;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The outages of an alert that are over, as they are known: late lines may tell otherwise of them. Of many, the latest. */
final class SettledOutages {
    /** What is asked about again and again, and stored with each alert. */
    private static final int MOST = 50;

    private final Map<String, TroubleChange> byId = new LinkedHashMap<>();

    SettledOutages(Collection<TroubleChange> stored) {
        stored.forEach(this::put);
    }

    void put(TroubleChange over) {
        byId.remove(over.trouble().id());
        byId.put(over.trouble().id(), over);
        if (byId.size() > MOST) {
            byId.remove(byId.keySet().iterator().next());
        }
    }

    /** It was none, or lasts after all; null: it is not among them. */
    @Nullable TroubleChange remove(String id) {
        return byId.remove(id);
    }

    boolean has(String id) {
        return byId.containsKey(id);
    }

    boolean hasServer(ServerName server) {
        return byId.values().stream()
                .anyMatch(over -> over.trouble().fleetServer().equals(server));
    }

    List<TroubleChange> all() {
        return List.copyOf(byId.values());
    }

    /** Empty: none of them was. */
    Optional<Instant> began() {
        return byId.values().stream().map(over -> over.trouble().since()).min(Comparator.naturalOrder());
    }

    /** The one that ended last. */
    Optional<TroubleChange> last() {
        return byId.values().stream().max(Comparator.comparing(over -> Objects.requireNonNull(over.endedAt())));
    }
}
