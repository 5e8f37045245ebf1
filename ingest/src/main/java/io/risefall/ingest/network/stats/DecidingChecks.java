package io.risefall.ingest.network.stats;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whose check decides over a server: its own, or that of the server which it tracks. Each is looked for once. One thread. */
final class DecidingChecks {
    private final Map<String, ShownRow> servers = new HashMap<>();
    private final Map<ShownRow, ShownRow> found = new HashMap<>();

    DecidingChecks(List<ShownRow> servers) {
        servers.forEach(row -> this.servers.put(row.name().toString(), row));
    }

    /** The server at the end of the chain; of servers that track each other in a circle, one of them. */
    ShownRow of(ShownRow server) {
        Set<ShownRow> passed = new LinkedHashSet<>();
        ShownRow end = server;
        ShownRow next = server;
        while (next != null && passed.add(next)) {
            end = found.getOrDefault(next, next);
            next = end == next ? tracked(next) : null;
        }
        for (ShownRow row : passed) {
            found.put(row, end);
        }
        return end;
    }

    private @Nullable ShownRow tracked(ShownRow server) {
        String name = server.text("tracked");
        return name.isEmpty() ? null : servers.get(name);
    }
}
