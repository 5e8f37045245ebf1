package io.risefall.streams.node;

import io.risefall.schemas.event.HealthEvent;
import io.risefall.streams.model.StateInput;
import io.risefall.streams.process.Generation;
import io.risefall.streams.process.Lifetimes;
import io.risefall.streams.process.Reload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The processes of one node as its servers see them: who began, replaced whom, stopped and ended. Pure.
 *
 * @param processes what it follows from
 * @param lifetimes reloads and ends
 * @param serving the processes that serve, in the order in which they began
 * @param newestChange when a process last replaced another, stopped or ended; the beginning of time if none did
 */
public record ProcessTimeline(
        Processes processes, Lifetimes lifetimes, List<ServingProcess> serving, Instant newestChange) {

    public static ProcessTimeline of(Processes processes) {
        List<Generation> all = processes.generations().all();
        return new ProcessTimeline(
                processes,
                Lifetimes.of(all),
                all.stream()
                        .filter(Generation::serves)
                        .map(process ->
                                new ServingProcess(process.pid(), process.first(), process.stops(), process.ended()))
                        .toList(),
                newestChange(processes));
    }

    /** As {@link #of}, from those of the timeline before: nearly every line leaves the processes as they are. */
    public ProcessTimeline after(Processes next) {
        return next.generations().all().equals(processes.generations().all())
                        && next.pidless().equals(processes.pidless())
                ? new ProcessTimeline(next, lifetimes, serving, newestChange)
                : of(next);
    }

    /** What servers see of a process. */
    record ServingProcess(
            long pid,
            Instant begin,
            Map<String, Instant> stops,
            @Nullable Instant ended) {

        boolean differsOnlyInStops(ServingProcess other) {
            return pid == other.pid && begin.equals(other.begin) && Objects.equals(ended, other.ended);
        }

        /** The proxies that it stopped serving at another time, or only in one of the two. */
        Set<String> proxiesWithOtherStops(ServingProcess before) {
            Set<String> proxies = new TreeSet<>(stops.keySet());
            proxies.addAll(before.stops.keySet());
            proxies.removeIf(proxy -> Objects.equals(stops.get(proxy), before.stops.get(proxy)));
            return proxies;
        }
    }

    public List<Reload> reloads() {
        return lifetimes.reloads();
    }

    /** The proxies whose servers see other stops than before; null if servers of any proxy may see something else. */
    public @Nullable Set<String> proxiesWithOtherStops(ProcessTimeline before) {
        if (!processes.pidless().givesSameInputs(before.processes.pidless())
                || !lifetimes.equals(before.lifetimes)
                || serving.size() != before.serving.size()) {
            return null;
        }
        if (serving.equals(before.serving)) {
            return Set.of(); // after nearly every line
        }
        Set<String> proxies = new TreeSet<>();
        for (int i = 0; i < serving.size(); i++) {
            if (!serving.get(i).differsOnlyInStops(before.serving.get(i))) {
                return null;
            }
            proxies.addAll(serving.get(i).proxiesWithOtherStops(before.serving.get(i)));
        }
        return proxies;
    }

    /** Whether servers of the event's proxy already had an input that comes after the event. */
    public boolean hasInputAfter(HealthEvent event) {
        return !newestChange.isBefore(event.at())
                && inputs(event.message().proxy()).stream().anyMatch(input -> input.isAfter(event.at(), event.pid()));
    }

    /** Whether the last input of any entity was before a time. */
    public boolean isQuietSince(Instant time) {
        return newestChange.isBefore(time);
    }

    /** The inputs of servers of {@code proxy}: begins, reloads, ends, and stops that no reload came before. In order. */
    public List<StateInput> inputs(String proxy) {
        List<Generation> all = processes.generations().all();
        if (all.stream().noneMatch(process -> process.proxies().contains(proxy))) {
            return processes.pidless().inputs(proxy); // if some lines have pids, only those count
        }
        List<StateInput> inputs = new ArrayList<>();
        all.stream()
                .filter(process -> process.proxies().contains(proxy))
                .findFirst()
                .ifPresent(process -> inputs.add(new StateInput.ProcessStarted(process.first())));
        for (Reload reload : reloads()) {
            if (reload.proxies().contains(proxy)) {
                inputs.add(new StateInput.ProcessReplaced(reload.at(), reload.from(), reload.pid()));
            }
        }
        inputs.sort(Comparator.comparing(StateInput::at));
        for (Generation process : all) {
            Instant stop = process.stops().get(proxy);
            if (stop != null && !Reload.isStale(reloads(), process.pid(), proxy, stop)) {
                boolean own = reloads().stream()
                        .anyMatch(reload ->
                                reload.pid() == process.pid() && reload.at().equals(stop));
                inputs.add(place(inputs, stop, own), new StateInput.ProxyStopped(stop));
            }
        }
        for (Lifetimes.End end : lifetimes.ends()) {
            if (end.proxies().contains(proxy)) {
                inputs.add(place(inputs, end.at(), true), new StateInput.ProcessEnded(end.at()));
            }
        }
        return inputs;
    }

    /**
     * Where an input of this time goes. In timestamps of whole seconds a stop in the second of a reload came before it,
     * unless it is the new process's.
     */
    private static int place(List<StateInput> inputs, Instant at, boolean afterReload) {
        int place = 0;
        while (place < inputs.size()) {
            int order = inputs.get(place).at().compareTo(at);
            boolean before = order < 0
                    || (order == 0 && (afterReload || !(inputs.get(place) instanceof StateInput.ProcessReplaced)));
            if (!before) {
                break;
            }
            place++;
        }
        return place;
    }

    private static Instant newestChange(Processes processes) {
        Instant newest = processes.pidless().newestStop();
        for (Generation process : processes.generations().all()) {
            for (Instant stop : process.stops().values()) {
                newest = later(newest, stop);
            }
            newest = later(newest, process.ended());
            newest = process.serves() ? later(newest, process.first()) : newest;
        }
        return newest;
    }

    private static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }
}
