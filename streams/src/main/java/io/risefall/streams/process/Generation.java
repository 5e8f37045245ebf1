package io.risefall.streams.process;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One process: a pid and a begin, because pids come back, in a container with every restart.
 *
 * @param pid its pid
 * @param first its first line of any kind, or when its master started it
 * @param last second of its last line about a server or backend, of which old workers say no more; null before the
 *     first
 * @param proxies the proxies that it spoke of
 * @param stops when it stopped serving which proxy
 * @param alive its latest sign of life, to the minute; null while none was heard of
 * @param started when it said that it begins to serve; null where it did not
 * @param forked when its master said that it started it; null where it did not
 * @param master the master that spoke of it; null while none did
 * @param number which of the workers that run side by side it is; null where nobody says
 * @param ended when it ended; null while nobody says
 * @param supposed whether only what its master says of all its workers tells of the end
 * @param returned whether nothing tells that it is another one than the process before it with the same pid, but that another
 *     process spoke in between
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
    /** The last lines of an old worker can come after the first ones of the new. */
    static final Duration OVERLAP = Duration.ofSeconds(2);

    public Generation {
        proxies = proxies == null ? Set.of() : Set.copyOf(proxies);
        stops = stops == null ? Map.of() : Map.copyOf(stops);
    }

    static Generation begun(long pid, Instant at) {
        return new Generation(pid, at, null, Set.of(), Map.of(), null, null, null, null, null, null, false, false);
    }

    /** All that is known of when things happened to it, but for signs of life. */
    Stream<Instant> times() {
        return Stream.concat(Stream.of(first, last, ended, started, forked), stops.values().stream())
                .filter(Objects::nonNull);
    }

    /** The same, begun at another time. */
    Generation since(Instant at) {
        return new Generation(
                pid, at, last, proxies, stops, alive, started, forked, master, number, ended, supposed, returned);
    }

    /** Its last line that is known. */
    @JsonIgnore
    public Instant end() {
        Instant word = last == null ? first : last;
        return alive == null || word.isAfter(alive) ? word : alive;
    }

    /** Whether it is one that serves, as far as is known: a master only speaks of those that do. */
    @JsonIgnore
    public boolean serves() {
        return !proxies.isEmpty() || forked != null;
    }

    /** {@code <HTTPCLIENT>} and the like: every HAProxy has them. */
    boolean sharesProxy(Set<String> others) {
        return proxies.stream().anyMatch(proxy -> !proxy.startsWith("<") && others.contains(proxy));
    }

    /** Whether it ended long enough before {@code at} that what its pid says then is of another process. */
    boolean isOverBefore(Instant at, String proxy) {
        Instant stop = stops.get(proxy);
        return isAfterOverlap(at, ended) && !supposed || isAfterOverlap(at, stop);
    }

    static boolean isAfterOverlap(Instant at, @Nullable Instant of) {
        return of != null && at.isAfter(of.plus(OVERLAP));
    }

    static boolean isWithinOverlap(Instant at, @Nullable Instant of) {
        return of != null && Duration.between(of, at).abs().compareTo(OVERLAP) <= 0;
    }

    /** After a word about a server or backend; it did not end, if that was only supposed. */
    Generation spoke(Instant at, String proxy) {
        // To the second: the overlap is two of them, and what did not change need not be stored.
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        Instant latest = last == null || second.isAfter(last) ? second : last;
        boolean undone = supposed && isAfterOverlap(at, ended);
        return new Generation(
                pid,
                first,
                latest,
                with(proxy),
                stops,
                alive,
                started,
                forked,
                master,
                number,
                undone ? null : ended,
                supposed && !undone,
                returned);
    }

    Generation mentioned(String proxy) {
        return new Generation(
                pid,
                first,
                last,
                with(proxy),
                stops,
                alive,
                started,
                forked,
                master,
                number,
                ended,
                supposed,
                returned);
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
        return new Generation(
                pid, first, last, proxies, stops, alive, at, forked, master, number, ended, supposed, returned);
    }

    Generation stopped(Instant at, String proxy) {
        Map<String, Instant> more = new TreeMap<>(stops);
        more.merge(proxy, at, ProcessFact::earlier);
        return new Generation(
                pid, first, last, with(proxy), more, alive, started, forked, master, number, ended, supposed, returned);
    }

    Generation alive(Instant until) {
        Instant latest = alive == null || until.isAfter(alive) ? until : alive;
        return new Generation(
                pid, first, last, proxies, stops, latest, started, forked, master, number, ended, supposed, returned);
    }

    /** Its master started it; what it printed before, it printed while it read its configuration. */
    Generation forked(Instant at, @Nullable Long by, @Nullable Integer ofSeveral) {
        Instant begin = last == null ? at : first;
        return new Generation(
                pid, begin, last, proxies, stops, alive, started, at, by, ofSeveral, ended, supposed, false);
    }

    Generation ended(Instant at, @Nullable Long by, boolean onlySupposed) {
        Long known = by == null ? master : by;
        return new Generation(
                pid,
                first,
                last,
                proxies,
                stops,
                alive,
                started,
                forked,
                onlySupposed ? master : known,
                number,
                at,
                onlySupposed,
                returned);
    }

    Generation asReturned() {
        return new Generation(
                pid, first, last, proxies, stops, alive, started, forked, master, number, ended, supposed, true);
    }

    /** This one and a later one, which is the same after all. */
    Generation joined(Generation later) {
        Generation joined = this;
        for (String proxy : later.proxies) {
            joined = joined.mentioned(proxy);
        }
        for (Map.Entry<String, Instant> stop : later.stops.entrySet()) {
            joined = joined.stopped(stop.getValue(), stop.getKey());
        }
        return new Generation(
                pid,
                first,
                later.last == null ? last : later.last,
                joined.proxies,
                joined.stops,
                later.alive == null ? alive : later.alive,
                started,
                forked,
                master == null ? later.master : master,
                number,
                later.ended,
                later.supposed,
                returned);
    }
}
