package io.risefall.ingest.severity;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.event.Severity;
import io.risefall.schemas.source.ProcessLevel;
import io.risefall.schemas.source.ReadPosition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the severities of a source's lines have told, process by process: whose they are, and at which level they are
 * capped. {@code log … local0 notice notice} lets HAProxy write {@code notice} on whatever is more severe, so that a
 * severity proves only that there is no cap below it. A line that HAProxy says more severely is its own only if nothing
 * more severe was heard of that process; where traffic can have its severity, too, only with a {@link CapProof}, and until
 * one comes it is held. All that this depends on is kept in the read position, so that a reader that starts again finds
 * the same. Used by one thread.
 */
public final class SeverityTracker {
    /** Senders name themselves, so a position record must not grow with them: who was silent for longest goes. */
    private static final int MAX = 256;

    /** Of all processes: who was silent for longest loses its. */
    private static final int MAX_HELD = 64;

    /** HAProxy's {@code len} is 1024 by default; longer lines are held by nobody. */
    private static final int LONGEST_HELD = 2048;

    /** In the order in which they spoke last. */
    private final Map<SeverityScope, ProcessSeverity> levels = new LinkedHashMap<>(16, 0.75f, true);

    /** As they were when {@code saved} was published; null: nothing was read yet. */
    public static SeverityTracker of(@Nullable ReadPosition saved) {
        SeverityTracker levels = new SeverityTracker();
        if (saved != null) {
            saved.levels().forEach(kept -> {
                long pid = kept.pid() == null ? -1 : kept.pid();
                levels.levels.put(new SeverityScope(kept.node(), pid, kept.unit()), ProcessSeverity.of(kept));
            });
        }
        return levels;
    }

    /** The same without what is held: those lines are in another source's tally. */
    public SeverityTracker withoutHeld() {
        levels.values().forEach(ProcessSeverity::release);
        return this;
    }

    /** For a read position. */
    public List<ProcessLevel> all() {
        List<ProcessLevel> all = new ArrayList<>(levels.size());
        levels.forEach((scope, level) -> all.add(level.kept(scope)));
        return all;
    }

    /**
     * What a priority tells of a message, and takes note of it: any line will do.
     *
     * @param priority {@code facility * 8 + severity}; negative where the header has none
     * @param copy whether the message is HAProxy's copy for stderr
     * @return null where it tells nothing: there is none, or it is that of a service's or container's output
     */
    public @Nullable Severity observe(String node, long pid, int priority, boolean copy) {
        if (priority < 0) {
            return null;
        }
        Severity severity = Severity.ofPriority(priority);
        // Docker gives all of stderr this one, whatever facility it was told to use.
        if (copy && severity == Severity.ERR) {
            return null;
        }
        boolean severe = severity.compareTo(Severity.INFO) < 0;
        if (!SeverityScope.isUnit(priority)) {
            if (severe) {
                level(SeverityScope.of(node, pid, priority)).observe(severity);
            }
            return severity;
        }
        if (copy) {
            return null;
        }
        SeverityScope scope = SeverityScope.of(node, pid, priority);
        // No service's output has this, so it is HAProxy that logs under such a facility.
        if (severity.compareTo(Severity.ALERT) <= 0) {
            level(scope).observe(severity);
            return severity;
        }
        ProcessSeverity known = levels.get(scope);
        return known == null || known.mostSevere() == null ? null : severity;
    }

    /**
     * Judges a health line that HAProxy says more severely than this one is.
     *
     * @return null if it is not believed, now or at all; else the lines that waited for it and are to be believed, too
     */
    public @Nullable List<HealthEvent> believe(SeverityScope scope, HealthEvent event) {
        Severity severity = event.severity();
        if (severity == null) {
            return List.of();
        }
        ProcessSeverity known = levels.get(scope);
        if (known != null && !known.canBeCappedAt(severity)) {
            return null;
        }
        ProcessSeverity level = known == null ? level(scope) : known;
        if (!severity.canBeTraffic() || level.cap() == severity || isCappedElsewhere(scope, severity)) {
            level.cappedAt(severity);
            return level.release();
        }
        boolean proven = CapProof.is(level.held(), event);
        if (!proven) {
            hold(level, event);
            return null;
        }
        level.cappedAt(severity);
        return level.release();
    }

    private void hold(ProcessSeverity level, HealthEvent event) {
        if (event.line().length() > LONGEST_HELD) {
            return;
        }
        int held = levels.values().stream().mapToInt(one -> one.held().size()).sum();
        if (held >= MAX_HELD) {
            levels.values().stream()
                    .filter(one -> !one.held().isEmpty())
                    .findFirst()
                    .ifPresent(ProcessSeverity::release);
        }
        level.hold(event);
    }

    /** Whether lines of this severity that cannot be read are HAProxy's all the same. */
    public boolean isCappedAt(SeverityScope scope, Severity severity) {
        ProcessSeverity level = levels.get(scope);
        return level != null && level.cap() == severity;
    }

    /** A cap is a line of the configuration: after a reload it is most likely still there. */
    private boolean isCappedElsewhere(SeverityScope scope, Severity severity) {
        boolean capped = false;
        for (Map.Entry<SeverityScope, ProcessSeverity> entry : levels.entrySet()) {
            SeverityScope other = entry.getKey();
            boolean sameLog = other.node().equals(scope.node()) && other.unit() == scope.unit();
            if (sameLog && other.pid() != scope.pid() && entry.getValue().isKnown()) {
                capped = entry.getValue().cap() == severity;
            }
        }
        return capped;
    }

    private ProcessSeverity level(SeverityScope scope) {
        ProcessSeverity level = levels.get(scope);
        if (level == null) {
            level = new ProcessSeverity();
            levels.put(scope, level);
            if (levels.size() > MAX) {
                levels.remove(levels.keySet().iterator().next());
            }
        }
        return level;
    }
}
