package io.risefall.streams.process;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.risefall.streams.time.Tolerances;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One process: a pid and a start time, because pids are reused, in a container with every restart.
 *
 * @param pid its pid
 * @param first its first line of any kind, or when its master started it
 * @param last second of its last line about a server or backend, which replaced workers do not print; null before the
 *     first
 * @param proxies the proxies of its lines
 * @param stops when it stopped serving which proxy
 * @param alive its latest sign of life, to the minute; null if there was none
 * @param started when it reported that it begins to serve; null if it did not
 * @param forked when its master reported to have started it; null if it did not
 * @param master the master that reported it; null if none did
 * @param number its number among the workers that run side by side; null if no line has it
 * @param ended when it ended; null if no line reports it
 * @param supposed whether its end only follows from what its master reported of all its workers
 * @param returned whether it differs from the process before it with the same pid only because another process printed lines
 *     in between
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record Generation(
        long pid,
        Instant first,
        @Nullable Instant last,
        Set<String> proxies,
        Map<String, Instant> stops,
        @Nullable Instant alive,
        @Nullable Instant started,
        @Nullable Instant forked,
        @Nullable Long master,
        @Nullable Integer number,
        @Nullable Instant ended,
        boolean supposed,
        boolean returned) {
    public Generation {
        proxies = proxies == null ? Set.of() : Set.copyOf(proxies);
        stops = stops == null ? Map.of() : Map.copyOf(stops);
    }

    static Generation begun(long pid, Instant at) {
        return new Generation(pid, at, null, Set.of(), Map.of(), null, null, null, null, null, null, false, false);
    }

    /** All known times of its life, except signs of life. */
    Stream<Instant> times() {
        return Stream.concat(Stream.of(first, last, ended, started, forked), stops.values().stream())
                .filter(Objects::nonNull);
    }

    /** The same, begun at another time. */
    Generation since(Instant at) {
        return but(it -> it.first = at);
    }

    /** Its last known line. */
    @JsonIgnore
    public Instant end() {
        Instant lastLine = last == null ? first : last;
        return alive == null || lastLine.isAfter(alive) ? lastLine : alive;
    }

    /** Whether it is known to serve: a master reports only workers that do. */
    @JsonIgnore
    public boolean serves() {
        return !proxies.isEmpty() || forked != null;
    }

    /** {@code <HTTPCLIENT>} and the like: every HAProxy has them. */
    boolean sharesProxy(Set<String> others) {
        return proxies.stream().anyMatch(proxy -> !proxy.startsWith("<") && others.contains(proxy));
    }

    /** Whether it ended so long before {@code at} that a line of its pid is then of another process. */
    boolean isOverBefore(Instant at, String proxy) {
        Instant stop = stops.get(proxy);
        return isAfterOverlap(at, ended) && !supposed || isAfterOverlap(at, stop);
    }

    static boolean isAfterOverlap(Instant at, @Nullable Instant of) {
        return of != null && at.isAfter(of.plus(Tolerances.HANDOVER));
    }

    static boolean isWithinOverlap(Instant at, @Nullable Instant of) {
        return of != null && Duration.between(of, at).abs().compareTo(Tolerances.HANDOVER) <= 0;
    }

    /** After a line about a server or backend; an end that was only supposed is taken back. */
    Generation spoke(Instant at, String proxy) {
        // To the second: the handover takes two, and what did not change need not be stored.
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        boolean undone = supposed && isAfterOverlap(at, ended);
        return but(it -> {
            it.last = last == null || second.isAfter(last) ? second : last;
            it.proxies = with(proxy);
            it.ended = undone ? null : ended;
            it.supposed = supposed && !undone;
        });
    }

    Generation mentioned(String proxy) {
        return but(it -> it.proxies = with(proxy));
    }

    private Set<String> with(String proxy) {
        if (proxies.contains(proxy)) {
            return proxies;
        }
        Set<String> more = new TreeSet<>(proxies);
        more.add(proxy);
        return more;
    }

    Generation started(Instant at) {
        return but(it -> it.started = at);
    }

    Generation stopped(Instant at, String proxy) {
        Map<String, Instant> more = new TreeMap<>(stops);
        more.merge(proxy, at, ProcessFact::earlier);
        return but(it -> {
            it.proxies = with(proxy);
            it.stops = more;
        });
    }

    Generation alive(Instant until) {
        return but(it -> it.alive = alive == null || until.isAfter(alive) ? until : alive);
    }

    /** Its master started it; it printed earlier lines while it read its configuration. */
    Generation forked(Instant at, @Nullable Long by, @Nullable Integer ofSeveral) {
        return but(it -> {
            it.first = last == null ? at : first;
            it.forked = at;
            it.master = by;
            it.number = ofSeveral;
            it.returned = false;
        });
    }

    Generation ended(Instant at, @Nullable Long by, boolean onlySupposed) {
        return but(it -> {
            it.master = onlySupposed || by == null ? master : by;
            it.ended = at;
            it.supposed = onlySupposed;
        });
    }

    Generation asReturned() {
        return but(it -> it.returned = true);
    }

    /** This process joined with a later one that is the same after all. */
    Generation joined(Generation later) {
        Generation joined = this;
        for (String proxy : later.proxies) {
            joined = joined.mentioned(proxy);
        }
        for (Map.Entry<String, Instant> stop : later.stops.entrySet()) {
            joined = joined.stopped(stop.getValue(), stop.getKey());
        }
        return joined.but(it -> {
            it.last = later.last == null ? last : later.last;
            it.alive = later.alive == null ? alive : later.alive;
            it.master = master == null ? later.master : master;
            it.ended = later.ended;
            it.supposed = later.supposed;
        });
    }

    /** The same, with a few things that are different. */
    private Generation but(Consumer<Fields> change) {
        Fields fields = new Fields(this);
        change.accept(fields);
        return fields.done();
    }

    /** The components, to be changed. Lives for one call. */
    private static final class Fields {
        private final long pid;
        private Instant first;
        private @Nullable Instant last;
        private Set<String> proxies;
        private Map<String, Instant> stops;
        private @Nullable Instant alive;
        private @Nullable Instant started;
        private @Nullable Instant forked;
        private @Nullable Long master;
        private @Nullable Integer number;
        private @Nullable Instant ended;
        private boolean supposed;
        private boolean returned;

        private Fields(Generation of) {
            pid = of.pid;
            first = of.first;
            last = of.last;
            proxies = of.proxies;
            stops = of.stops;
            alive = of.alive;
            started = of.started;
            forked = of.forked;
            master = of.master;
            number = of.number;
            ended = of.ended;
            supposed = of.supposed;
            returned = of.returned;
        }

        private Generation done() {
            return new Generation(
                    pid, first, last, proxies, stops, alive, started, forked, master, number, ended, supposed,
                    returned);
        }
    }
}
