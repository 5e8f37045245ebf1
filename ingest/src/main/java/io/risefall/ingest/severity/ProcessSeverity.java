package io.risefall.ingest.severity;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.source.ProcessLevel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The severities seen from one process. Used by one thread. */
final class ProcessSeverity {
    /** Two lines prove a cap; others of the same moment can stand between them. */
    private static final int MAX_HELD = 16;

    private @Nullable Severity mostSevere;
    private @Nullable Severity cap;
    private final List<HealthEvent> held = new ArrayList<>();

    /** Restores the saved state. */
    static ProcessSeverity of(ProcessLevel kept) {
        ProcessSeverity level = new ProcessSeverity();
        level.mostSevere = kept.mostSevere();
        level.cap = kept.cap();
        level.held.addAll(kept.held());
        return level;
    }

    ProcessLevel kept(SeverityScope scope) {
        Long pid = scope.pid() < 0 ? null : scope.pid();
        return new ProcessLevel(scope.node(), pid, scope.unit(), mostSevere, cap, held);
    }

    @Nullable Severity mostSevere() {
        return mostSevere;
    }

    @Nullable Severity cap() {
        return cap;
    }

    /** Records a line of this severity: there is no cap below it. */
    void observe(Severity severity) {
        if (mostSevere == null || severity.compareTo(mostSevere) < 0) {
            mostSevere = severity;
        }
        if (cap != null && severity.compareTo(cap) < 0) {
            cap = null;
        }
        held.removeIf(event -> event.severity() != null && severity.compareTo(event.severity()) < 0);
    }

    /** Whether the severities seen so far decide if there is a cap. */
    boolean isKnown() {
        return mostSevere != null || cap != null;
    }

    /** Whether a cap at this severity contradicts no line seen so far. */
    boolean canBeCappedAt(Severity severity) {
        return mostSevere == null || mostSevere.compareTo(severity) >= 0;
    }

    void setCap(Severity severity) {
        cap = severity;
    }

    /** Keeps a line until there is a proof. */
    void hold(HealthEvent event) {
        if (held.size() == MAX_HELD) {
            held.remove(0);
        }
        held.add(event);
    }

    List<HealthEvent> held() {
        return held;
    }

    /** Removes and returns the held lines. */
    List<HealthEvent> release() {
        List<HealthEvent> released = List.copyOf(held);
        held.clear();
        return released;
    }
}
