package io.risefall.streams.node;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.schemas.message.HealthMessage;
import io.risefall.schemas.message.ProxyNotice;
import io.risefall.streams.model.StateInput;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The processes of a node whose lines have no pid, such as those of {@code log stdout format raw}. They show only that one
 * stopped, and that lines go on, so that another one replaced it. Pure; the same lines in any order give the same result.
 *
 * @param stops when a process stopped serving which proxy, in the order of time
 * @param last second of the last line that shows a running process; null before the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PidlessProcess(
        Map<String, List<Instant>> stops, @Nullable Instant last) {
    static final PidlessProcess NONE = new PidlessProcess(Map.of(), null);

    /** No process has this pid. */
    private static final long NO_PID = -1;
    /** Kept per proxy; a node that is reloaded more often loses the oldest. */
    private static final int MOST_STOPS = 100;

    public PidlessProcess {
        stops = Map.copyOf(stops);
    }

    /** After one more line. */
    PidlessProcess apply(Instant at, HealthMessage message) {
        if (!(message instanceof ProxyNotice notice)) {
            return alive(at);
        }
        if (!notice.what().ends()) {
            return this;
        }
        TreeSet<Instant> ofProxy = new TreeSet<>(stops.getOrDefault(notice.proxy(), List.of()));
        ofProxy.add(at);
        if (ofProxy.size() > MOST_STOPS) {
            ofProxy.pollFirst();
        }
        Map<String, List<Instant>> next = new TreeMap<>(stops);
        next.put(notice.proxy(), List.copyOf(ofProxy));
        return new PidlessProcess(next, last);
    }

    /** After a line of any kind that a process prints while it serves. */
    PidlessProcess alive(Instant at) {
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        return last == null || second.isAfter(last) ? new PidlessProcess(stops, second) : this;
    }

    /** The inputs of servers of {@code proxy}: stops, and reloads where lines go on after a stop. */
    List<StateInput> inputs(String proxy) {
        List<StateInput> inputs = new ArrayList<>();
        for (Instant stop : stops.getOrDefault(proxy, List.of())) {
            inputs.add(
                    wentOn(stop)
                            ? new StateInput.ProcessReplaced(stop, NO_PID, NO_PID)
                            : new StateInput.ProxyStopped(stop));
        }
        return inputs;
    }

    private boolean wentOn(Instant stop) {
        return last != null && last.isAfter(stop);
    }

    /** Whether servers get the same inputs. */
    boolean givesSameInputs(PidlessProcess other) {
        return stops.equals(other.stops)
                && stops.values().stream().flatMap(List::stream).allMatch(stop -> wentOn(stop) == other.wentOn(stop));
    }

    /** When a process last stopped; the beginning of time if none did. */
    Instant newestStop() {
        return stops.values().stream()
                .map(ofProxy -> ofProxy.get(ofProxy.size() - 1))
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
    }
}
