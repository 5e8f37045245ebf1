package io.risefall.streams.absence;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.schemas.message.BackendEmpty;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ServerSwitch;
import io.risefall.schemas.message.Transition;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * Since when each source carries the lines of one proxy of one node: since its first line there that a log target of level
 * {@code alert} would not get. Pure.
 *
 * @param since per source
 */
public record SourceCoverage(Map<String, Instant> since) {
    public static final SourceCoverage NONE = new SourceCoverage(Map.of());

    /** Imported files are sources too; the youngest is dropped. */
    private static final int MOST = 64;

    public SourceCoverage {
        since = Map.copyOf(since);
    }

    public SourceCoverage with(HealthEvent event) {
        String source = event.origin().source();
        Instant before = since.get(source);
        if ((before != null && !event.at().isBefore(before)) || comesToEveryTarget(event.message())) {
            return this;
        }
        Map<String, Instant> more = new TreeMap<>(since);
        more.put(source, event.at());
        if (more.size() > MOST) {
            more.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey)
                    .ifPresent(more::remove);
        }
        return new SourceCoverage(more);
    }

    private static boolean comesToEveryTarget(HealthMessage message) {
        return message instanceof BackendEmpty
                || (message instanceof ServerSwitch change
                        && (change.transition() == Transition.DOWN || change.transition() == Transition.MAINTENANCE));
    }

    boolean carried(String source, Instant at) {
        Instant first = since.get(source);
        return first != null && !first.isAfter(at);
    }
}
