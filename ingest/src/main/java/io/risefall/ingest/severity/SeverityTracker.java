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
 * Which severities the lines of a source have, process by process, and at which level each log is capped. {@code log …
 * local0 notice notice} makes HAProxy write {@code notice} on everything more severe, so a severity proves only that
 * there is no cap below it. A line at a lower severity than HAProxy uses for it is accepted only if nothing more severe
 * was seen from that process; where traffic can have that severity too, only with a {@link CapProof}, and until one
 * comes the line is held. All of this is saved in the read position, so a restarted reader decides alike. Used by one
 * thread.
 */
public final class SeverityTracker {
    /** Processes kept. Senders choose their names, so position records must not grow with them; the least recent goes. */
    private static final int MAX = 256;

    /** Lines held for all processes; those of the least recent are released. */
    private static final int MAX_HELD = 64;

    /** HAProxy's {@code len} is 1024 by default; longer lines are not held. */
    private static final int LONGEST_HELD = 2048;

    /** Least recent first. */
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

    /** Without held lines: they are in another source's tally. */
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
     * Records the priority of any line and returns the severity that can be trusted.
     *
     * @param priority {@code facility * 8 + severity}; negative where the header has none
     * @param copy whether the message is HAProxy's copy for stderr
     * @return null if there is none, or if it is the priority of a service's or container's output
     */
    public @Nullable Severity observe(String node, long pid, int priority, boolean copy) {
        if (priority < 0) {
            return null;
        }
        Severity severity = Severity.ofPriority(priority);
        // Docker gives all of stderr this severity, whatever facility it is configured with.
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
        // No service's output has this severity, so HAProxy itself logs to this facility.
        if (severity.compareTo(Severity.ALERT) <= 0) {
            level(scope).observe(severity);
            return severity;
        }
        ProcessSeverity known = levels.get(scope);
        return known == null || known.mostSevere() == null ? null : severity;
    }

    /**
     * Decides on a health line whose severity is lower than HAProxy's for such a message.
     *
     * @return null if it is not accepted, now or ever; else the held lines that are accepted with it
     */
    public @Nullable List<HealthEvent> accept(SeverityScope scope, HealthEvent event) {
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
            level.setCap(severity);
            return level.release();
        }
        boolean proven = CapProof.completes(level.held(), event);
        if (!proven) {
            hold(level, event);
            return null;
        }
        level.setCap(severity);
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

    /** Whether unreadable lines of this severity are HAProxy's all the same. */
    public boolean isCappedAt(SeverityScope scope, Severity severity) {
        ProcessSeverity level = levels.get(scope);
        return level != null && level.cap() == severity;
    }

    /** A cap comes from the configuration: after a reload it is most likely still there. */
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
