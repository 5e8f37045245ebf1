package io.risefall.query.whatif;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Replays one server after the other, as its lines come: those of all servers at once could take more memory than there is. */
final class ServerReplays {
    private final WhatIfRequest request;
    private final Map<String, Instant> until;
    private final Map<WhatIfs.Key, List<LoggedOutage>> outages;
    private final Map<WhatIfs.Key, List<Segments.Break>> breaks;

    private final List<Prediction> predictions = new ArrayList<>();
    private final Set<WhatIfs.Key> replayed = new HashSet<>();
    private final List<LoggedCheck> lines = new ArrayList<>();
    private WhatIfs.@Nullable Key current;

    /** @param until when the log of each node ends */
    ServerReplays(
            WhatIfRequest request,
            Map<String, Instant> until,
            Map<WhatIfs.Key, List<LoggedOutage>> outages,
            Map<WhatIfs.Key, List<Segments.Break>> breaks) {
        this.request = request;
        this.until = until;
        this.outages = outages;
        this.breaks = breaks;
    }

    /**
     * Takes the next line; those of a server come together, in order of time.
     *
     * @return whether it begins another server
     */
    boolean add(WhatIfs.Key server, LoggedCheck line) {
        boolean another = !server.equals(current);
        if (another) {
            replayCurrent();
            current = server;
        }
        lines.add(line);
        return another;
    }

    /** Of all servers, once all lines were added; servers with outages and without lines too. */
    List<Prediction> predictions() {
        replayCurrent();
        current = null;
        for (WhatIfs.Key server : outages.keySet()) {
            if (!replayed.contains(server)) {
                replay(server);
            }
        }
        return predictions;
    }

    private void replayCurrent() {
        if (current != null) {
            replay(current);
        }
    }

    private void replay(WhatIfs.Key server) {
        ServerLog log = new ServerLog(
                server.node(),
                server.proxy(),
                server.server(),
                List.copyOf(lines),
                outages.getOrDefault(server, List.of()),
                breaks.getOrDefault(server, List.of()),
                request.since().at(),
                until.getOrDefault(server.node(), request.now()));
        lines.clear();
        replayed.add(server);
        predictions.addAll(new CheckReplay(log, request.setting(), request.inter()).predictions());
    }
}
