package io.risefall.query.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Compares Risefall's states, outages and down time of a node with HAProxy's counters. Pure. */
public final class Reconciler {
    private Reconciler() {}

    /** All findings, by the names of the servers: those of each server that either side knows. */
    public static Reconciliation of(HaproxyCounters counters, RecordedStates recorded) {
        HaproxyCounters begun = counters.begun(recorded.begunAt());
        Map<String, RecordedServer> ours = recorded.servers().stream()
                .collect(Collectors.toMap(RecordedServer::name, Function.identity(), (a, b) -> a, TreeMap::new));
        List<ComparedValue> findings = new ArrayList<>();
        for (CountedServer server : begun.servers()) {
            RecordedServer known = ours.remove(server.name());
            findings.addAll(new ServerComparison(begun, recorded, server, known).findings());
        }
        ours.values().forEach(gone -> findings.add(ServerComparison.gone(gone)));
        return new Reconciliation(begun, recorded, findings);
    }
}
